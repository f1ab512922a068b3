// Anthropic API and admin keys: 93 characters and a closing AA behind the prefix; says when one was cut.
import type { Proof } from '../candidate.ts'

const KEY = /^sk-ant-(?:api|admin)\d\d-([A-Za-z0-9_-]{1,200})$/
const BODY = 95

export const anthropicStructure: Proof = {
  name: 'anthropic-structure',
  check({ secret }) {
    const body = KEY.exec(secret)?.[1]
    if (body === undefined) return { verdict: 'silent' }
    if (body.length === BODY && body.endsWith('AA')) {
      return { verdict: 'proven', confidence: 'high', evidence: ['length and ending of an Anthropic key'] }
    }
    return { verdict: 'doubtful', confidence: 'medium', evidence: [doubt(body, secret.length)] }
  },
}

function doubt(body: string, length: number): string {
  const full = length - body.length + BODY
  if (body.length < BODY) return `looks truncated (${length} of ${full} characters)`
  if (body.length > BODY) return `has characters too many (${length} of ${full})`
  return 'does not end in AA: altered, or made up'
}
