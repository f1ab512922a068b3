// Hooks outside one working tree: for all repositories of a person, for those yet to be made, and on a server.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { askGit, type Environment } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { addHook, changed, KEPT_DIR, modeOf, removeHook } from './hook-file.ts'
import { ownership, recordOf, SCRIPT_NAME, scriptText, shown } from './script.ts'
import { isOnPath, readOptional } from './site.ts'
import { chosenHooks, GIT_HOOKS, type HookRow, RECEIVE, SERVER_HOOKS } from './table.ts'
import type { FileChange, HookHome, InitOptions, InitPlan, Place, Site, Step } from './types.ts'

/** A directory of hooks outside a working tree. */
interface Home {
  readonly dir: string
  readonly rows: readonly HookRow[]
  /** The global setting that names it, when nothing did before. */
  readonly setting: { readonly key: string; readonly value: string; readonly isSet: boolean } | undefined
  readonly notes: readonly string[]
}

const REMOVED = '# taken out by: unleak init --remove'

/** With a global core.hooksPath git no longer looks into a repository's own hooks: these lines do. */
const REPOSITORY_HOOK = [
  `unleak_hook=$(git rev-parse --git-common-dir)/hooks/\${0##*/} ${REMOVED}`,
  `[ ! -x "$unleak_hook" ] || exec "$unleak_hook" "$@" ${REMOVED}`,
]

export async function planElsewhere(options: InitOptions, place: Place): Promise<InitPlan> {
  const home = await HOMES[place](options)
  return options.remove ? planRemove(options, home) : planAdd(options, home)
}

const HOMES: Readonly<Record<Place, (options: InitOptions) => Promise<Home>>> = {
  async global({ cwd, env = process.env, hooks }) {
    const ours = chosenHooks(hooks)
    const own = join(configFolder(env), 'hooks')
    const named = await globalSetting(cwd, env, 'core.hooksPath')
    const isOwn = named === undefined || named === own
    const others = [...GIT_HOOKS, ...SERVER_HOOKS].filter((hook) => !ours.some((row) => row.hook === hook))
    const passing = others.map((hook) => ({
      hook,
      lines: REPOSITORY_HOOK,
      why: "runs the repository's own hook",
    }))
    return {
      dir: named ?? own,
      rows: isOwn
        ? [...ours.map((row) => ({ ...row, lines: [...row.lines, ...REPOSITORY_HOOK] })), ...passing]
        : ours,
      setting: isOwn ? { key: 'core.hooksPath', value: own, isSet: named === own } : undefined,
      notes: [
        'Repositories with a core.hooksPath of their own, as husky sets it, do not see these hooks: run `unleak init` there.',
      ],
    }
  },

  async template({ cwd, env = process.env, hooks }) {
    const own = join(configFolder(env), 'template')
    const named = await globalSetting(cwd, env, 'init.templateDir')
    return {
      dir: join(named ?? own, 'hooks'),
      rows: chosenHooks(hooks),
      setting:
        named === undefined || named === own
          ? { key: 'init.templateDir', value: own, isSet: named === own }
          : undefined,
      notes: [
        'Git copies them into what you clone or init from now on; in a repository that is there, run `git init`.',
      ],
    }
  },

  async 'pre-receive'({ cwd, env = process.env }) {
    const dir = await askGit(cwd, env).hooksPath()
    return { dir, rows: [RECEIVE], setting: undefined, notes: [] }
  },
}

function configFolder(env: Environment): string {
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), 'unleak')
}

async function globalSetting(cwd: string, env: Environment, key: string): Promise<string | undefined> {
  // A repository's own setting hides the person's: it is asked outside of any.
  const found = await askGit(cwd, { ...env, GIT_DIR: '/dev/null/none' }).config(key)
  if (found?.scope === 'system')
    throw new ToolError(
      'E_HOOK',
      `${key} is set for the whole machine (${found.value}); that is for its administrator`,
    )
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  return found?.value.replace(/^~(?=\/)/, home)
}

