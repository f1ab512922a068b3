// Findings → questions: what will be sent where, each secret once, before anything is sent.
import type { Finding, Place, Secret, VerifySpec } from '../model/index.ts'
import { awsQuestion } from './aws.ts'
import { declaredQuestion } from './declared.ts'
import { openaiQuestion } from './openai.ts'
import type { NoQuestion, Question, Subject } from './subject.ts'

export interface Planned {
  readonly finding: Finding
  readonly question: Question | NoQuestion
}

export interface PlanOptions {
  /** How to ask, by rule; a rule that is not here is not asked about. */
  readonly specs: Readonly<Record<string, VerifySpec | undefined>>
  readonly openaiUrl: string
  /** What the user named, and the text around a secret: hosts and public halves are looked up there. */
  readonly texts?: (finding: Finding) => readonly string[]
}

/** A question for every finding, or why there is none. Nothing is sent. */
export function planQuestions(findings: readonly Finding[], options: PlanOptions): Planned[] {
  return findings.map((finding) => {
    const spec = options.specs[finding.rule]
    if (spec === undefined)
      return { finding, question: { cannot: 'no harmless way to ask about it is known' } }
    const subject: Subject = {
      rule: finding.rule,
      secret: finding.secret,
      ids: nearest(finding, findings, ['aws-access-key-id']),
      tokens: nearest(finding, findings, ['aws-session-token']),
      texts: options.texts?.(finding) ?? [],
      isCanary: isCanary(finding, findings),
    }
    return { finding, question: questionOf(spec, subject, options.openaiUrl) }
  })
}

function questionOf(spec: VerifySpec, subject: Subject, openaiUrl: string): Question | NoQuestion {
  if ('request' in spec) return declaredQuestion(spec, subject)
  if (spec.protocol === 'aws-sts') return awsQuestion(subject)
  return openaiQuestion(spec.protocol, subject, openaiUrl)
}

/** Secrets of other rules in the same files, the nearest line first. */
function nearest(finding: Finding, all: readonly Finding[], rules: readonly string[]): Secret[] {
  const near = all
    .filter((other) => rules.includes(other.rule))
    .map((other) => ({ secret: other.secret, lines: distance(finding, other) }))
    .filter(({ lines }) => lines !== undefined)
  return near.sort((a, b) => a.lines! - b.lines!).map(({ secret }) => secret)
}

/** Lines between two findings, in the file where they stand closest; undefined: they share none. */
function distance(a: Finding, b: Finding): number | undefined {
  let least: number | undefined
  for (const one of a.places)
    for (const other of b.places) {
      if (!isSameFile(one, other)) continue
      const lines = Math.abs(one.line - other.line)
      if (least === undefined || lines < least) least = lines
    }
  return least
}

function isSameFile(a: Place, b: Place): boolean {
  return a.kind === b.kind && a.path === b.path && a.blob === b.blob && a.commit === b.commit
}

/** The rules' proofs know the accounts of key traps; the id that stands nearest tells. */
function isCanary(finding: Finding, all: readonly Finding[]): boolean {
  const [id] = nearest(finding, all, ['aws-access-key-id'])
  const holder = all.find((other) => other.secret === id)
  return [finding, holder].some((each) => each?.evidence.some((text) => text.includes('canary')))
}
