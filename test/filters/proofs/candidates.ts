// Candidates for proof tests, built from a secret and what stands around it.
import type { Candidate } from '../../../src/filters/candidate.ts'
import type { Rule } from '../../../src/model/index.ts'

const RULE: Rule = {
  id: 'test-rule',
  provider: 'test',
  severity: 'high',
  confidence: 'high',
  source: '',
  ignoreCase: false,
  keywords: [],
  anchors: [],
  maxLength: 100,
  bounded: false,
  tier: 2,
  keywordsAreContext: false,
  proofs: [],
  prefixes: [],
}

export interface CandidateParts {
  readonly before?: string
  readonly after?: string
  readonly groups?: Readonly<Record<string, string>>
}

export function candidate(
  secret: string,
  { before = '', after = '', groups = {} }: CandidateParts = {},
): Candidate {
  return {
    rule: RULE,
    secret,
    text: secret,
    groups: { secret, ...groups },
    path: undefined,
    via: [],
    around: (ahead, behind) => before.slice(-ahead) + secret + after.slice(0, behind),
    lines: () => before + secret + after,
    lineAbove: () => '',
  }
}