function planAdd(options: InitOptions, { dir, rows, setting, notes }: Home): InitPlan {
  if (existsSync(dir) && !statSync(dir).isDirectory())
    throw new ToolError('E_HOOK', `${dir} is no directory: hooks are switched off there`)
  const home: HookHome = { ...HOME, dir, rows }
  const hooks = rows.map((row) => addHook(siteOf(dir), home, row))
  const steps = setting ? settingSteps(options, setting) : []
  const added = [...hooks.flatMap((hook) => hook.added), ...(setting ? [`config:${setting.key}`] : [])]
  return {
    options,
    root: dir,
    manager: 'native',
    changes: [...scriptChange(dir, added), ...hooks.flatMap((hook) => hook.changes)],
    steps,
    notes: [...notes, ...missingUnleak(options.env ?? process.env)],
    prune: [],
    ready: true,
  }
}

const HOME: Omit<HookHome, 'dir' | 'rows'> = {
  direct: true,
  versioned: false,
  scripts: {},
  added: [],
  steps: [],
  notes: [],
  ready: true,
}

/** The hook files need of a site only where they may lie. */
const siteOf = (dir: string): Site => ({ top: dir, commonDir: dir, own: [dir] }) as unknown as Site

function settingSteps(options: InitOptions, { key, value, isSet }: NonNullable<Home['setting']>): Step[] {
  if (isSet) return []
  return [
    gitStep(
      ['config', '--global', key, value],
      `git takes ${key === 'core.hooksPath' ? 'its hooks' : 'what it copies into new repositories'} from there`,
      options,
    ),
  ]
}

function gitStep(args: readonly string[], what: string, { cwd }: InitOptions): Step {
  const argv = ['git', ...args]
  return { what, command: shown(argv), action: { kind: 'exec', argv, cwd }, when: 'last', run: true }
}

function scriptChange(dir: string, added: readonly string[]): FileChange[] {
  const path = join(dir, SCRIPT_NAME)
  const before = readOptional(path)
  const facts = {
    project: '',
    install: undefined,
    add: 'npm install -g unleak',
    added: [...new Set([...recordOf(before?.toString()), ...added])].sort(),
    isShared: true,
  }
  const why = 'finds unleak for the hooks, or stops the commit'
  return changed({ path, before, after: Buffer.from(scriptText(facts)), mode: 0o755, why })
}

function missingUnleak(env: Environment): string[] {
  if (isOnPath(env)) return []
  return [
    'unleak is not on your PATH, so these hooks stop every commit and push: run `npm install -g unleak`.',
  ]
}

function planRemove(options: InitOptions, { dir, setting, rows }: Home): InitPlan {
  const script = join(dir, SCRIPT_NAME)
  const before = readOptional(script)
  const { isOurs, added } = ownership(before)
  const names = [...new Set([...rows.map(({ hook }) => hook), ...(existsSync(dir) ? readdirSync(dir) : [])])]
  const changes = names
    .filter((name) => [...GIT_HOOKS, ...SERVER_HOOKS].includes(name))
    .filter((name) => rows.some(({ hook }) => hook === name))
    .flatMap((name) => removeHook(siteOf(dir), dir, name, added))
  // Other blocks of ours in the same directory still need the script.
  const isNeeded = names.some(
    (name) =>
      !changes.some(({ path }) => path === join(dir, name)) &&
      /unleak:begin/.test(
        statSync(join(dir, name), { throwIfNoEntry: false })?.isFile()
          ? readOptional(join(dir, name))!.toString()
          : '',
      ),
  )
  if (isOurs && !isNeeded)
    changes.push({ path: script, before, after: undefined, mode: modeOf(script), why: 'is no longer needed' })
  const isSet = setting !== undefined && added.has(`config:${setting.key}`)
  const unset = isSet
    ? [gitStep(['config', '--global', '--unset', setting.key], 'git is as it was before', options)]
    : []
  const prune = setting
    ? [join(dir, KEPT_DIR), dir, dirname(dir), dirname(dirname(dir))]
    : [join(dir, KEPT_DIR)]
  return { options, root: dir, manager: 'native', changes, steps: unset, notes: [], prune, ready: false }
}
