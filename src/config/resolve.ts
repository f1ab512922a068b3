// Settings and configuration → a plan with everything decided.
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Problem, ScanPlan, Settings } from '../model/index.ts'
import type { RuleChoice } from '../rules/load.ts'
import { type LoadedConfig, loadConfig } from './load.ts'
import type { PathConfig } from './schema.ts'

export const IGNORE_FILE = 'unleak.ignore.yaml'

export interface Resolved {
  readonly plan: ScanPlan
  readonly choice: RuleChoice
  readonly configFile: string | undefined
  readonly loaded: LoadedConfig
}

/** The configuration for what `settings` asks, and the top of the repository that it is for. */
export async function configFor({
  cwd = '.',
  config,
}: Settings): Promise<{ root: string; loaded: LoadedConfig }> {
  const root = findRoot(resolve(cwd))
  const trust = root === findRoot(process.cwd()) ? 'own' : 'any'
  return { root, loaded: await loadConfig(root, config && resolve(cwd, config), trust) }
}

/** Decides everything. What the caller asks for goes before the configuration. Throws ToolError. */
export async function resolvePlan(settings: Settings): Promise<Resolved> {
  const cwd = resolve(settings.cwd ?? '.')
  const { root, loaded } = await configFor(settings)
  const { config, file, leftOut } = loaded
  const from = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path))
  const baseline = from(settings.baseline) ?? config.baseline
  const only = settings.only ?? config.only
  return {
    configFile: file,
    loaded,
    choice: {
      rules: [...(config.rules ?? []), ...(settings.rules ?? []).map((path) => resolve(cwd, path))],
      skip: [...(config.skip ?? []), ...(settings.skip ?? [])],
      partialRules: settings.partialRules ?? config.partialRules ?? false,
      ...(only ? { only } : {}),
      named: (config.paths ?? []).flatMap(({ skip, rules }) => [
        ...(Array.isArray(skip) ? (skip as string[]) : []),
        ...(rules ?? []),
      ]),
    },
    plan: Object.freeze({
      command: settings.command ?? 'scan',
      cwd,
      root,
      paths: settings.paths ?? [],
      stdin: settings.stdin,
      range: settings.range,
      allLines: settings.allLines ?? config.allLines ?? false,
      minSeverity: settings.minSeverity ?? config.minSeverity ?? 'low',
      ...(await pathPredicates(config.paths ?? [], [
        ...(config.ignorePaths ?? []),
        ...(settings.ignorePaths ?? []),
      ])),
      ignoreFile: from(settings.ignoreFile) ?? config.ignoreFile ?? ignoreFileOf(root, file),
      ...(baseline === undefined ? {} : { baseline }),
      strictIgnores: settings.strictIgnores ?? config.strictIgnores ?? false,
      scope: scopeOf(settings, cwd, root),
      below: belowRoot(root, cwd),
      notes: notesOf(leftOut),
    }),
  }
}

function ignoreFileOf(root: string, configFile: string | undefined): string {
  return resolve(configFile === undefined ? root : dirname(configFile), join(root, IGNORE_FILE))
}

async function pathPredicates(
  paths: readonly PathConfig[],
  ignored: readonly string[],
): Promise<Pick<ScanPlan, 'isIgnoredPath' | 'atPath'>> {
  if (paths.length === 0 && ignored.length === 0) return { isIgnoredPath: () => false }
  const { anyGlob } = await import('../rules/globs.ts')
  if (paths.length === 0) return { isIgnoredPath: anyGlob(ignored) }
  const { pathSettings, skippedPaths } = await import('./at-path.ts')
  const skipped = [...ignored, ...skippedPaths(paths)]
  return {
    isIgnoredPath: skipped.length === 0 ? () => false : anyGlob(skipped),
    atPath: pathSettings(paths),
  }
}

function notesOf(leftOut: readonly string[]): Problem[] {
  return leftOut.length === 0
    ? []
    : [{ code: 'W_CONFIG_LEFT_OUT', count: leftOut.length, examples: [...leftOut] }]
}

/** Whoever narrows a scan by hand sees a part; see `ScanPlan.scope`. */
function scopeOf(settings: Settings, cwd: string, root: string): NonNullable<ScanPlan['scope']> {
  const { command = 'scan', paths = [], only, skip = [], ignorePaths = [], minSeverity } = settings
  if (only || skip.length > 0 || ignorePaths.length > 0 || (minSeverity ?? 'low') !== 'low') return 'part'
  if (command === 'audit') return 'all'
  if (command !== 'scan') return 'part'
  const isWhole = paths.length === 0 ? cwd === root : paths.some((path) => resolve(cwd, path) === root)
  if (!isWhole) return 'part'
  return existsSync(join(root, '.git')) ? 'files' : 'all'
}

function belowRoot(root: string, cwd: string): string {
  const way = relative(root, cwd).split(sep).join('/')
  return way === '' || way.startsWith('..') ? '' : `${way}/`
}

/** The top of the working tree that `cwd` is in, by looking upwards for `.git`; `cwd` itself outside one. */
function findRoot(cwd: string): string {
  if (process.env.GIT_WORK_TREE) return resolve(cwd, process.env.GIT_WORK_TREE)
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return cwd
  }
}
