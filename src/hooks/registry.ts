// Every hook manager that init knows, and the choice between them.
import { husky } from './husky.ts'
import { native } from './native.ts'
import type { InitOptions, ManagerPlan, Site } from './types.ts'

/** One file each; a new manager is one more line. Of equal claims the first wins. */
export const MANAGERS: readonly ManagerPlan[] = [husky, native]

export function chooseManager(site: Site, options: InitOptions): ManagerPlan {
  const asked = MANAGERS.find((manager) => manager.id === options.manager)
  if (asked) return asked
  const strongest = Math.max(...MANAGERS.map((manager) => manager.claim(site)))
  return (MANAGERS.find((manager) => strongest > 0 && manager.claim(site) === strongest) ??
    native) as ManagerPlan
}
