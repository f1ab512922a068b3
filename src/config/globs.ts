// Globs → predicates. The only importer of picomatch.
import picomatch from 'picomatch'

/** True for paths (with `/`) that any of the globs matches. A glob without `/` matches at any depth. */
export function anyGlob(globs: readonly string[]): (path: string) => boolean {
  const anywhere = globs.map((glob) => (glob.includes('/') ? glob : `**/${glob}`))
  return picomatch(anywhere, { dot: true })
}
