// Plots as inline SVG: spend by day, and the ages of keys. Colours come from the page's style.
import { moneyText } from '../../openai/index.ts'
import type { HealthReport, Spend } from '../model.ts'
import { days } from '../words.ts'

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const WIDTH = 720
const HEIGHT = 180
const TOP = 16
const BOTTOM = 24

/** A bar a day; the highest is named. */
export function spendPlot({ days: bars, currency }: Spend): string {
  const text = (amount: number) => moneyText({ amount, currency })
  const most = Math.max(...bars.map((bar) => bar.amount), 0.01)
  const step = WIDTH / bars.length
  const room = HEIGHT - TOP - BOTTOM
  const shapes = bars.map(({ day, amount }, i) => {
    const height = Math.max(amount > 0 ? 1 : 0, (amount / most) * room)
    const title = `<title>${day}: ${text(amount)}</title>`
    return `<rect class="bar" x="${round(i * step + 1)}" y="${round(TOP + room - height)}" width="${round(Math.max(1, step - 2))}" height="${round(height)}">${title}</rect>`
  })
  const peak = bars.findIndex((bar) => bar.amount === Math.max(...bars.map((each) => each.amount)))
  const anchor = peak < bars.length / 4 ? 'start' : peak > (bars.length * 3) / 4 ? 'end' : 'middle'
  const at = anchor === 'start' ? peak * step : anchor === 'end' ? (peak + 1) * step : (peak + 0.5) * step
  return svg(
    `Spend by day, ${bars[0]?.day} to ${bars.at(-1)?.day}`,
    HEIGHT,
    [
      ...shapes,
      `<line class="axis" x1="0" y1="${HEIGHT - BOTTOM}" x2="${WIDTH}" y2="${HEIGHT - BOTTOM}"/>`,
      `<text x="${round(at)}" y="12" text-anchor="${anchor}">${text(bars[peak]?.amount ?? 0)}</text>`,
      `<text x="0" y="${HEIGHT - 6}">${bars[0]?.day ?? ''}</text>`,
      `<text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${bars.at(-1)?.day ?? ''}</text>`,
    ].join(''),
  )
}

const ROW = 26
const NAME_WIDTH = 260

/** A bar a key, marked where it turns to attention and to bad. */
export function agePlot(
  keys: HealthReport['keys'],
  limits: { readonly rotate: number; readonly expire: number },
): string {
  const shown = keys.slice(0, 40)
  const most = Math.max(...shown.map((key) => key.ageDays), limits.expire * 1.1)
  const scale = (WIDTH - NAME_WIDTH - 70) / most
  const height = shown.length * ROW + 20
  const rows = shown.map((key, i) => {
    const y = i * ROW
    const level = key.ageDays >= limits.expire ? 'bad' : key.ageDays >= limits.rotate ? 'attention' : 'well'
    const width = Math.max(1, key.ageDays * scale)
    return [
      `<text x="0" y="${y + 17}">${escapeHtml(cut(key.name, 24))} <tspan class="soft">${escapeHtml(key.redacted.slice(-5))}</tspan></text>`,
      `<rect class="${level}" x="${NAME_WIDTH}" y="${y + 5}" width="${round(width)}" height="${ROW - 10}"><title>${escapeHtml(key.name)}: ${days(key.ageDays)}</title></rect>`,
      `<text x="${round(NAME_WIDTH + width + 6)}" y="${y + 17}">${days(key.ageDays)}</text>`,
    ].join('')
  })
  const marks = [limits.rotate, limits.expire].map((limit) => {
    const x = round(NAME_WIDTH + limit * scale)
    return `<line class="axis" x1="${x}" y1="0" x2="${x}" y2="${height - 18}"/><text class="soft" x="${x}" y="${height - 4}" text-anchor="middle">${limit}</text>`
  })
  return svg('Ages of the keys in days', height, [...marks, ...rows].join(''))
}

/** On a phone it is wider than the page, and scrolls by itself: smaller it could not be read. */
function svg(label: string, height: number, content: string): string {
  const image = `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(label)}">${content}</svg>`
  return `<div class="plot" tabindex="0" role="group" aria-label="${escapeHtml(label)}, scrolls sideways">${image}</div>`
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
const round = (value: number) => Math.round(value * 10) / 10
