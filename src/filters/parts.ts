// The other parts of a credential: the public id that belongs to a secret, where it stands near.
import type { Part, Rule } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

const compiled = new WeakMap<Rule, readonly { name: string; within: number; regex: RegExp }[]>()

function partsOfRule(rule: Rule) {
  let parts = compiled.get(rule)
  if (parts === undefined) {
    parts = (rule.parts ?? []).map(({ name, pattern, within }) => ({
      name,
      within,
      regex: new RegExp(pattern, 'g'),
    }))
    compiled.set(rule, parts)
  }
  return parts
}

/** The nearest of each part that the rule names, ahead of the match or behind it. */
export function partsOf(candidate: Candidate): Part[] {
  return partsOfRule(candidate.rule).flatMap(({ name, within, regex }) => {
    const text = candidate.around(within, within)
    const at = text.indexOf(candidate.text)
    const distance = (index: number) => Math.abs(index - at)
    const nearest = [...text.matchAll(regex)]
      .filter(([value]) => value !== candidate.secret)
      .sort((a, b) => distance(a.index) - distance(b.index))[0]
    return nearest ? [{ name, value: nearest.groups?.part ?? nearest[0] }] : []
  })
}
