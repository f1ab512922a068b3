// Days, dollars and names as the checks write them.
import { moneyText, USD } from '../openai/index.ts'
import type { Holder, KnownKey } from './model.ts'

const DAY_MS = 86_400_000

/** Whole days from Unix seconds to `now`. */
export function daysSince(seconds: number, now: Date): number {
  return Math.floor((now.getTime() - seconds * 1000) / DAY_MS)
}

export function days(n: number): string {
  return n === 1 ? '1 day' : `${n} days`
}

export const dollars = (amount: number): string => moneyText({ amount, currency: USD })

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function list(items: readonly string[], max = 4): string {
  const shown = items.length > max ? [...items.slice(0, max - 1), `${items.length - max + 1} more`] : items
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

export function holderText({ name, path, line }: Holder): string {
  return path === undefined ? `${name} in the environment` : `${name} in ${path}:${line}`
}

/** A key as people know it: the name it has, and its last characters. */
export function keyText(key: KnownKey): string {
  const names = [...new Set(key.holders.map((holder) => holder.name))]
  return `${list(names, 3)} (${key.secret.redacted})`
}

export function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
