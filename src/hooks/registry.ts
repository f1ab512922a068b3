// Every hook manager that init knows, and the choice between them.
import { husky } from './husky.ts'
import { lefthook } from './lefthook.ts'
import { native } from './native.ts'
import { preCommit } from './pre-commit.ts'
import { simpleGitHooks } from './simple-git-hooks.ts'
import type { ConfiguredManager, InitOptions, ManagerPlan, Site } from './types.ts'

/** Managers whose hooks are files that we add to. Of equal claims the first wins. */
export const MANAGERS: readonly ManagerPlan[] = [husky, native]

/** Managers with a configuration of their own, in which we are an entry. One file each; a new one is one more line. */
export const CONFIGURED: readonly ConfiguredManager[] = [lefthook, preCommit, simpleGitHooks]

export function chooseManager(site: Site, options: InitOptions): ManagerPlan | ConfiguredManager {
  const all = [...CONFIGURED, ...MANAGERS]
  const asked = all.find((manager) => manager.id === options.manager)
  if (asked) return asked
  const strongest = Math.max(...all.map((manager) => manager.claim(site)))
  return all.find((manager) => strongest > 0 && manager.claim(site) === strongest) ?? native
}
