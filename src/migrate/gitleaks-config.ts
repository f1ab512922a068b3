// .gitleaks.toml and .betterleaks.toml: its rules go on being read as they are; paths become settings.
import { list, record, records } from '../rules/foreign/fields.ts'
import { allowancesOf, readGitleaks } from '../rules/foreign/gitleaks.ts'
import { parseToml } from '../rules/foreign/toml.ts'
import { globsOf } from './globs.ts'
import { collect, type Reader } from './types.ts'

/** @param isKnown says whether a rule of ours has that id */
export function gitleaksConfigReader(isKnown: (id: string) => boolean): Reader {
  return (text, name, path) => {
    const { set, leave, done } = collect()
    const content = parseToml(text, name)
    for (const [i, each] of allowancesOf(content).entries())
      readAllowlist(each, `${name} (allowlist ${i + 1})`, { set, leave })
    for (const id of list(record(content.extend).disabledRules)) {
      const at = `${name} (disabledRules)`
      if (isKnown(id)) set({ at, key: 'skip', value: id })
      else leave(at, id, 'no rule of unleak has that name: see unleak rules list')
    }
    if (records(content.rules).length === 0) return done()
    const { file, notes, left } = readGitleaks(path)
    if (file.rules.length > 0) set({ at: `${name} (${file.rules.length} rules)`, key: 'rules', value: name })
    for (const { rule, message } of notes) leave(`${name} (${rule})`, 'a part', message)
    for (const { rule, message } of left) leave(`${name} (${rule})`, 'the rule', message)
    if (left.length > 0 && file.rules.length > 0) set({ at: name, key: 'partialRules', value: true })
    return done()
  }
}

function readAllowlist(
  allow: Readonly<Record<string, unknown>>,
  at: string,
  { set, leave }: Pick<ReturnType<typeof collect>, 'set' | 'leave'>,
): void {
  const others = ['regexes', 'stopwords', 'commits'].filter((key) => list(allow[key]).length > 0)
  const isNarrow = list(allow.targetRules).length > 0
  const isAnd = String(allow.condition ?? '').toUpperCase() === 'AND' && others.length > 0
  for (const regex of list(allow.paths)) {
    const globs = isNarrow || isAnd ? undefined : globsOf(regex)
    if (globs?.length) for (const value of globs) set({ at, key: 'ignorePaths', value })
    else
      leave(
        at,
        regex,
        isNarrow || isAnd
          ? 'it holds under conditions only: say it with "paths" in the configuration'
          : 'as a glob it can not be said: write it by hand into "ignorePaths"',
      )
  }
  for (const key of others)
    leave(
      at,
      key,
      key === 'commits'
        ? 'unleak accepts findings, not commits: unleak review'
        : "it counts for the file's own rules only: findings of unleak's rules are accepted one by one, see unleak review",
    )
}
