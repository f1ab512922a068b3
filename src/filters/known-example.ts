// Credentials that providers publish in their documentation: everybody has them, nobody is hurt.
import { createHash } from 'node:crypto'
import type { Filter } from './candidate.ts'
import { KNOWN_EXAMPLES } from './known-examples.ts'
import { bodyOf } from './value.ts'

function isKnown(value: string): boolean {
  return KNOWN_EXAMPLES.has(createHash('sha256').update(value, 'latin1').digest('hex').slice(0, 16))
}

export const knownExampleFilter: Filter = {
  reason: 'published example',
  drops({ rule, secret }) {
    const body = bodyOf(rule, secret)
    // In an address the password is the published part.
    return isKnown(secret) || (body !== secret && isKnown(body))
  },
}
