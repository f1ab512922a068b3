// .gitleaksignore and .betterleaksignore: a fingerprint a line, by place or (betterleaks 2) by digest.
import { collect, type Reader } from './types.ts'

const BY_COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64}):(.+):([^:]+):(\d+)$/
const BY_FILE = /^(.+):([^:]+):(\d+)$/

/** A comment right above a line is the reason for it. */
export const readFingerprints: Reader = (text, name) => {
  const { wish, leave, done } = collect()
  let comment = ''
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    const at = `${name}:${i + 1}`
    if (line === '' || line.startsWith('#')) {
      comment = line === '' ? '' : [comment, line.replace(/^#+\s*/, '')].filter(Boolean).join(' ')
      continue
    }
    const entry = line.replace(/\s+#.*$/, '')
    const reason = comment || /\s+#\s*(.+)$/.exec(line)?.[1] || `accepted in ${name}`
    comment = ''
    const base = { at, goal: 'ignore', reason } as const
    const [, commit, file = '', , row] = BY_COMMIT.exec(entry) ?? []
    if (commit !== undefined) wish({ ...base, commit, path: file, line: Number(row) })
    else if (/^(?:sha256:)?[0-9a-f]{64}$/i.test(entry))
      wish({ ...base, sha256: entry.replace(/^sha256:/i, '').toLowerCase() })
    else {
      const [, path, , number] = BY_FILE.exec(entry) ?? []
      if (path === undefined) leave(at, entry.slice(0, 60), 'it is no fingerprint that is known')
      else wish({ ...base, path: path.replace(/^\.\//, ''), line: Number(number) })
    }
  }
  return done()
}
