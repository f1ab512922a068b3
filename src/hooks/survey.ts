// What is here, for who asks before installing: hook managers, CI systems and coding agents, the likeliest first.
import type { Environment } from '../git/ask.ts'
import { type AgentName, foundAgents } from './agents.ts'
import { foundCi } from './ci-file.ts'
import { CONFIGURED, chooseManager, MANAGERS } from './registry.ts'
import { surveySite } from './site.ts'
import { Claim, type ManagerId } from './types.ts'

export interface Survey {
  readonly root: string
  /** Those that can be used here; the first is what `init` takes by itself. */
  readonly managers: readonly { readonly id: ManagerId; readonly isFound: boolean }[]
  readonly ci: readonly string[]
  readonly agents: readonly AgentName[]
}

/** Throws ToolError outside a working tree. */
export async function survey(cwd: string, env: Environment): Promise<Survey> {
  const site = await surveySite(cwd, env)
  const first = chooseManager(site, { cwd }).id
  const managers = [...MANAGERS, ...CONFIGURED]
    .map((manager) => ({ id: manager.id, isFound: manager.claim(site) > Claim.possible }))
    // husky lives in package.json.
    .filter(({ id, isFound }) => id !== 'husky' || isFound || site.project !== undefined)
    .sort((a, b) => Number(b.id === first) - Number(a.id === first) || Number(b.isFound) - Number(a.isFound))
  return { root: site.top, managers, ci: foundCi(site.top), agents: foundAgents(site, env) }
}
