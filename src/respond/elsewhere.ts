// Stores elsewhere that the new key has to reach: filled by a command here, or by a person, whose word is noted.
import { ToolError } from '../model/index.ts'
import { textFact } from './journaled.ts'
import type { Case, Run, Target, Targets } from './model.ts'
import { isoMinute, listWords, targetText } from './words.ts'

type Remote = Targets['remote'][number]
type Hand = Targets['hand'][number]

/** What still has the old key, as far as is known. */
export interface Waiting {
  readonly remote: readonly Remote[]
  readonly hand: readonly Hand[]
}

/** As `--filled` and the journal call it; the line is left out, because lines move. */
export const placeName = ({ use }: Remote | Hand): string => `${use.variable} in ${use.path}`

export function waiting({ targets, journal }: Case): Waiting {
  const entries = journal.standing()
  const run = new Set(entries.filter(({ step }) => step === 'remote').map(({ facts }) => facts.command))
  const said = new Set(entries.filter(({ step }) => step === 'filled').map(({ facts }) => facts.place))
  return {
    remote: targets.remote.filter((each) => !run.has(each.command.shown) && !said.has(placeName(each))),
    hand: targets.hand.filter((each) => !said.has(placeName(each))),
  }
}

/** A sentence for each place that a person says has the new key. */
export function saidLines({ journal }: Case): string[] {
  return journal
    .standing()
    .filter(({ step }) => step === 'filled')
    .map(({ at, facts }) => `${facts.place}: new key, said ${facts.by} on ${isoMinute(Date.parse(at))}.`)
}

/** Refuses the word of a person that can't be true, before anything is done. Throws ToolError `E_USAGE`. */
export function assertWord(incident: Case): void {
  const { options, targets, journal, givenKey } = incident
  if (options.filled.length === 0) return
  if (journal.last('replace', 'done') === undefined && givenKey === undefined)
    throw new ToolError('E_USAGE', '--filled: there is no new key yet, so no place can have it.', {
      hint: `First: ${incident.command} --confirm`,
    })
  const places = [...targets.remote, ...targets.hand]
  const unknown = options.filled.find((name) => !places.some((place) => isMeant(place, name)))
  if (unknown === undefined || (unknown === 'all' && places.length === 0)) return
  throw new ToolError('E_USAGE', `--filled: no place elsewhere is called "${unknown}".`, {
    hint:
      places.length === 0
        ? 'No place elsewhere is known that uses this key.'
        : `Name its file, or "all" for: ${listWords(places.map(placeName), 12)}`,
  })
}

const isMeant = (place: Remote | Hand, name: string): boolean =>
  name === 'all' || name === place.use.path || name === placeName(place)

/** Notes the places that a person says are filled: by flag, or asked for one after the other. */
export async function takeWord(incident: Case, run: Run): Promise<void> {
  const { options, journal, askFilled, person, signal } = incident
  const { remote, hand } = waiting(incident)
  for (const place of [...remote, ...hand]) {
    if (signal?.aborted) return
    const isSaid = options.filled.some((name) => isMeant(place, name))
    if (!isSaid && !(await askFilled?.(question(place, incident, run)))) continue
    journal.add('filled', 'done', { place: placeName(place), by: await person() })
  }
}

function question(place: Remote | Hand, { targets }: Case, run: Run): string {
  const how = 'command' in place ? `Fill ${place.command.what}: ${place.command.shown}` : handText(place)
  const [first] = targets.local
  const source = first && run.newKey ? ` The new key is ${keyIn(first)}.` : ''
  return `${how}${source}\nHas it the new key now?`
}

const handText = ({ todo }: Hand): string => (todo.url ? `${todo.text} ${todo.url}` : todo.text)
const keyIn = (target: Target): string => targetText(target)

/** The names of places that people filled, for what can't be put back. */
export function saidPlaces({ journal }: Case): string[] {
  return journal
    .standing()
    .filter(({ step }) => step === 'filled')
    .flatMap(({ facts }) => textFact(facts, 'place') ?? [])
}
