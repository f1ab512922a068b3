// What was asked for, and the same with everything decided.
import type { RangeRequest } from './range.ts'
import type { Severity } from './rule.ts'

export type Command = 'audit' | 'staged' | 'message' | 'scan' | 'stdin' | 'push' | 'ci'

/** What a caller asks for. Everything has a default. */
export interface Settings {
  readonly command?: Command
  /** Configuration file; default: the one at the top of the repository. */
  readonly config?: string
  /** Directory the scan is about. */
  readonly cwd?: string
  /** Files, directories or globs for `scan`; the message file for `message`. */
  readonly paths?: readonly string[]
  /** The commits to scan, for `ci` and `push`. */
  readonly range?: RangeRequest
  /** Bytes to scan in place of files. */
  readonly stdin?: AsyncIterable<Uint8Array>
  /** More rule files, on top of the bundled rules. */
  readonly rules?: readonly string[]
  /** Rule or provider ids; only these run. */
  readonly only?: readonly string[]
  /** Rule or provider ids that don't run. */
  readonly skip?: readonly string[]
  readonly minSeverity?: Severity
  /** Globs of paths that are not scanned. */
  readonly ignorePaths?: readonly string[]
  /** Report old lines too, not only those a commit adds. */
  readonly allLines?: boolean
  /** Path of the ignore file; default `unleak.ignore.yaml` at the top of the repository. */
  readonly ignoreFile?: string
}

/** Everything decided; the only options object below the command line. */
export interface ScanPlan {
  readonly command: Command
  readonly cwd: string
  /** Top of the repository, or `cwd` outside one. */
  readonly root: string
  readonly paths: readonly string[]
  readonly stdin: AsyncIterable<Uint8Array> | undefined
  readonly range: RangeRequest | undefined
  readonly allLines: boolean
  readonly minSeverity: Severity
  readonly isIgnoredPath: (path: string) => boolean
  readonly ignoreFile: string
}
