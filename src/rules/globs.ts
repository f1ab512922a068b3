// Globs → predicates. The only importer of picomatch.
import picomatch from 'picomatch'

/** True for paths (with `/`) that any of the globs matches. A glob without `/` matches at any depth. */
export function anyGlob(globs: readonly string[]): (path: string) => boolean {
  return picomatch(globs.map(anywhere), { dot: true })
}

/** The same as the source of a regular expression, for compiled rules. */
export function globsSource(globs: readonly string[]): string {
  return globs.map((glob) => picomatch.makeRe(anywhere(glob), { dot: true }).source).join('|')
}

function anywhere(glob: string): string {
  return glob.includes('/') ? glob : `**/${glob}`
}
