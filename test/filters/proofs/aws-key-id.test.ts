// AWS key ids: the account inside, documentation ids and canaries.
import { describe, expect, it } from 'vitest'
import { accountOf, awsKeyId } from '../../../src/filters/proofs/aws-key-id.ts'
import { candidate } from './candidates.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A key id of this account, as AWS lays them out: one bit, 40 bits of account, the rest random. */
function idOf(account: string, prefix = 'AKIA'): string {
  let bits = ((1n << 40n) | BigInt(account)) << 39n
  bits |= 0x1234567abn
  let text = ''
  for (let i = 0; i < 16; i++, bits >>= 5n) text = BASE32[Number(bits & 31n)]! + text
  return prefix + text
}

describe('aws-key-id', () => {
  it('reads the account out of the id', () => {
    expect(accountOf(idOf('210987654321'))).toBe('210987654321')
    expect(accountOf(idOf('000000000042', 'ASIA'))).toBe('000000000042')
    expect(awsKeyId.check(candidate(idOf('210987654321')))).toEqual({
      verdict: 'proven',
      evidence: ['AWS account 210987654321'],
    })
  })

  it('says nothing of ids from before 2019', () => {
    expect(accountOf(`AKIAJ${'3'.repeat(15)}`)).toBeUndefined()
    expect(awsKeyId.check(candidate(`AKIAJ${'3A'.repeat(7)}B`)).verdict).toBe('silent')
  })

  it('drops ids of the documentation', () => {
    expect(awsKeyId.check(candidate(`AKIA${'Q2'.repeat(4)}QEXAMPLE`)).verdict).toBe('refuted')
    expect(awsKeyId.check(candidate(idOf('123456789012'))).verdict).toBe('refuted')
  })

  it('marks canaries, so that nobody calls them', () => {
    const outcome = awsKeyId.check(candidate(idOf('052310077262')))
    expect(outcome).toMatchObject({ verdict: 'doubtful', confidence: 'low' })
  })

  it('doubts ids without a digit: words in capitals', () => {
    expect(awsKeyId.check(candidate('ASIAPACIFICSOUTHEAST'))).toMatchObject({ verdict: 'doubtful' })
  })
})
