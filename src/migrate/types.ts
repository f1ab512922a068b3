// What the files of other tools come to: findings to accept or hold, settings, and what has no place here.
import type { Severity } from '../model/index.ts'

/** A finding of another tool, by where it stood or by a digest of its secret. */
export interface Wish {
  /** `file:line` of the file it comes from, or the file and what it calls it. */
  readonly at: string
  readonly goal: 'ignore' | 'baseline'
  readonly path?: string
  readonly line?: number
  readonly commit?: string
  /** Digest of the secret, in hex. */
  readonly sha1?: string
  readonly sha256?: string
  /** All that is found in the file, wherever it stands. */
  readonly wholeFile?: boolean
  readonly reason: string
  readonly answer?: 'false-alarm' | 'accepted'
}

/** A value for the configuration. */
export type Setting = { readonly at: string } & (
  | { readonly key: 'ignorePaths' | 'skip' | 'rules'; readonly value: string }
  | { readonly key: 'minSeverity'; readonly value: Severity }
  | { readonly key: 'partialRules'; readonly value: true }
)

/** What stays behind, and why. */
export interface Left {
  readonly at: string
  readonly what: string
  readonly why: string
}

export interface Imported {
  readonly wishes: readonly Wish[]
  readonly settings: readonly Setting[]
  readonly left: readonly Left[]
}

/** Reads one file of a tool. `name`: as it is told. Throws SyntaxError when it is not what it should be. */
export type Reader = (text: string, name: string, path: string) => Imported | Promise<Imported>

/** Collects in the order of the file. */
export function collect(): {
  wish: (wish: Wish) => void
  set: (setting: Setting) => void
  leave: (at: string, what: string, why: string) => void
  done: () => Imported
} {
  const wishes: Wish[] = []
  const settings: Setting[] = []
  const left: Left[] = []
  return {
    wish: (wish) => wishes.push(wish),
    set: (setting) => settings.push(setting),
    leave: (at, what, why) => left.push({ at, what, why }),
    done: () => ({ wishes, settings, left }),
  }
}
