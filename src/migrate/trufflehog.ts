// The file of trufflehog's --exclude-paths: a regular expression of paths a line.
import { globsOf } from './globs.ts'
import { patternLines } from './lines.ts'
import { collect, type Reader } from './types.ts'

export const readExcludePaths: Reader = (text, name) => {
  const { set, leave, done } = collect()
  for (const { line, at } of patternLines(text, name)) {
    const globs = globsOf(line)
    if (!globs?.length) leave(at, line, 'as a glob it can not be said: write it by hand into "ignorePaths"')
    else for (const value of globs) set({ at, key: 'ignorePaths', value })
  }
  return done()
}
