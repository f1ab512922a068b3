// Settings to InitPlan: every change that init would make, and nothing done yet.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { withBlock, withoutBlock } from './block.ts'
import { planConfigured } from './configured.ts'
import { addHook, changed, KEPT_DIR, modeOf, removeHook } from './hook-file.ts'
import { addScripts, removeScripts } from './package-json.ts'
import { CONFIGURED, chooseManager, MANAGERS } from './registry.ts'
import { ownership, recordOf, SCRIPT_NAME, scriptText, shown } from './script.ts'
import { assertOwn, findsUnleak, fromTop, readOptional, realFile, surveySite } from './site.ts'
import { GIT_HOOKS, SCRIPTS } from './table.ts'
import type {
  ConfiguredManager,
  FileChange,
  HookHome,
  InitOptions,
  InitPlan,
  ManagerId,
  ManagerPlan,
  Site,
} from './types.ts'

/** `carried`: record entries of steps that have run already. */
export async function planInit(options: InitOptions, carried: readonly string[] = []): Promise<InitPlan> {
  const site = await surveySite(options.cwd, options.env ?? process.env)
  const manager = chooseManager(site, options)
  if (options.remove) return planRemove(site, manager.id, options)
  return 'configure' in manager
    ? planEntries(site, manager, options)
    : planAdd(site, manager, await manager.home(site, options), options, carried)
}

function planAdd(
  site: Site,
  manager: ManagerPlan,
  home: HookHome,
  options: InitOptions,
  carried: readonly string[],
): InitPlan {
  const { steps, ready } = home
  const base = { options, root: site.top, manager: manager.id, steps, ready, prune: [] }
  if (!ready) return { ...base, changes: [], notes: home.notes }
  assertOwn(site, home.dir)
  const hooks = home.rows.map((row) => addHook(site, home, row))
  const scripts = planScripts(site, { ...home.scripts, ...SCRIPTS })
  const promised = steps.flatMap((step) => (step.run && step.added ? [step.added] : []))
  const added = [
    ...carried,
    ...promised,
    ...home.added,
    ...hooks.flatMap((hook) => hook.added),
    ...scripts.added,
  ]
  return {
    ...base,
    changes: [
      ...planScriptFile(site, home, added),
      ...(home.versioned ? planAttributes(home.dir) : []),
      ...hooks.flatMap((hook) => hook.changes),
      ...scripts.changes,
    ],
    notes: [...home.notes, ...scripts.notes, ...missingUnleak(site)],
  }
}

/** A manager with its own configuration, and the scripts of package.json as with any other. */
function planEntries(site: Site, manager: ConfiguredManager, options: InitOptions): InitPlan {
  const plan = planConfigured(site, manager, options)
  const scripts = planScripts(siteAfter(site, plan.changes), SCRIPTS)
  return {
    ...plan,
    changes: joined(plan.changes, scripts.changes),
    notes: [...plan.notes, ...scripts.notes, ...missingUnleak(site)],
  }
}

/** The site with package.json as `changes` leave it. */
function siteAfter(site: Site, changes: readonly FileChange[]): Site {
  const { project } = site
  const text = project && changes.find(({ path }) => path === realFile(site, project.file))?.after
  return text ? { ...site, project: { ...project, text } } : site
}

/** Two changes of one file, the second made on top of the first, as one. */
function joined(first: readonly FileChange[], second: readonly FileChange[]): FileChange[] {
  const both = first.map((change) => {
    const next = second.find(({ path }) => path === change.path)
    return next ? { ...change, after: next.after, why: `${change.why}; ${next.why}` } : change
  })
  return [...both, ...second.filter(({ path }) => !first.some((change) => change.path === path))]
}

function missingUnleak(site: Site): string[] {
  if (findsUnleak(site)) return []
  const command = shown(installCommand(site))
  return [
    `unleak itself is not installed where the hooks look for it, so they stop every commit and push: run \`${command}\`.`,
  ]
}

const installCommand = (site: Site): readonly string[] =>
  site.project ? [...site.project.packageManager.addDev, 'unleak'] : ['npm', 'install', '-g', 'unleak']

function planScripts(site: Site, wanted: Readonly<Record<string, string>>) {
  const { project } = site
  if (!project) return { changes: [], added: [], notes: [] }
  const path = realFile(site, project.file)
  const edit = addScripts(project.text.toString('utf8'), wanted, path)
  const names = edit.added.filter((entry) => entry !== 'scripts').map((entry) => `"${entry.slice(7)}"`)
  const why = `has the script${names.length === 1 ? '' : 's'} ${names.join(' and ')}`
  const change = { path, before: project.text, after: Buffer.from(edit.text), mode: modeOf(path), why }
  return { changes: changed(change), added: edit.added, notes: edit.notes }
}

