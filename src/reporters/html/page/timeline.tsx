// When secrets came in and went out: how many there were at a time, and the way of each.
import { scaleUtc } from 'd3-scale'
import type { Row } from './model.ts'
import { useMemo, useState } from './view.ts'
import { count, day, number, span } from './words.ts'

const LANES = 12
const MOST_LANES = 100
const TICKS = 5

interface Props {
  readonly rows: readonly Row[]
  readonly now: number
  readonly onOpen: (id: string) => void
}

export function Timeline({ rows, now, onOpen }: Props) {
  const dated = useMemo(() => rows.filter(({ introduced }) => introduced !== undefined), [rows])
  if (dated.length === 0) return <NoHistory />
  const first = dated.reduce((least, { introduced }) => Math.min(least, introduced!), now)
  const scale = scaleUtc()
    .domain([first - Math.max(1, (now - first) * 0.01), now])
    .range([0, 100])
  const ticks = scale.ticks(TICKS).map((date) => ({ at: scale(date), label: scale.tickFormat(TICKS)(date) }))
  return (
    <section class="card timeline" aria-labelledby="timeline">
      <h2 id="timeline">Time line</h2>
      <Level rows={dated} scale={scale} now={now} />
      <Axis ticks={ticks} />
      <Lanes rows={dated} scale={scale} now={now} ticks={ticks} onOpen={onOpen} />
      <p class="soft key">
        <i class="bar published" /> published: git does not record the day of a push, so it counts as public
        from the day it came in <i class="bar" /> not known to be published <i class="end" /> taken out
      </p>
    </section>
  )
}

function NoHistory() {
  return (
    <section class="card timeline" aria-labelledby="timeline">
      <h2 id="timeline">Time line</h2>
      <p class="soft">
        This scan did not look into the history: unleak audit knows when each secret came in.
      </p>
    </section>
  )
}

type Scale = (time: number) => number
type Ticks = readonly { readonly at: number; readonly label: string }[]

function Axis({ ticks }: { ticks: Ticks }) {
  return (
    <div class="axis" aria-hidden="true">
      {ticks.map(({ at, label }) => (
        <span key={label} class={at < 4 ? 'first' : ''} style={{ left: `${at}%` }}>
          {label}
        </span>
      ))}
    </div>
  )
}

/** How many secrets were in the newest state of the history at each time, as steps. */
function Level({ rows, scale, now }: { rows: readonly Row[]; scale: Scale; now: number }) {
  const { steps, most, last } = useMemo(() => levels(rows), [rows])
  const height = (n: number) => 40 - (36 * n) / Math.max(1, most.n)
  let path = 'M0 40'
  let level = 0
  for (const [time, n] of steps) {
    path += `L${scale(time).toFixed(2)} ${height(level).toFixed(2)}V${height(n).toFixed(2)}`
    level = n
  }
  const area = `${path}L${scale(now).toFixed(2)} ${height(level).toFixed(2)}V40Z`
  const label = `Secrets that were in the files: at most ${number(most.n)} (${day(most.time)}), ${number(last)} at the end.`
  return (
    <figure class="level">
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={label}>
        <path d={area} class="area" />
      </svg>
      <figcaption class="soft">{label}</figcaption>
    </figure>
  )
}

function levels(rows: readonly Row[]) {
  const changes = rows.flatMap(({ introduced, removed }) => [
    [introduced!, 1] as const,
    ...(removed === undefined ? [] : [[Math.max(removed, introduced!), -1] as const]),
  ])
  changes.sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const steps: [time: number, n: number][] = []
  let n = 0
  let most = { n: 0, time: changes[0]![0] }
  for (const [time, change] of changes) {
    n += change
    if (n > most.n) most = { n, time }
    const before = steps.at(-1)
    if (before?.[0] === time) before[1] = n
    else steps.push([time, n])
  }
  return { steps, most, last: n }
}

function Lanes({
  rows,
  scale,
  now,
  ticks,
  onOpen,
}: Omit<Props, 'rows'> & { rows: readonly Row[]; scale: Scale; ticks: Ticks }) {
  const [isWhole, setWhole] = useState(false)
  const shown = rows.slice(0, isWhole ? MOST_LANES : LANES)
  const more = Math.min(MOST_LANES, rows.length) - LANES
  return (
    <>
      <ul class="lanes">
        {shown.map((row) => (
          <Lane key={row.finding.id} {...{ row, scale, now, ticks, onOpen }} />
        ))}
      </ul>
      {more > 0 && (
        <button type="button" class="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer lines' : `${number(more)} more lines`}
        </button>
      )}
      {rows.length > shown.length && (
        <span class="soft small">
          {' '}
          The first {count(shown.length, 'line')} of {number(rows.length)}, in the order of the list below.
        </span>
      )}
    </>
  )
}

function Lane({
  row,
  scale,
  now,
  ticks,
  onOpen,
}: {
  row: Row
  scale: Scale
  now: number
  ticks: Ticks
  onOpen: Props['onOpen']
}) {
  const { finding, introduced, removed, days = 0, isPublished } = row
  const from = scale(introduced!)
  const to = scale(Math.max(removed ?? now, introduced!))
  const end = removed === undefined ? 'still there' : `taken out ${day(removed)}`
  const story = `came in ${day(introduced!)}, ${end}, ${span(days)}${isPublished ? ', published' : ''}`
  return (
    <li>
      <a href={`#f-${finding.id}`} onClick={() => onOpen(finding.id)} title={`${finding.title}: ${story}`}>
        <span class="name">
          <span>{finding.title}</span> <code>{finding.secret.redacted}</code>
        </span>
        <span class="hidden">: {story}</span>
        <span class="track" aria-hidden="true">
          {ticks.map(({ at }) => (
            <i key={at} class="line" style={{ left: `${at}%` }} />
          ))}
          <i
            class={`bar ${finding.severity} ${isPublished ? 'published' : ''}`}
            style={{ left: `${from}%`, width: `max(.4rem, ${Math.max(0, to - from)}%)` }}
          />
          {removed !== undefined && <i class="end" style={{ left: `${to}%` }} />}
        </span>
        <span class="soft days" aria-hidden="true">
          {span(days)}
        </span>
      </a>
    </li>
  )
}
