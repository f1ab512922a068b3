// .secrets.baseline of detect-secrets: digests by file and line, and what an audit said of them.
import { type Fields, list, record, records } from '../rules/foreign/fields.ts'
import { globsOf } from './globs.ts'
import { collect, type Reader, type Wish } from './types.ts'

const TEXT_PATTERN =
  'unleak takes no pattern that hides secrets by their text: unleak review accepts single ones'

export const readSecretsBaseline: Reader = (text, name) => {
  const { wish, set, leave, done } = collect()
  const content = record(JSON.parse(text))
  for (const [path, secrets] of Object.entries(record(content.results)))
    for (const secret of records(secrets)) wish(wishOf(secret, path, name))
  for (const { path, pattern } of records(content.filters_used)) {
    const at = `${name} (filter ${String(path).split('.').at(-1)})`
    const isFiles = String(path).endsWith('should_exclude_file')
    for (const each of list([pattern].flat())) {
      const globs = isFiles ? globsOf(each) : undefined
      for (const value of globs ?? []) set({ at, key: 'ignorePaths', value })
      if (globs?.length) continue
      leave(
        at,
        each,
        isFiles ? 'as a glob it can not be said: write it by hand into "ignorePaths"' : TEXT_PATTERN,
      )
    }
  }
  for (const { name: plugin, path } of records(content.plugins_used))
    if (path) leave(name, `the plugin ${String(plugin)}`, 'it is code: write a rule, see rules/README.md')
  return done()
}

function wishOf(secret: Fields, path: string, name: string): Wish {
  const { hashed_secret: sha1, line_number: line, is_secret: isSecret, type } = secret
  const place = {
    at: `${name} (${path}:${String(line)}, ${String(type)})`,
    path: path.replaceAll('\\', '/'),
    ...(typeof line === 'number' ? { line } : {}),
    ...(typeof sha1 === 'string' ? { sha1 } : {}),
  }
  if (isSecret !== false) return { ...place, goal: 'baseline', reason: `in ${name}` }
  return { ...place, goal: 'ignore', reason: `audited as no secret in ${name}`, answer: 'false-alarm' }
}
