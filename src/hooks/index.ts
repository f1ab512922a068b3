// The public face of the installers.
export { AGENT_IDS, type AgentsResult, runAgents } from './agents.ts'
export { applyInit } from './apply.ts'
export { type DiffLine, diffLines } from './diff.ts'
export { runInit } from './init.ts'
export { planInit } from './plan.ts'
export type { FileChange, InitOptions, InitPlan, InitResult, ManagerId, Place, Step } from './types.ts'