function planScriptFile(site: Site, home: HookHome, added: readonly string[]): FileChange[] {
  const { project } = site
  const path = join(home.dir, SCRIPT_NAME)
  const before = readOptional(path)
  const facts = {
    project: project ? fromTop(site, project.dir) : '',
    install: project ? shown(project.packageManager.install) : undefined,
    add: shown(installCommand(site)),
    // What an earlier run added is still ours.
    added: [...new Set([...recordOf(before?.toString()), ...added])].sort(),
  }
  const after = Buffer.from(scriptText(facts))
  // A checkout may have turned line feeds into CRLF; then it must be written again, or sh trips over it.
  return changed({ path, before, after, mode: 0o755, why: 'finds unleak for the hooks, or stops the commit' })
}

/** Git for Windows checks text out with CRLF by default, which sh can't read. */
function planAttributes(dir: string): FileChange[] {
  const path = join(dir, '.gitattributes')
  const before = readOptional(path)
  const text = before?.toString('latin1') ?? ''
  const after = Buffer.from(withBlock(text, [`${SCRIPT_NAME} text eol=lf`], path), 'latin1')
  const mode = before ? modeOf(path) : 0o644
  return changed({ path, before, after, mode, why: `keeps LF in ${SCRIPT_NAME} on Windows` })
}

function planRemove(site: Site, manager: ManagerId, options: InitOptions): InitPlan {
  const parts = MANAGERS.flatMap((each) =>
    each.homes(site).map((home) => undoHome(site, each, home.dir, options)),
  )
  const scripts: Record<string, string> = Object.assign({}, ...parts.map((part) => part.scripts))
  const added = new Set(parts.flatMap((part) => [...part.added]))
  const configured = CONFIGURED.flatMap((each) => each.remove(site))
  return {
    options,
    root: site.top,
    manager,
    changes: [
      ...joined(configured, undoScripts(siteAfter(site, configured), { ...scripts, ...SCRIPTS }, added)),
      ...parts.flatMap((part) => part.changes),
    ],
    steps: parts.flatMap((part) => part.steps),
    notes: parts.flatMap((part) => part.notes),
    prune: parts.flatMap((part) => part.prune),
    ready: false,
  }
}

function undoHome(site: Site, manager: ManagerPlan, dir: string, options: InitOptions) {
  const script = join(dir, SCRIPT_NAME)
  const before = readOptional(script)
  const { isOurs, added } = ownership(before)
  const changes = GIT_HOOKS.flatMap((name) => removeHook(site, dir, name, added))
  changes.push(...undoAttributes(dir))
  if (isOurs) {
    changes.push({ path: script, before, after: undefined, mode: modeOf(script), why: 'is no longer needed' })
  }
  const gone = new Set(changes.filter((change) => change.after === undefined).map((change) => change.path))
  const others = existsSync(dir)
    ? readdirSync(dir).filter((name) => GIT_HOOKS.includes(name) && !gone.has(join(dir, name)))
    : []
  const end = manager.tearDown(site, dir, added, others, options)
  const prune = [join(dir, KEPT_DIR), ...(manager.id === 'husky' && isOurs ? [dir] : [])]
  return { ...end, changes, added, prune }
}

function undoAttributes(dir: string): FileChange[] {
  const path = join(dir, '.gitattributes')
  const before = readOptional(path)
  if (!before) return []
  const rest = withoutBlock(before.toString('latin1'), path)
  const after = rest === '' ? undefined : Buffer.from(rest, 'latin1')
  return changed({ path, before, after, mode: modeOf(path), why: 'no longer speaks of unleak' }).filter(
    () => rest !== before.toString('latin1'),
  )
}

function undoScripts(site: Site, scripts: Readonly<Record<string, string>>, added: ReadonlySet<string>) {
  const { project } = site
  if (!project) return []
  const path = realFile(site, project.file)
  // Without a record (the files of the hook are gone) what is word for word ours is taken for ours.
  const ours = Object.entries(scripts).filter(([name]) => added.size === 0 || added.has(`script:${name}`))
  const isOurs = ours.some(([name, command]) => project.data.scripts?.[name] === command)
  const isOurObject = added.has('scripts') || (added.size === 0 && isOurs)
  const text = project.text.toString('utf8')
  const after = Buffer.from(removeScripts(text, Object.fromEntries(ours), isOurObject, path))
  return changed({ path, before: project.text, after, mode: modeOf(path), why: 'no longer has our scripts' })
}
