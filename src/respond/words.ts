// Names, times and lists as the response writes them.
import { type Money, moneyText } from '../openai/index.ts'
import type { Case, Target, Todo } from './model.ts'

export const isoMinute = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

export function listWords(items: readonly string[], max = 5): string {
  const shown = items.length > max ? [...items.slice(0, max - 1), `${items.length - max + 1} more`] : items
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** Sums stand beside each other, one for each currency. */
export const costText = (costs: readonly Money[]): string => listWords(costs.map(moneyText))

export const targetText = ({ path, variables }: Target): string =>
  variables.length > 0 ? `${variables.join(', ')} in ${path}` : path

/** A part of a sentence as one that stands alone; names of variables begin as they do. */
export const sentence = (part: string): string => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`

/** The command that goes on with this case. */
export function goOn({ command }: Case, ...flags: readonly string[]): string {
  return [command, ...flags, '--confirm'].join(' ')
}

/** In short; see `Owner.obstacle`. */
export const NOT_FOUND = 'it is not known which key of the account it is'

export const todo = (text: string, how: { url?: string; command?: string } = {}): Todo => ({ text, ...how })
