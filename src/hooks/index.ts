// The public face of the installers.
export { applyInit } from './apply.ts'
export { type DiffLine, diffLines } from './diff.ts'
export { runInit } from './init.ts'
export { planInit } from './plan.ts'
export type { FileChange, InitOptions, InitPlan, InitResult, ManagerId, Step } from './types.ts'
