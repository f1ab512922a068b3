// A JSON report of gitleaks or betterleaks, as those tools take it for a baseline.
import { createHash } from 'node:crypto'
import { records } from '../rules/foreign/fields.ts'
import { collect, type Reader } from './types.ts'

export const readGitleaksReport: Reader = (text, name) => {
  const { wish, leave, done } = collect()
  const content = JSON.parse(text) as unknown
  for (const [i, finding] of records(
    Array.isArray(content) ? content : (content as { findings?: unknown })?.findings,
  ).entries()) {
    const { File: path, StartLine: line, Commit: commit, Secret: secret } = finding
    const at = `${name} #${i + 1}`
    if (typeof path !== 'string' || typeof line !== 'number') {
      leave(at, 'a finding', 'it has no "File" and "StartLine"')
      continue
    }
    const isWhole = typeof secret === 'string' && secret !== '' && !/REDACTED|\*{3}|\.{3}$/.test(secret)
    wish({
      at,
      goal: 'baseline',
      path,
      line,
      ...(typeof commit === 'string' && commit !== '' ? { commit } : {}),
      ...(isWhole ? { sha256: createHash('sha256').update(secret, 'utf8').digest('hex') } : {}),
      reason: `in ${name}`,
    })
  }
  return done()
}
