// Shannon entropy: the cheap check that a value is made of many different characters.
import type { Filter } from './candidate.ts'
import { bodyOf } from './value.ts'

/** Bits per character of `text`, by the frequencies of its own characters. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

export const entropyFilter: Filter = {
  reason: 'low entropy',
  ruleOnly: true,
  drops: ({ rule, secret }) =>
    rule.entropy !== undefined && shannonEntropy(bodyOf(rule, secret)) < rule.entropy,
}
