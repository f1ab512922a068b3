// Baselines of kingfisher, both versions: places; its fingerprints can't be made again without its own reading.
import { parse } from '../config/yaml-file.ts'
import { record, records } from '../rules/foreign/fields.ts'
import { collect, type Reader } from './types.ts'

export const readKingfisherBaseline: Reader = (text, name) => {
  const { wish, leave, done } = collect()
  const content = record(parse(text, { logLevel: 'error' }))
  const old = records(record(content.ExactFindings).matches).map((each) => ({
    path: each.filepath,
    line: each.linenum,
  }))
  const repositories = records(content.repositories)
  const own = repositories.flatMap(({ findings }) => records(findings))
  if (repositories.length > 1)
    leave(
      name,
      `${repositories.length} repositories`,
      'a baseline of unleak is of one; what is not found here stays behind',
    )
  for (const { path, line } of [...old, ...own]) {
    const at = `${name} (${String(path)}:${String(line)})`
    if (typeof path !== 'string') leave(at, 'an entry', 'it has no path')
    else
      wish({
        at,
        goal: 'baseline',
        path,
        ...(typeof line === 'number' ? { line } : {}),
        reason: `in ${name}`,
      })
  }
  if (
    old.length + own.length === 0 &&
    content.ExactFindings === undefined &&
    content.repositories === undefined
  )
    throw new SyntaxError('is no baseline of kingfisher')
  return done()
}
