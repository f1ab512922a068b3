// The registry of checks, and the diagnosis: first the proof, then every reason that is known.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chooseManager } from '../hooks/registry.ts'
import { surveySite } from '../hooks/site.ts'
import type { Site } from '../hooks/types.ts'
import { canary } from './canary.ts'
import {
  cacheFolder,
  gitVersion,
  guiPath,
  hookFiles,
  hooksPath,
  installed,
  scriptLineEnds,
  switchedOff,
  worktrees,
} from './reasons.ts'
import { type Check, type Diagnosis, DOCTOR_SCHEMA, type Examine, type Patient } from './types.ts'

/** One line each; the order is that of the report. */
export const CHECKS: readonly Examine[] = [
  canary,
  gitVersion,
  switchedOff,
  hooksPath,
  hookFiles,
  scriptLineEnds,
  installed,
  worktrees,
  guiPath,
  cacheFolder,
]

/** Throws ToolError outside a working tree. */
export async function diagnose(
  cwd: string,
  { env, cache, node }: Pick<Patient, 'env' | 'cache' | 'node'>,
  examinations: readonly Examine[] = CHECKS,
): Promise<Diagnosis> {
  const site = await surveySite(cwd, env)
  const manager = chooseManager(site, { cwd }).id
  const checks: Check[] = []
  for (const examine of examinations) checks.push(...(await examine({ site, manager, env, cache, node })))
  // What fires has found unleak, wherever it is.
  const isProven = checks.some(({ id, state }) => id === 'commit' && state === 'ok')
  if (isProven) checks.splice(0, checks.length, ...withChoice(checks, site))
  const isWell = checks.every(({ state }) => state !== 'problem')
  return {
    schema: DOCTOR_SCHEMA,
    root: site.top,
    manager,
    hooksDir: site.hooksDir,
    state: isWell ? 'well' : 'problems',
    checks: ordered(checks),
  }
}

/** Where the hook before a commit fires, a hook that is not there was left out on purpose (`init --hooks`). */
function withChoice(checks: readonly Check[], { hooksDir }: Site): Check[] {
  const lacks = (hook: string) => !existsSync(join(hooksDir, hook))
  const left = new Set([
    'hook-file',
    ...(lacks('commit-msg') ? ['message'] : []),
    ...(lacks('pre-push') ? ['push'] : []),
  ])
  return checks
    .filter(({ id }) => id !== 'unleak' && id !== 'manager')
    .map((check) => (left.has(check.id) && check.state === 'problem' ? { ...check, state: 'note' } : check))
}

/** Where the proof failed, its own advice stands last: a known reason tells more. */
function ordered(checks: readonly Check[]): Check[] {
  const proof = checks.filter(({ id }) => PROOFS.has(id))
  const isExplained = checks.some(
    ({ id, state }) => state === 'problem' && !PROOFS.has(id) && id !== 'worktree',
  )
  const told = proof.map((check) => {
    if (!isExplained || check.fix === undefined) return check
    const { fix: _, ...rest } = check
    return rest
  })
  return [...told, ...checks.filter(({ id }) => !PROOFS.has(id))]
}

const PROOFS: ReadonlySet<string> = new Set(['commit', 'message', 'push', 'canary'])

export type { Check, Diagnosis } from './types.ts'
