// The nouns of this room: an InitPlan is data, so that a dry run shows exactly what an apply does.
import type { Environment, GitAsk } from '../git/ask.ts'
import type { HookRow } from './table.ts'

export type ManagerId = 'husky' | 'native' | 'lefthook' | 'pre-commit' | 'simple-git-hooks'

/** The hooks of git that unleak can stand in; the first is the point of it all. */
export const HOOK_NAMES = ['pre-commit', 'commit-msg', 'pre-push'] as const
export type HookName = (typeof HOOK_NAMES)[number]

/** Outside one working tree: see elsewhere.ts. */
export type Place = 'global' | 'template' | 'pre-receive'

export interface InitOptions {
  readonly cwd: string
  readonly place?: Place | undefined
  readonly manager?: ManagerId | undefined
  /** Which hooks get unleak; default: all. What an earlier run put in stays. */
  readonly hooks?: readonly HookName[] | undefined
  readonly dryRun?: boolean
  readonly remove?: boolean
  /** False: a package manager is never run; its command is named in the notes. Default true. */
  readonly install?: boolean
  readonly env?: Environment
  /** Called before a step runs: a package manager takes its time. */
  readonly onStep?: (step: Step) => void
}

/** One file, before and after; `undefined` means that there is no file. */
export interface FileChange {
  readonly path: string
  readonly before: Buffer | undefined
  readonly after: Buffer | undefined
  readonly mode: number
  /** What the change brings, as the rest of a sentence that begins with the file's name. */
  readonly why: string
}

export type Action =
  | { readonly kind: 'exec'; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly kind: 'unset-config'; readonly key: string }
  | { readonly kind: 'remove-directory'; readonly path: string }

/** Something other than a file change. */
export interface Step {
  readonly what: string
  /** The same as a command that a person could type. */
  readonly command: string
  readonly action: Action
  /** `first`: runs before the files change, and the plan is made anew after it. */
  readonly when: 'first' | 'last'
  /** An entry for the record that `--remove` reads. */
  readonly added?: string
  /** False when the user has to run it (`--no-install`). */
  readonly run: boolean
}

export interface InitPlan {
  readonly options: InitOptions
  readonly root: string
  readonly manager: ManagerId
  readonly changes: readonly FileChange[]
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  /** Directories that are removed if the removal left them empty. */
  readonly prune: readonly string[]
  /** False when hooks will not fire until the user has done what the notes say. */
  readonly ready: boolean
}

export interface InitResult extends Omit<InitPlan, 'options' | 'prune'> {
  /** True when something changed; in a dry run, when something would. */
  readonly changed: boolean
  /** What was done (in a dry run: what would be), in plain sentences. */
  readonly done: readonly string[]
  readonly next: string | undefined
}

export interface Project {
  /** The directory of package.json. */
  readonly dir: string
  readonly file: string
  readonly text: Buffer
  readonly data: PackageJson
  readonly packageManager: PackageManager
}

export interface PackageJson {
  readonly scripts?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, unknown>>
  readonly devDependencies?: Readonly<Record<string, unknown>>
  readonly packageManager?: unknown
  readonly workspaces?: unknown
}

export interface PackageManager {
  readonly name: string
  readonly install: readonly string[]
  readonly addDev: readonly string[]
  readonly remove: readonly string[]
  /** The script that this package manager runs after an install in the project. */
  readonly prepare: 'prepare' | 'postinstall'
}

/** Where we are: everything that git and the file system say, asked once. */
export interface Site {
  readonly git: GitAsk
  readonly env: Environment
  readonly top: string
  readonly commonDir: string
  /** Where the repository's files may lie: this worktree, the main one, the git directory. */
  readonly own: readonly string[]
  readonly hooksDir: string
  readonly hooksConfig: { readonly value: string; readonly scope: string } | undefined
  readonly project: Project | undefined
}

/** A directory that holds hooks, and what its manager needs besides them. */
export interface HookHome {
  readonly dir: string
  readonly rows: readonly HookRow[]
  /** Git runs the files itself: they need a mode and an interpreter. False: husky runs them with `sh -e`. */
  readonly direct: boolean
  /** The directory is versioned, so line endings must be pinned. */
  readonly versioned: boolean
  readonly scripts: Readonly<Record<string, string>>
  /** What besides files is added, for the record that `--remove` reads. */
  readonly added: readonly string[]
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  /** False: nothing can be set up before the user has run a step. */
  readonly ready: boolean
}

/** How `--remove` leaves a home behind, once our blocks are out of it. */
export interface TearDown {
  readonly scripts: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}

export const Claim = { none: 0, possible: 1, hooksAtWork: 2, present: 3, decided: 4 } as const
export type Claim = (typeof Claim)[keyof typeof Claim]

export interface ManagerPlan {
  readonly id: ManagerId
  /** How much speaks for this manager here; the strongest claim wins. */
  claim(site: Site): Claim
  home(site: Site, options: InitOptions): Promise<HookHome>
  /** The directories in which `init` may have left something. */
  homes(site: Site): readonly Pick<HookHome, 'dir' | 'direct'>[]
  /** `added`: the record; `others`: hooks in `dir` that are not ours and stay. */
  tearDown(
    site: Site,
    dir: string,
    added: ReadonlySet<string>,
    others: readonly string[],
    options: InitOptions,
  ): TearDown
}

/** What a manager with a configuration of its own would change. */
export interface Configured {
  readonly changes: readonly FileChange[]
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
  /** True when its program is not installed, so that nothing runs. */
  readonly missing: boolean
}

export interface ConfiguredManager {
  readonly id: ManagerId
  claim(site: Site): Claim
  /** Throws ToolError where its configuration can't be edited. */
  configure(site: Site, hooks: readonly HookName[]): Configured
  /** Takes our entries out of its configuration, wherever they came from. */
  remove(site: Site): readonly FileChange[]
}
