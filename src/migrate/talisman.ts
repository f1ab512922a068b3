// .talismanrc: files that were accepted as they are, and how much is reported.
import { parse } from '../config/yaml-file.ts'
import { SEVERITIES } from '../model/index.ts'
import { record, records } from '../rules/foreign/fields.ts'
import { collect, type Reader } from './types.ts'

const KNOWN = new Set([
  'fileignoreconfig',
  'version',
  'threshold',
  'scopeconfig',
  'allowed_patterns',
  'custom_patterns',
  'custom_severities',
])

export const readTalisman: Reader = (text, name) => {
  const { wish, set, leave, done } = collect()
  const content = record(parse(text, { logLevel: 'error' }))
  for (const { filename, ignore_detectors: detectors, allowed_patterns: patterns } of records(
    content.fileignoreconfig,
  )) {
    const at = `${name} (${String(filename)})`
    if (typeof filename !== 'string') leave(at, 'an entry', 'it has no filename')
    else if (/[*?[]/.test(filename)) set({ at, key: 'ignorePaths', value: filename })
    else if (Array.isArray(patterns))
      leave(
        at,
        'allowed_patterns',
        'unleak takes no pattern that hides secrets by their text: unleak review accepts single ones',
      )
    else if (Array.isArray(detectors) && !detectors.includes('filecontent'))
      leave(
        at,
        `ignore_detectors ${detectors.join(', ')}`,
        'unleak does not judge files by their name or size: nothing to ignore',
      )
    else
      wish({ at, goal: 'baseline', path: filename, wholeFile: true, reason: `accepted as it was in ${name}` })
  }
  const threshold = SEVERITIES.find((each) => each === content.threshold)
  if (threshold) set({ at: `${name} (threshold)`, key: 'minSeverity', value: threshold })
  for (const { scope } of records(content.scopeconfig))
    leave(`${name} (scopeconfig)`, String(scope), "lock files need no leave: unleak's rules know them")
  const told: readonly (readonly [string, string])[] = [
    [
      'allowed_patterns',
      'unleak takes no pattern that hides secrets by their text: unleak review accepts single ones',
    ],
    ['custom_patterns', 'write them as rules, with a name and keywords: see rules/README.md'],
    ['custom_severities', 'set severities by path in the configuration, or by rule files of your own'],
  ]
  for (const [key, why] of told) if (content[key] !== undefined) leave(`${name} (${key})`, key, why)
  for (const key of Object.keys(content))
    if (!KNOWN.has(key)) leave(`${name} (${key})`, key, 'it has no equal')
  return done()
}
