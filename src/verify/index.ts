// Is it alive? Findings → questions → verdicts.
export { askAll } from './ask.ts'
export { type Planned, type PlanOptions, planQuestions } from './plan.ts'
export type { AskTools, NoQuestion, Question } from './subject.ts'
