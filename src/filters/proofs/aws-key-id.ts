// AWS access key ids: the account that owns the key stands in the id itself.
import type { Candidate, Proof, ProofOutcome } from '../candidate.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ID = /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}/

/** Accounts of the AWS documentation. */
const DOCUMENTED = new Set(['000000000000', '111122223333', '123456789012', '444455556666'])

/** Accounts of canarytokens.org, whose keys are laid out as alarms. Calling such a key rings it. */
const CANARIES = new Set([
  '052310077262',
  '171436882533',
  '266735846894',
  '534261010715',
  '595918472158',
  '717712589309',
  '729780141977',
  '730335385048',
  '819147034852',
  '992382622183',
])

export const awsKeyId: Proof = {
  name: 'aws-key-id',
  check(candidate): ProofOutcome {
    const id = keyIdOf(candidate)
    if (!id) return { verdict: 'silent' }
    if (id.endsWith('EXAMPLE')) return { verdict: 'refuted', reason: 'key id of the AWS documentation' }
    if (!/\d/.test(id)) return { verdict: 'doubtful', confidence: 'low', evidence: ['the id has no digit'] }
    const account = accountOf(id)
    if (!account) return { verdict: 'silent' }
    if (DOCUMENTED.has(account)) return { verdict: 'refuted', reason: 'account of the AWS documentation' }
    const evidence = [`AWS account ${account}`]
    if (!CANARIES.has(account)) return { verdict: 'proven', evidence }
    evidence.push('a known canary account: calling this key raises an alarm')
    return { verdict: 'doubtful', confidence: 'low', evidence }
  },
}

function keyIdOf({ secret, groups }: Candidate): string | undefined {
  return ID.exec(groups.id ?? secret)?.[0]
}

/** The twelve digits of the account, or undefined for ids from before 2019 and impossible ones. */
export function accountOf(id: string): string | undefined {
  const body = id.slice(4)
  if (body[0] === 'I' || body[0] === 'J') return undefined
  let bits = 0n
  for (const char of body.slice(0, 10)) bits = bits * 32n + BigInt(BASE32.indexOf(char))
  const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n
  return account < 10n ** 12n ? account.toString().padStart(12, '0') : undefined
}
