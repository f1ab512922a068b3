// husky: its hooks are kept and get our block; where it is missing it is set up.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ToolError } from '../model/errors.ts'
import { activeHooks } from './native.ts'
import { shown } from './script.ts'
import { dependsOn, fromTop, isHuskyDir, otherWorktrees, upwards, usesHusky } from './site.ts'
import { chosenHooks, type HookRow } from './table.ts'
import {
  Claim,
  type HookHome,
  type InitOptions,
  type ManagerPlan,
  type Project,
  type Site,
  type Step,
  type TearDown,
} from './types.ts'

export const husky: ManagerPlan = {
  id: 'husky',

  claim(site) {
    if (isHuskyDir(site.hooksDir)) return Claim.decided
    if (!site.project) return Claim.none
    return usesHusky(site.project) ? Claim.present : Claim.possible
  },

  async home(site, options) {
    const { project } = site
    if (!project) {
      throw new ToolError('E_HOOK', `there is no package.json in ${site.top}, so husky can't be used`, {
        hint: 'Use plain git hooks: unleak init --native',
      })
    }
    refuseOtherHooks(site)
    const dir = huskyDir(site, project)
    const isAtWork = site.hooksDir === join(dir, '_') && existsSync(join(dir, '_', 'pre-commit'))
    const setUp = isAtWork ? NOTHING : huskySetUp(site, project, dir, options)
    const notes = [...setUp.notes, ...bareWorktrees(site, dir)]
    return { dir, rows: rowsFor(site, dir, options), direct: false, versioned: true, ...setUp, notes }
  },

  homes(site) {
    const dirs = new Set<string>()
    if (isHuskyDir(site.hooksDir)) dirs.add(dirname(site.hooksDir))
    if (site.project) dirs.add(huskyDir(site, site.project))
    return [...dirs].map((dir) => ({ dir, direct: false }))
  },

  tearDown,
}

type SetUp = Pick<HookHome, 'scripts' | 'added' | 'steps' | 'notes' | 'ready'>

const NOTHING: SetUp = { scripts: {}, added: [], steps: [], notes: [], ready: true }

function huskyDir(site: Site, project: Project): string {
  if (isHuskyDir(site.hooksDir)) return dirname(site.hooksDir)
  // `husky some/dir` in the prepare script names a directory of its own choice.
  const named = /\bhusky\s+(?:install\s+)?([\w./-]+)\s*$/.exec(prepareOf(project))?.[1]
  if (named === undefined || named === 'install') return join(project.dir, '.husky')
  return resolve(/\bcd\s/.test(prepareOf(project)) ? site.top : project.dir, named)
}

function prepareOf(project: Project): string {
  const { prepare, postinstall } = project.data.scripts ?? {}
  return (
    ([prepare, postinstall].find(
      (script) => typeof script === 'string' && /\bhusky\b/.test(script),
    ) as string) ?? ''
  )
}

function refuseOtherHooks(site: Site): void {
  if (site.hooksConfig === undefined || isShared(site) || isHuskyDir(site.hooksDir)) return
  throw new ToolError('E_HOOK', `git takes its hooks from ${site.hooksDir}; husky would switch those off`, {
    hint: 'Keep them and add unleak to them: unleak init --native',
  })
}

function huskySetUp(site: Site, project: Project, dir: string, options: InitOptions): SetUp {
  const found = resolveHusky(project)
  if (found && Number.parseInt(found.version, 10) < 9) {
    const update = shown([...project.packageManager.addDev, 'husky@latest'])
    throw new ToolError('E_HOOK', `husky ${found.version} is too old to be set up by unleak`, {
      hint: `Update it (${update}), or use plain git hooks: unleak init --native`,
    })
  }
  const install = found ? undefined : installStep(project, options)
  if (install && !install.run) return waitForHusky(install)
  const target = fromTop(site, dir)
  const setUp: Step = {
    what: `husky tells git to take its hooks from ${target}/_`,
    command: `git config core.hooksPath ${shown([`${target}/_`])}`,
    action: {
      kind: 'exec',
      argv: [
        process.execPath,
        join(found?.dir ?? join(project.dir, 'node_modules', 'husky'), 'bin.js'),
        target,
      ],
      cwd: site.top,
    },
    when: 'last',
    run: true,
  }
  const script = prepareScript(site, project, target)
  return {
    scripts: prepareOf(project) === '' ? { [project.packageManager.prepare]: script } : {},
    added: site.hooksConfig === undefined || isShared(site) ? ['config:core.hooksPath'] : [],
    steps: install ? [install, setUp] : [setUp],
    notes: silencedHooks(site),
    ready: true,
  }
}

const isShared = (site: Site): boolean =>
  site.hooksConfig?.scope === 'global' || site.hooksConfig?.scope === 'system'

