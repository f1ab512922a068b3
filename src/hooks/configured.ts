// Hook managers with a configuration of their own: unleak becomes one more entry in it, beside those that are there.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ToolError } from '../model/errors.ts'
import { changed, modeOf } from './hook-file.ts'
import { shown } from './script.ts'
import { fromTop, readOptional, realFile, upwards } from './site.ts'
import {
  type ConfiguredManager,
  type FileChange,
  HOOK_NAMES,
  type HookName,
  type InitOptions,
  type InitPlan,
  type Site,
  type Step,
} from './types.ts'

/** Git's three hooks, each with the words behind `unleak` that it runs. */
export interface Entry {
  readonly hook: HookName
  readonly command: 'staged' | 'message' | 'push'
}

export const ENTRIES: readonly Entry[] = [
  { hook: 'pre-commit', command: 'staged' },
  { hook: 'commit-msg', command: 'message' },
  { hook: 'pre-push', command: 'push' },
]

/** The entries of the hooks that somebody chose. */
export function chosenEntries(hooks: readonly HookName[]): readonly Entry[] {
  return ENTRIES.filter(({ hook }) => hooks.includes(hook))
}

/** How a hook calls unleak: the project's own, else the one on the PATH. What is not there stops the commit. */
export function programOf(site: Site): string {
  if (!site.project) return 'unleak'
  const below = fromTop(site, site.project.dir)
  return `${below === '' ? '' : `${below}/`}node_modules/.bin/unleak`
}

/** The first of the manager's files that is there. */
export function configFile(site: Site, names: readonly string[]): string | undefined {
  return names.map((name) => join(site.top, name)).find((path) => existsSync(path))
}

/** The change of one configuration file by an edit of its text; `undefined` as text: there is, or will be, none. */
export function editFile(
  site: Site,
  file: string,
  edit: (text: string | undefined) => string | undefined,
  why: string,
): FileChange[] {
  const path = realFile(site, file)
  const before = readOptional(path)
  const text = edit(before?.toString('utf8'))
  const after =
    text === undefined ? undefined : text === before?.toString('utf8') ? before : Buffer.from(text)
  if (before === undefined && after === undefined) return []
  return changed({ path, before, after, mode: before ? modeOf(path) : 0o644, why })
}

/** The manager's own program: of the project, or on the PATH. */
export function findProgram(site: Site, name: string): string | undefined {
  const project = site.project?.dir ?? site.top
  const bins = upwards(project, site.top).map((dir) => join(dir, 'node_modules', '.bin'))
  const path = (site.env.PATH ?? site.env.Path ?? '').split(delimiter).filter(Boolean)
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name]
  return [...bins, ...path]
    .flatMap((dir) => names.map((each) => join(dir, each)))
    .find((file) => existsSync(file))
}

/** What makes the manager write git's hooks; run when it has not, or when what they say has changed. */
export function installStep(
  site: Site,
  name: string,
  args: readonly string[],
  { hooks, needed }: { readonly hooks: readonly HookName[]; readonly needed: boolean },
): { steps: Step[]; missing: boolean } {
  // Each writes its own name into the hooks that it makes.
  const own = new RegExp(name.replaceAll('-', '[-_]'), 'i')
  const isWritten = hooks.every((hook) => own.test(readOptional(join(site.hooksDir, hook))?.toString() ?? ''))
  if (!needed && isWritten) return { steps: [], missing: false }
  const program = findProgram(site, name)
  const step: Step = {
    what: `${name} writes git's hooks`,
    command: shown([name, ...args]),
    action: { kind: 'exec', argv: [program ?? name, ...args], cwd: site.top },
    when: 'last',
    run: program !== undefined,
  }
  return { steps: [step], missing: program === undefined }
}

export function planConfigured(site: Site, manager: ConfiguredManager, options: InitOptions): InitPlan {
  const { changes, steps, notes, missing } = manager.configure(site, options.hooks ?? HOOK_NAMES)
  const absent = missing
    ? [
        `${manager.id} is not installed here, so no hook runs yet. Install it, then: ${steps[0]?.command ?? manager.id}`,
      ]
    : []
  return {
    options,
    root: site.top,
    manager: manager.id,
    changes,
    steps,
    notes: [...notes, ...absent],
    prune: [],
    ready: !missing,
  }
}

/** For a configuration in a language that is not data, or one that init can't edit without harm. */
export function byHand(manager: string, file: string, lines: readonly string[]): ToolError {
  return new ToolError('E_HOOK', `${file} can't be changed by a program without harm to it`, {
    hint: `Write there yourself, for ${manager}:\n${lines.map((line) => `  ${line}`).join('\n')}`,
  })
}
