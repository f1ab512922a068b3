// What a reporter is, and what it may be told.
import type { Place, Report, RulesetAbout } from '../model/index.ts'

export interface ReporterOptions {
  readonly color: boolean
  /** Columns of the terminal; anything that is not a number of 40 or more counts as 80. */
  readonly width: number
  readonly verbose: boolean
  /** Prints the secrets in clear. */
  readonly reveal: boolean
  /** OSC 8 links around addresses, and around places when `root` is known. */
  readonly hyperlinks: boolean
  /** False: nothing but ASCII leaves. */
  readonly unicode: boolean
  /** Absolute directory that the places' paths start from; only hyperlinks need it. */
  readonly root?: string
  /** The user's directory below the top of the repository, as git's GIT_PREFIX: commands are written for there. */
  readonly prefix?: string
  /** Folders between the CI system's workspace and the top of the repository, such as `sub/`; annotations need them. */
  readonly below?: string
  /** How the user starts unleak, such as `npx unleak`; default `unleak`. */
  readonly program?: string
  /** The lines that places stand on, with every secret masked. */
  readonly frames?: ReadonlyMap<Place, string>
  /** Findings that a terminal is shown; the rest is counted. */
  readonly most?: number
  /** What people read about the rules, for formats that describe them. */
  readonly about?: RulesetAbout
  /** The repository that was scanned, for formats that name it. */
  readonly repository?: RepositoryFacts
}

/** Where a scanned repository comes from, and what of it was looked at. */
export interface RepositoryFacts {
  /** Address of its remote, without names and passwords. */
  readonly uri: string
  readonly revisionId?: string
  readonly branch?: string
}

/** The pieces, joined, are the whole output; it ends with a line break. */
export type Reporter = (report: Report, options: ReporterOptions) => Iterable<string>

/** The names of the reporters; their code loads when there is something to tell. */
export const FORMATS = [
  'text',
  'json',
  'jsonl',
  'sarif',
  'junit',
  'gitlab',
  'codequality',
  'github',
  'csv',
  'markdown',
  'html',
] as const
export type FormatName = (typeof FORMATS)[number]
