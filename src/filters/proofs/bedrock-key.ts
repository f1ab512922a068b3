// Bedrock API keys: base64 of a text that names itself and the AWS account it belongs to.
import type { Proof } from '../candidate.ts'

const LONG_LIVED = /^ABSK([A-Za-z0-9+/]{40,400}={0,2})$/
const NAMED = /^BedrockAPIKey-[\x21-\x7e]{1,80}?(?:-at-(\d{12}))?:/

/** Accounts of the AWS documentation. */
const DOCUMENTED = new Set(['000000000000', '111122223333', '123456789012', '444455556666'])

export const bedrockKey: Proof = {
  name: 'bedrock-key',
  check({ secret }) {
    const body = LONG_LIVED.exec(secret)?.[1]
    if (body === undefined) return { verdict: 'silent' }
    const named = NAMED.exec(Buffer.from(body, 'base64').toString('latin1'))
    if (!named) {
      return {
        verdict: 'doubtful',
        confidence: 'medium',
        evidence: ['its text does not read like a Bedrock key'],
      }
    }
    const account = named[1]
    if (account === undefined) return { verdict: 'proven', evidence: ['decodes to a Bedrock API key'] }
    if (DOCUMENTED.has(account)) return { verdict: 'refuted', reason: 'account of the AWS documentation' }
    return { verdict: 'proven', confidence: 'high', evidence: [`Bedrock API key of AWS account ${account}`] }
  },
}
