// The few numbers that matter, each a way to see what stands behind it.
import type { PageData } from '../data.ts'
import { countBy, type Filter, toggle } from './filter.ts'
import { type Row, SEVERITIES, STATES } from './model.ts'
import { progress, type Ticks } from './ticks.ts'
import type { ComponentChildren } from './view.ts'
import { number, STATE_WORDS, span } from './words.ts'

interface Props {
  readonly data: PageData
  readonly rows: readonly Row[]
  readonly filter: Filter
  readonly setFilter: (filter: Filter) => void
  readonly ticks: Ticks
}

export function Figures(props: Props) {
  const { rows } = props
  if (rows.length === 0) return <Nothing data={props.data} />
  const hasHistory = rows.some(({ isAtHead }) => isAtHead !== undefined)
  return (
    <section class="figures" aria-label="At a glance">
      <Severities {...props} />
      <States {...props} />
      {hasHistory && <Reach {...props} />}
      <Progress {...props} />
    </section>
  )
}

function Nothing({ data }: { data: PageData }) {
  return (
    <section class="card nothing">
      <p>
        {data.scan.state === 'complete'
          ? `Everything that was asked for was read: ${data.scanned}.`
          : `Read: ${data.scanned}.`}
      </p>
    </section>
  )
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="card">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

function Severities({ rows, filter, setFilter }: Props) {
  const counts = new Map(countBy(rows, 'severity'))
  return (
    <Card title="How severe">
      <div class="chips">
        {SEVERITIES.filter((severity) => counts.has(severity)).map((severity) => (
          <button
            key={severity}
            type="button"
            class={`chip ${severity}`}
            aria-pressed={filter.severity === severity}
            onClick={() => setFilter(toggle(filter, 'severity', severity))}
          >
            <b>{number(counts.get(severity)!)}</b> {severity}
          </button>
        ))}
      </div>
    </Card>
  )
}

/** The hooks never ask. */
function askText(command: string): string {
  return ['scan', 'audit', 'ci'].includes(command)
    ? `unleak ${command} --verify does.`
    : 'unleak verify does.'
}

function States({ data, rows, filter, setFilter }: Props) {
  const counts = new Map(countBy(rows, 'state'))
  const states = STATES.filter((state) => counts.has(state))
  return (
    <Card title="Alive or dead">
      <div class="stack" aria-hidden="true">
        {states.map((state) => (
          <i key={state} class={state} style={{ flexGrow: counts.get(state)! }} />
        ))}
      </div>
      <div class="chips">
        {states.map((state) => (
          <button
            key={state}
            type="button"
            class={`chip ${state}`}
            aria-pressed={filter.state === state}
            onClick={() => setFilter(toggle(filter, 'state', state))}
          >
            <b>{number(counts.get(state)!)}</b> {STATE_WORDS[state]}
          </button>
        ))}
      </div>
      {!counts.has('live') && !counts.has('dead') && (
        <p class="soft">Nobody has asked the issuers yet: {askText(data.scan.command)}</p>
      )}
    </Card>
  )
}

function Reach({ rows, filter, setFilter }: Props) {
  const published = rows.filter(({ isPublished }) => isPublished).length
  const atHead = rows.filter(({ isAtHead }) => isAtHead).length
  const longest = rows.reduce((most, { days = 0 }) => Math.max(most, days), 0)
  const flip = (name: 'published' | 'atHead') => {
    const { [name]: old, ...rest } = filter
    setFilter(old ? (rest as Filter) : { ...filter, [name]: true })
  }
  return (
    <Card title="How far it got">
      <div class="chips">
        <button
          type="button"
          class="chip"
          aria-pressed={filter.published === true}
          onClick={() => flip('published')}
        >
          <b>{number(published)}</b> published
        </button>
        <button
          type="button"
          class="chip"
          aria-pressed={filter.atHead === true}
          onClick={() => flip('atHead')}
        >
          <b>{number(atHead)}</b> still in the newest commit
        </button>
      </div>
      <p class="soft">Longest in the history: {span(longest)}</p>
    </Card>
  )
}

function Progress({ rows, ticks }: Props) {
  const { done, all } = progress(rows, ticks)
  const percent = all === 0 ? 0 : Math.floor((100 * done) / all)
  return (
    <Card title="Response">
      <p class="big">
        <b>{number(done)}</b> <span class="soft">of {number(all)} steps done</span>
      </p>
      <progress max={all || 1} value={done} aria-label="Steps of the response that are done">
        {percent} %
      </progress>
    </Card>
  )
}
