// The structure of Anthropic keys.
import { expect, it } from 'vitest'
import { anthropicStructure } from '../../../src/filters/proofs/anthropic-structure.ts'
import { base64url } from '../../helpers/keys.ts'
import { secretCandidate } from './secret-candidate.ts'

const key = (prefix: string, length: number, end: string) => ['sk-', prefix, base64url(length), end].join('')
const check = (secret: string) => anthropicStructure.check(secretCandidate(secret))

it.each(['ant-api03-', 'ant-admin01-'])('%s: length and ending are right', (prefix) => {
  expect(check(key(prefix, 93, 'AA'))).toMatchObject({ verdict: 'proven', confidence: 'high' })
})

it.each([
  [80, '', 'looks truncated (93 of 108 characters)'],
  [100, 'AA', 'has characters too many (115 of 108)'],
  [93, 'xQ', 'does not end in AA: altered, or made up'],
])('%i characters and "%s": %s', (length, end, hint) => {
  expect(check(key('ant-api03-', length, end))).toEqual({
    verdict: 'doubtful',
    confidence: 'medium',
    evidence: [hint],
  })
})

it('says nothing of sign-in tokens', () => {
  expect(check(key('ant-oat01-', 93, 'AA')).verdict).toBe('silent')
})
