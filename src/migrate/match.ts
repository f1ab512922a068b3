// Findings of another tool → findings of ours: by the secret's digest, by place, or by file.
import type { Finding } from '../model/index.ts'
import type { Wish } from './types.ts'

export type Matched =
  | { readonly findings: readonly Finding[]; readonly how: string }
  | { readonly findings: readonly []; readonly why: string }

/** @param all what stands here, today and in the history */
export function matchWish(wish: Wish, all: readonly Finding[]): Matched {
  const { path, line, commit, sha1, sha256 } = wish
  const digest = sha256 ?? sha1
  if (digest !== undefined) {
    const algorithm = sha256 === undefined ? 'sha1' : 'sha256'
    const same = all.filter(({ secret }) => secret.digest(algorithm) === digest.toLowerCase())
    if (same.length > 0) return { findings: same, how: 'the same secret' }
  }
  if (path === undefined) return { findings: [], why: 'no secret that unleak finds here has that digest' }
  const inFile = all.filter(({ places }) => places.some((place) => place.path === path))
  if (inFile.length === 0) return { findings: [], why: `unleak finds nothing in ${path}` }
  if (wish.wholeFile) return { findings: inFile, how: 'all that is found in the file' }
  const onLine = inFile.filter(({ places }) =>
    places.some((place) => place.path === path && place.line <= (line ?? 0) && (line ?? 0) <= place.endLine),
  )
  const inCommit = onLine.filter(({ places }) =>
    places.some((place) => place.path === path && place.commit === commit),
  )
  if (inCommit.length > 0 && commit !== undefined)
    return { findings: inCommit, how: 'the same place and commit' }
  if (onLine.length > 0) return { findings: onLine, how: 'the same place' }
  if (inFile.length === 1)
    return { findings: inFile, how: 'the only finding in the file; its line is another now' }
  return {
    findings: [],
    why: `${inFile.length} findings in ${path}, and none on line ${String(line)}: it can not be said which is meant`,
  }
}
