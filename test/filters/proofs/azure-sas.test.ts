// Azure shared access signatures: past and future ends, with and without escapes.
import { describe, expect, it } from 'vitest'
import { azureSas } from '../../../src/filters/proofs/azure-sas.ts'
import { candidate } from './candidates.ts'

const check = (query: string) => azureSas.check(candidate(query))

describe('azure-sas', () => {
  it('tells an end in the past', () => {
    expect(check('?sv=2021-06-08&sp=r&se=2023-12-20T22:54:52Z&sig=')).toEqual({
      verdict: 'doubtful',
      confidence: 'low',
      evidence: ['expired on 2023-12-20', 'allows r'],
    })
    expect(check('?se=2023-12-20T22%3A54%3A52Z&sig=')).toMatchObject({ verdict: 'doubtful' })
  })

  it('tells an end in the future, and signatures that have none', () => {
    expect(check('?sp=rwdl&amp;se=2190-01-01&amp;sig=')).toEqual({
      verdict: 'proven',
      evidence: ['valid until 2190-01-01', 'allows rwdl'],
    })
    expect(check('?sr=b&si=policy&sig=')).toEqual({ verdict: 'proven', evidence: [] })
  })
})
