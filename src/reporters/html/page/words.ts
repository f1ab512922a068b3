// Numbers, days and names as people read them.
import { placeName } from '../../place-groups.ts'
import { count } from '../../words.ts'
import type { PageFinding } from '../data.ts'
import type { State } from './model.ts'

export { CONFIDENCE_WORDS, count, number, STEP_WORDS, sentence } from '../../words.ts'

export const STATE_WORDS: Readonly<Record<State, string>> = {
  live: 'alive',
  unknown: 'not known',
  unchecked: 'not checked',
  dead: 'dead',
}

/** Branches by the names that people use; the rest as git names it. */
export function refName(ref: string): string {
  return ref.replace(/^refs\/heads\//, 'branch ')
}

export function day(time: number | string): string {
  return typeof time === 'string' ? time.slice(0, 10) : new Date(time).toISOString().slice(0, 10)
}

/** `4 days`, `3 months`, `2.5 years`. */
export function span(days: number): string {
  if (days < 1) return 'under a day'
  if (days < 60) return count(Math.round(days), 'day')
  if (days < 730) return count(Math.round(days / 30.44), 'month')
  return `${(days / 365.25).toFixed(1)} years`
}

export function placeText(place: PageFinding['places'][number]): string {
  return `${placeName(place)}:${place.line}:${place.column}`
}
