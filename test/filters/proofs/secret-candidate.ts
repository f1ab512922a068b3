// A candidate that is nothing but its secret, for tests of proofs.
import type { Candidate } from '../../../src/filters/candidate.ts'
import type { Rule } from '../../../src/model/index.ts'

export function secretCandidate(secret: string): Candidate {
  return {
    rule: {} as Rule,
    secret,
    text: secret,
    groups: { secret },
    path: undefined,
    via: [],
    around: () => secret,
    lines: () => secret,
    lineAbove: () => '',
  }
}
