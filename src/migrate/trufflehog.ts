// The file of trufflehog's --exclude-paths: a regular expression of paths a line.
import { globsOf } from './globs.ts'
import { collect, type Reader } from './types.ts'

export const readExcludePaths: Reader = (text, name) => {
  const { set, leave, done } = collect()
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    const at = `${name}:${i + 1}`
    if (line === '' || line.startsWith('#')) continue
    const globs = globsOf(line)
    if (!globs?.length) leave(at, line, 'as a glob it can not be said: write it by hand into "ignorePaths"')
    else for (const value of globs) set({ at, key: 'ignorePaths', value })
  }
  return done()
}
