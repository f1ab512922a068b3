// The registry of filters, and the judgement on one candidate: filters first, then the rule's own proofs.
import type { Confidence } from '../model/index.ts'
import { allowCommentFilter } from './allow-comment.ts'
import type { Candidate, Filter, Proof } from './candidate.ts'
import { entropyFilter } from './entropy.ts'
import { knownExampleFilter } from './known-example.ts'
import { ordinaryValueFilter } from './ordinary-value.ts'
import { placeholderFilter } from './placeholder.ts'
import { PROOFS } from './proofs/index.ts'
import { publicShapeFilter } from './public-shape.ts'
import { randomnessFilter } from './randomness.ts'
import { redactedFilter } from './redacted.ts'
import { ruleAllowFilter } from './rule-allow.ts'
import { secretNameFilter } from './secret-name.ts'
import { templateExpressionFilter } from './template-expression.ts'

/** What judging a candidate comes to. */
export type Judgement =
  | {
      readonly kept: true
      readonly confidence: Confidence
      readonly evidence: readonly string[]
      /** An offline proof says that it is one. */
      readonly proven: boolean
    }
  /** `ruleOnly`: the reason says nothing of what other rules may see in these bytes. */
  | { readonly kept: false; readonly reason: string; readonly ruleOnly: boolean }

/**
 * In this order. What a value is comes ahead of how it looks, what is cheap ahead of what is not; the allow comment
 * stands last, so that its count tells how many findings it really hides.
 */
export const FILTERS: readonly Filter[] = [
  secretNameFilter,
  templateExpressionFilter,
  redactedFilter,
  placeholderFilter,
  publicShapeFilter,
  ordinaryValueFilter,
  entropyFilter,
  randomnessFilter,
  ruleAllowFilter,
  knownExampleFilter, // hashes: behind all that is cheaper
  allowCommentFilter,
]

const PROOF_BY_NAME: ReadonlyMap<string, Proof> = new Map(PROOFS.map((proof) => [proof.name, proof]))

/** True for a rule whose secrets end in a checksum that an offline proof compares. */
export function hasChecksum({ proofs }: Pick<Candidate['rule'], 'proofs'>): boolean {
  return proofs.some((name) => PROOF_BY_NAME.get(name)?.isChecksum ?? false)
}

/** Keeps or drops a candidate. Every drop has a reason to show. */
export function judge(candidate: Candidate): Judgement {
  for (const filter of FILTERS)
    if (filter.drops(candidate))
      return { kept: false, reason: filter.reason, ruleOnly: filter.ruleOnly ?? false }
  return prove(candidate)
}

/** Runs the proofs the rule names, in its order: the last word on confidence is the last proof's. */
function prove(candidate: Candidate): Judgement {
  const { rule } = candidate
  let confidence = rule.confidence
  let proven = false
  const evidence: string[] = []
  for (const name of rule.proofs) {
    const proof = PROOF_BY_NAME.get(name)
    if (!proof) throw new Error(`rule "${rule.id}" asks for the proof "${name}", which does not exist`)
    const outcome = proof.check(candidate)
    if (outcome.verdict === 'silent') continue
    if (outcome.verdict === 'refuted' || outcome.verdict === 'foreign')
      return { kept: false, reason: outcome.reason, ruleOnly: outcome.verdict === 'foreign' }
    confidence = outcome.confidence ?? confidence
    proven ||= outcome.verdict === 'proven'
    evidence.push(...outcome.evidence)
  }
  return { kept: true, confidence, evidence, proven }
}
