// Settings and configuration → a plan with everything decided.
import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ScanPlan, Settings } from '../model/index.ts'
import type { RuleChoice } from '../rules/load.ts'
import { loadConfig } from './load.ts'

export const IGNORE_FILE = 'unleak.ignore.yaml'

export interface Resolved {
  readonly plan: ScanPlan
  readonly choice: RuleChoice
  readonly configFile: string | undefined
}

/** Decides everything. What the caller asks for goes before the configuration. Throws ToolError. */
export async function resolvePlan(settings: Settings): Promise<Resolved> {
  const cwd = resolve(settings.cwd ?? '.')
  const root = findRoot(cwd)
  const { config, file } = await loadConfig(root, settings.config && resolve(cwd, settings.config))
  const base = file === undefined ? root : dirname(file)
  const ignorePaths = [...(config.ignorePaths ?? []), ...(settings.ignorePaths ?? [])]
  const only = settings.only ?? config.only
  return {
    configFile: file,
    choice: {
      rules: [
        ...(config.rules ?? []).map((p) => resolve(base, p)),
        ...(settings.rules ?? []).map((p) => resolve(cwd, p)),
      ],
      skip: [...(config.skip ?? []), ...(settings.skip ?? [])],
      ...(only ? { only } : {}),
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
      isIgnoredPath:
        ignorePaths.length > 0 ? (await import('../rules/globs.ts')).anyGlob(ignorePaths) : () => false,
      ...baselineOf(
        config.baseline && resolve(base, config.baseline),
        settings.baseline && resolve(cwd, settings.baseline),
      ),
      strictIgnores: settings.strictIgnores ?? config.strictIgnores ?? false,
      scope: scopeOf(settings, cwd, root),
      below: belowRoot(root, cwd),
      ignoreFile: resolve(base, settings.ignoreFile ?? config.ignoreFile ?? join(root, IGNORE_FILE)),
    }),
  }
}

function baselineOf(ofConfig: string | undefined, asked: string | undefined): { baseline?: string } {
  const baseline = asked ?? ofConfig
  return baseline === undefined ? {} : { baseline }
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
