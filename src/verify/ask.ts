// Asks the planned questions, each secret once, and writes the verdicts into the findings.
import type { Finding, Verdict } from '../model/index.ts'
import type { Planned } from './plan.ts'
import type { AskTools } from './subject.ts'

/** The findings with what was learned, in their order. `onVerdict` hears of each as it comes. */
export async function askAll(
  planned: readonly Planned[],
  tools: AskTools,
  onVerdict?: (done: number) => void,
): Promise<Finding[]> {
  const asked = new Map<string, Promise<Verdict>>()
  let done = 0
  return await Promise.all(
    planned.map(async ({ finding, question }) => {
      if ('cannot' in question)
        return { ...finding, verdict: { state: 'unchecked', reason: question.cannot } as const }
      const { host, path, method } = question
      const once = `${finding.secret.id('verify')} ${method} ${host}${path}`
      const answer = asked.get(once) ?? question.ask(tools)
      asked.set(once, answer)
      const verdict = await answer
      onVerdict?.(++done)
      return { ...finding, verdict }
    }),
  )
}
