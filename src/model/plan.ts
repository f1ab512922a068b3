// What was asked for, and the same with everything decided.
import type { Problem } from './errors.ts'
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
  /** Take what can be taken of foreign rule files, where not everything can. */
  readonly partialRules?: boolean
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
  /** Findings that are known from before; none by default. */
  readonly baseline?: string
  /** Entries of the ignore file that ended or hide nothing are trouble. */
  readonly strictIgnores?: boolean
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
  readonly baseline?: string | undefined
  readonly strictIgnores?: boolean
  /**
   * How much of what ignore file and baseline are about this scan sees: all of it (the history, or a folder outside
   * git), today's files of a repository, or a part.
   */
  readonly scope?: 'all' | 'files' | 'part'
  /** Folders from `root` down to `cwd`, with `/` behind each; empty: they are the same. */
  readonly below?: string
  /** What the configuration says of some paths; undefined: nothing. */
  readonly atPath?: ((path: string) => PathSettings) | undefined
  /** What is worth saying about how this was decided. */
  readonly notes?: readonly Problem[]
}

/** What holds for the findings at a path. */
export interface PathSettings {
  /** True: a rule of this id and provider does not count there. */
  readonly leavesOut: (rule: string, provider: string) => boolean
  readonly severity: Severity | undefined
}
