// One secret: what it is, where it stands, what became of it, and what to do, with boxes to tick.
import type { PageFinding } from '../data.ts'
import type { Asked } from './list.tsx'
import { nameOf, type Row } from './model.ts'
import { useEffect, useRef, useState } from './view.ts'
import {
  CONFIDENCE_WORDS,
  count,
  day,
  number,
  placeText,
  refName,
  STATE_WORDS,
  STEP_WORDS,
  sentence,
  span,
} from './words.ts'

const FEW_PLACES = 8
const MOST_PLACES = 500

interface Props {
  readonly row: Row
  readonly done: ReadonlySet<string> | undefined
  readonly onTick: (row: Row, steps: readonly string[], done: boolean) => void
  /** The time line asked for it. */
  readonly asked: Asked | undefined
  readonly isFew: boolean
  readonly isPrinting: boolean
}

export function FindingCard({ row, done, onTick, asked, isFew, isPrinting }: Props) {
  const { finding, steps, state, isPublished, isAtHead } = row
  const [isOpen, setOpen] = useState(isFew || asked !== undefined)
  const card = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (asked === undefined) return
    setOpen(true)
    card.current?.scrollIntoView({ block: 'start' })
    card.current?.querySelector('summary')?.focus()
  }, [asked])
  const first = finding.places[0]
  const ticked = steps.filter(({ step }) => done?.has(step)).length
  return (
    <details
      ref={card}
      id={`f-${finding.id}`}
      class={`card finding ${finding.severity}`}
      open={isOpen || isPrinting}
      onToggle={(event) => !isPrinting && setOpen(event.currentTarget.open)}
    >
      <summary>
        <span class="title">
          <b>{finding.title}</b> <code>{finding.secret.value ?? finding.secret.redacted}</code>
        </span>
        <span class="badges">
          <span class={`badge ${finding.severity}`}>{finding.severity}</span>
          {state !== 'unchecked' && <span class={`badge ${state}`}>{STATE_WORDS[state]}</span>}
          {isPublished && <span class="badge">published</span>}
          {isAtHead && <span class="badge">in the newest commit</span>}
          {steps.length > 0 && (
            <span class={`badge ${ticked === steps.length ? 'dead' : ''}`}>
              {ticked} of {steps.length} done
            </span>
          )}
        </span>
        {first && (
          <span class="where soft">
            {placeText(first)}
            {finding.places.length > 1 ? ` and ${count(finding.places.length - 1, 'more place')}` : ''}
          </span>
        )}
      </summary>
      {(isOpen || isPrinting) && (
        <div class="body">
          <Facts row={row} />
          <Steps row={row} done={done} onTick={onTick} />
        </div>
      )}
    </details>
  )
}

function Facts({ row }: { row: Row }) {
  const { finding, days, introduced, removed } = row
  const { confidence, evidence, verdict, history } = finding
  return (
    <dl>
      <dt>How sure</dt>
      <dd>
        {sentence(CONFIDENCE_WORDS[confidence])}
        {evidence.length > 0 ? `: ${evidence.join('; ')}` : ''}
      </dd>
      {verdict.state !== 'unchecked' && (
        <>
          <dt>Checked</dt>
          <dd>
            {verdict.reason ?? verdict.state}
            {verdict.checkedAt ? `, ${day(verdict.checkedAt)}` : ''}
          </dd>
        </>
      )}
      {introduced !== undefined && (
        <>
          <dt>History</dt>
          <dd>
            Came in {day(introduced)}
            {history?.introduced ? ` by ${history.introduced.author}, commit ` : ''}
            {history?.introduced && <code>{history.introduced.commit.slice(0, 12)}</code>}
            {removed === undefined ? '; still there' : `; taken out ${day(removed)}`}
            {days === undefined ? '' : ` (${span(days)})`}.
            {history && history.refs.length > 0 && ` In ${some(history.refs.map(refName))}.`}
            {history && history.published.length > 0 && ` Published in ${some(history.published)}.`}
          </dd>
        </>
      )}
      <Places finding={finding} />
      <dt>Finding</dt>
      <dd>
        <code>{finding.id}</code>, rule <code>{finding.rule}</code>, {number(finding.secret.length)}{' '}
        characters
      </dd>
      <dt>False alarm?</dt>
      <dd>
        <code>unleak ignore {finding.id} --reason "why"</code>
      </dd>
    </dl>
  )
}

function some(names: readonly string[]): string {
  return names.length > 4
    ? `${names.slice(0, 4).join(', ')} and ${number(names.length - 4)} more`
    : names.join(', ')
}

function Places({ finding }: { finding: PageFinding }) {
  const [isWhole, setWhole] = useState(false)
  const { places } = finding
  const shown = places.slice(0, isWhole ? MOST_PLACES : FEW_PLACES)
  return (
    <>
      <dt>Where</dt>
      <dd>
        <ul class="places">
          {shown.map((place) => (
            <li key={`${place.blob}${place.commit}${placeText(place)}`}>
              <code>{placeText(place)}</code>
              {place.name && (
                <>
                  , named <code>{place.name}</code>
                </>
              )}
              {place.encoding &&
                place.encoding.length > 0 &&
                `, decoded from ${place.encoding.join(', then ')}`}
              {place.commit && (
                <span class="soft">
                  {' '}
                  commit {place.commit.slice(0, 12)}
                  {place.author ? ` by ${nameOf(place.author)}` : ''}
                  {place.date ? `, ${day(place.date)}` : ''}
                </span>
              )}
            </li>
          ))}
        </ul>
        {places.length > shown.length && (
          <button type="button" class="plain" onClick={() => setWhole(true)} disabled={isWhole}>
            {number(places.length - shown.length)} more places
          </button>
        )}
      </dd>
    </>
  )
}

function Steps({ row, done, onTick }: Pick<Props, 'row' | 'done' | 'onTick'>) {
  const { finding, steps } = row
  if (steps.length === 0) return null
  const commands = [...new Set(steps.flatMap(({ command }) => command ?? []))]
  const isAll = steps.every(({ step }) => done?.has(step))
  return (
    <fieldset class="steps">
      <legend>What to do, in this order</legend>
      <ol>
        {steps.map(({ step, text, url }) => (
          <li key={step} class={done?.has(step) ? 'done' : ''}>
            <input
              type="checkbox"
              id={`${finding.id}-${step}`}
              checked={done?.has(step) ?? false}
              aria-describedby={`${finding.id}-${step}-text`}
              onChange={(event) => onTick(row, [step], event.currentTarget.checked)}
            />
            <div>
              <label for={`${finding.id}-${step}`}>{STEP_WORDS[step] ?? step}</label>
              <span id={`${finding.id}-${step}-text`}>
                {text}
                {step === 'update' && finding.files && ` Named in ${some(finding.files)}.`}
                {url && /^https?:\/\//.test(url) && (
                  <>
                    {' '}
                    <a href={url} target="_blank" rel="noreferrer noopener">
                      {url.replace(/^https?:\/\//, '')}
                    </a>
                  </>
                )}
              </span>
            </div>
          </li>
        ))}
      </ol>
      {commands.map((command) => (
        <p key={command} class="soft">
          Do it with: <code>{command.replaceAll('{id}', finding.id)}</code>
        </p>
      ))}
      <button
        type="button"
        onClick={() =>
          onTick(
            row,
            steps.map(({ step }) => step),
            !isAll,
          )
        }
      >
        {isAll ? 'Untick all' : 'All of it is done'}
      </button>
    </fieldset>
  )
}
