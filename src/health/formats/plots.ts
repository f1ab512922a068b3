// Plots as inline SVG: spend by day, and the ages of keys. Colours come from the page's style.
import { moneyText } from '../../openai/index.ts'
import type { HealthReport, Spend } from '../model.ts'
import { days } from '../words.ts'

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Of a page, and of a phone: letters keep their size, so a phone gets a drawing of its own. */
const WIDTHS = { wide: 720, narrow: 340 } as const
const HEIGHT = 180
const TOP = 16
const BOTTOM = 24

/** A bar a day; the highest is named. */
export function spendPlot(spend: Spend): string {
  const { days: bars } = spend
  return plot(`Spend by day, ${bars[0]?.day} to ${bars.at(-1)?.day}`, HEIGHT, (width) =>
    spendBars(spend, width),
  )
}

function spendBars({ days: bars, currency }: Spend, width: number): string {
  const text = (amount: number) => moneyText({ amount, currency })
  const most = Math.max(...bars.map((bar) => bar.amount), 0.01)
  const step = width / bars.length
  const room = HEIGHT - TOP - BOTTOM
  const shapes = bars.map(({ day, amount }, i) => {
    const height = Math.max(amount > 0 ? 1 : 0, (amount / most) * room)
    const title = `<title>${day}: ${text(amount)}</title>`
    return `<rect class="bar" x="${round(i * step + 1)}" y="${round(TOP + room - height)}" width="${round(Math.max(1, step - 2))}" height="${round(height)}">${title}</rect>`
  })
  const peak = bars.findIndex((bar) => bar.amount === Math.max(...bars.map((each) => each.amount)))
  const anchor = peak < bars.length / 4 ? 'start' : peak > (bars.length * 3) / 4 ? 'end' : 'middle'
  const at = anchor === 'start' ? peak * step : anchor === 'end' ? (peak + 1) * step : (peak + 0.5) * step
  return [
    ...shapes,
    `<line class="axis" x1="0" y1="${HEIGHT - BOTTOM}" x2="${width}" y2="${HEIGHT - BOTTOM}"/>`,
    `<text x="${round(at)}" y="12" text-anchor="${anchor}">${text(bars[peak]?.amount ?? 0)}</text>`,
    `<text x="0" y="${HEIGHT - 6}">${bars[0]?.day ?? ''}</text>`,
    `<text x="${width}" y="${HEIGHT - 6}" text-anchor="end">${bars.at(-1)?.day ?? ''}</text>`,
  ].join('')
}

const ROW = 26

interface Limits {
  readonly rotate: number
  readonly expire: number
}

/** A bar a key, marked where it turns to attention and to bad. */
export function agePlot(keys: HealthReport['keys'], limits: Limits): string {
  const shown = keys.slice(0, 40)
  const height = shown.length * ROW + 20
  return plot('Ages of the keys in days', height, (width) => ageBars(shown, limits, { width, height }))
}

function ageBars(
  shown: HealthReport['keys'],
  limits: Limits,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const isWide = width === WIDTHS.wide
  const left = isWide ? 260 : 150
  const most = Math.max(...shown.map((key) => key.ageDays), limits.expire * 1.1)
  const scale = (width - left - 70) / most
  const rows = shown.map((key, i) => {
    const y = i * ROW
    const level = key.ageDays >= limits.expire ? 'bad' : key.ageDays >= limits.rotate ? 'attention' : 'well'
    const length = Math.max(1, key.ageDays * scale)
    return [
      `<text x="0" y="${y + 17}">${escapeHtml(cut(key.name, isWide ? 24 : 12))} <tspan class="soft">${escapeHtml(key.redacted.slice(-5))}</tspan></text>`,
      `<rect class="${level}" x="${left}" y="${y + 5}" width="${round(length)}" height="${ROW - 10}"><title>${escapeHtml(key.name)}: ${days(key.ageDays)}</title></rect>`,
      `<text x="${round(left + length + 6)}" y="${y + 17}">${days(key.ageDays)}</text>`,
    ].join('')
  })
  // Turned away from each other: beside a key of many years the two marks are close.
  const marks = Object.entries({ end: limits.rotate, start: limits.expire }).map(([anchor, limit]) => {
    const x = round(left + limit * scale)
    return `<line class="axis" x1="${x}" y1="0" x2="${x}" y2="${height - 18}"/><text class="soft" x="${x}" y="${height - 4}" text-anchor="${anchor}">${limit}</text>`
  })
  return [...marks, ...rows].join('')
}

function plot(label: string, height: number, draw: (width: number) => string): string {
  const images = Object.entries(WIDTHS).map(
    ([name, width]) =>
      `<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}">${draw(width)}</svg>`,
  )
  return `<div class="plot">${images.join('')}</div>`
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
const round = (value: number) => Math.round(value * 10) / 10
