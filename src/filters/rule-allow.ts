// What the rule's own allow lists let pass, as rule files of other tools have them.
import type { Allowance } from '../model/index.ts'
import { type Candidate, type Filter, MOST_KEPT_PATH } from './candidate.ts'

const compiled = new WeakMap<Allowance, ReturnType<typeof compile>>()

function compile({ secrets, matches, lines, paths }: Allowance) {
  const regexes = (sources: readonly string[] = []) => sources.map((source) => new RegExp(source))
  return {
    secrets: regexes(secrets),
    matches: regexes(matches),
    lines: regexes(lines),
    paths: regexes(paths),
  }
}

function lets(allowance: Allowance, candidate: Candidate): boolean {
  const patterns = compiled.get(allowance) ?? compile(allowance)
  compiled.set(allowance, patterns)
  const any = (regexes: readonly RegExp[], text: string) => regexes.some((regex) => regex.test(text))
  const conditions: (() => boolean)[] = []
  const secret = candidate.secret.toLowerCase()
  if (patterns.secrets.length > 0) conditions.push(() => any(patterns.secrets, candidate.secret))
  if (patterns.matches.length > 0) conditions.push(() => any(patterns.matches, candidate.text))
  if (allowance.words?.length) conditions.push(() => allowance.words!.some((word) => secret.includes(word)))
  if (patterns.lines.length > 0) conditions.push(() => any(patterns.lines, candidate.lines()))
  if (patterns.paths.length > 0) conditions.push(() => isAllowedPath(patterns.paths, candidate.path))
  return (
    conditions.length > 0 && (allowance.all ? conditions.every((is) => is()) : conditions.some((is) => is()))
  )
}

/** Nothing is let pass for the path at which most is kept, or an audit would not look at the real ones. */
function isAllowedPath(regexes: readonly RegExp[], path: string | undefined): boolean {
  return path !== undefined && path !== MOST_KEPT_PATH && regexes.some((regex) => regex.test(path))
}

export const ruleAllowFilter: Filter = {
  reason: 'let pass by an allow list of its rule',
  ruleOnly: true,
  drops: (candidate) => candidate.rule.allow?.some((allowance) => lets(allowance, candidate)) ?? false,
}
