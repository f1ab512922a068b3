// Amazon Bedrock API keys: the account that their text names.
import { expect, it } from 'vitest'
import { bedrockKey } from '../../../src/filters/proofs/bedrock-key.ts'
import { alnum } from '../../helpers/keys.ts'
import { secretCandidate } from './secret-candidate.ts'

const key = (text: string) => ['AB', 'SK', Buffer.from(text).toString('base64')].join('')
const check = (text: string) => bedrockKey.check(secretCandidate(key(text)))

it('names the account', () => {
  expect(check(`BedrockAPIKey-k3x9-at-987601234567:${alnum(44)}`)).toEqual({
    verdict: 'proven',
    confidence: 'high',
    evidence: ['Bedrock API key of AWS account 987601234567'],
  })
})

it('believes a key that names no account', () => {
  expect(check(`BedrockAPIKey-k3x9:${alnum(44)}`).verdict).toBe('proven')
})

it('drops keys of the documentation', () => {
  expect(check(`BedrockAPIKey-k3x9-at-111122223333:${alnum(44)}`).verdict).toBe('refuted')
})

it('doubts a text of another form', () => {
  expect(check(`BedrockAPIKey ${alnum(60)}`)).toMatchObject({ verdict: 'doubtful', confidence: 'medium' })
})

it('says nothing of short-lived keys', () => {
  expect(bedrockKey.check(secretCandidate(`bedrock-api-key-${alnum(120)}`)).verdict).toBe('silent')
})
