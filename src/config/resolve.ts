// Settings and configuration → a plan with everything decided.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
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
      ignoreFile: resolve(base, settings.ignoreFile ?? config.ignoreFile ?? join(root, IGNORE_FILE)),
    }),
  }
}

/** The top of the working tree that `cwd` is in, by looking upwards for `.git`; `cwd` itself outside one. */
function findRoot(cwd: string): string {
  if (process.env.GIT_WORK_TREE) return resolve(cwd, process.env.GIT_WORK_TREE)
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return cwd
  }
}
