// The public face of the guard for coding agents: an event in, an answer out.
export { type Answer, allow, refuse, stop } from './answer.ts'
export { AGENTS, type Agent, type AgentEvent, readEvent } from './event.ts'
export { type JudgeTools, judgeEvent, type Verdict } from './judge.ts'
export type { TextFinding } from './scan.ts'