function prepareScript(site: Site, project: Project, target: string): string {
  const below = fromTop(site, project.dir)
  if (below === '') return target === '.husky' ? 'husky' : `husky ${target}`
  if (/["$`\\%!]/.test(target)) {
    throw new ToolError('E_HOOK', `the directory ${target} can't be written in a script for every shell`, {
      hint: 'Use plain git hooks: unleak init --native',
    })
  }
  const up = below.split('/').fill('..').join('/')
  return `cd ${up} && husky ${/\s|'|[&|;<>()*?#]/.test(target) ? `"${target}"` : target}`
}

function installStep(project: Project, options: InitOptions): Step {
  const { packageManager } = project
  const isListed = dependsOn(project.data, 'husky')
  const argv = isListed ? packageManager.install : [...packageManager.addDev, 'husky']
  return {
    what: isListed
      ? 'installs the packages of package.json, husky among them'
      : 'installs husky from the network',
    command: shown(argv),
    action: { kind: 'exec', argv, cwd: project.dir },
    when: 'first',
    run: options.install !== false,
    ...(isListed ? {} : { added: 'dependency:husky' }),
  }
}

function waitForHusky(install: Step): SetUp {
  const note =
    `Nothing is set up, and no commit is scanned, because husky is not installed. Run \`${install.command}\` ` +
    'and then `unleak init` again; or use plain git hooks: `unleak init --native`.'
  return { scripts: {}, added: [], steps: [install], notes: [note], ready: false }
}

/** Looked up by hand: Node remembers what it did not find, and we look again after an install. */
function resolveHusky(project: Project): { dir: string; version: string } | undefined {
  for (const at of upwards(project.dir, '')) {
    const dir = join(at, 'node_modules', 'husky')
    if (!existsSync(join(dir, 'package.json'))) continue
    const { version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { version?: string }
    return { dir, version: version ?? '0' }
  }
  return undefined
}

function silencedHooks(site: Site): string[] {
  const notes: string[] = []
  const old = activeHooks(join(site.commonDir, 'hooks'))
  if (old.length > 0) {
    notes.push(
      `Under husky git no longer runs what is in .git/hooks: ${old.join(', ')}. Move that to .husky/.`,
    )
  }
  if (isShared(site))
    notes.push(`Your own hooks in ${site.hooksDir} no longer run in this repository: husky's do.`)
  return notes
}

/** Worktrees that are there already get no `_` from us: they are other people's places, perhaps in mid-work. */
function bareWorktrees(site: Site, dir: string): string[] {
  const target = fromTop(site, dir)
  const bare = otherWorktrees(site).filter((tree) => !existsSync(join(tree, target, '_', 'pre-commit')))
  if (bare.length === 0) return []
  return [
    `Git runs no hooks in ${bare.join(', ')} until husky is set up there too: run \`unleak init\` in each, ` +
      'once its branch has these changes.',
  ]
}

/**
 * husky keeps `_` out of git, so a new linked worktree has none, and git then runs no hook there, silently.
 * `git worktree add` runs the post-checkout hook of the worktree it is called in, inside the new one.
 */
function rowsFor(site: Site, dir: string, { hooks }: InitOptions): readonly HookRow[] {
  const target = fromTop(site, dir)
  const made = shown([`${target}/_`])
  const lines = [
    '# husky keeps its directory `_` out of git: without it a new worktree would run no hooks at all.',
    `[ -e ${made} ] || { mkdir -p ${shown([target])} && cp -R "\${0%/*}/_" ${made}; } # taken out by: unleak init --remove`,
  ]
  return [...chosenHooks(hooks), { hook: 'post-checkout', lines, why: 'gives new worktrees their hooks' }]
}

function tearDown(
  site: Site,
  dir: string,
  added: ReadonlySet<string>,
  others: readonly string[],
  options: InitOptions,
): TearDown {
  const { project } = site
  const scripts = project
    ? { [project.packageManager.prepare]: prepareScript(site, project, fromTop(site, dir)) }
    : {}
  // Who had pointed git at husky before us keeps it so; of the scripts the record says which are ours.
  if (!added.has('config:core.hooksPath')) return { scripts, steps: [], notes: [] }
  if (others.length > 0) {
    return {
      scripts: {},
      steps: [],
      notes: [`husky stays: ${others.join(', ')} in ${fromTop(site, dir)} needs it.`],
    }
  }
  const steps = unhookSteps(site, dir)
  if (project && added.has('dependency:husky')) steps.push(uninstallStep(project, options))
  return { scripts, steps, notes: [] }
}

function unhookSteps(site: Site, dir: string): Step[] {
  const made = join(dir, '_')
  const unset: Step = {
    what: 'git takes its hooks from its own directory again',
    command: 'git config --local --unset core.hooksPath',
    action: { kind: 'unset-config', key: 'core.hooksPath' },
    when: 'last',
    run: true,
  }
  const remove: Step = {
    what: `removes what husky made in ${fromTop(site, made)}`,
    command: `rm -r ${shown([fromTop(site, made)])}`,
    action: { kind: 'remove-directory', path: made },
    when: 'last',
    run: true,
  }
  return [...(site.hooksDir === made ? [unset] : []), ...(existsSync(made) ? [remove] : [])]
}

function uninstallStep(project: Project, options: InitOptions): Step {
  const argv = [...project.packageManager.remove, 'husky']
  return {
    what: 'takes husky out of package.json',
    command: shown(argv),
    action: { kind: 'exec', argv, cwd: project.dir },
    when: 'last',
    run: options.install !== false,
  }
}
