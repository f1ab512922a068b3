// Routable GitLab tokens: the tail holds the payload's length and a CRC-32, the payload who issued it.
import { crc32 } from 'node:zlib'
import type { Proof } from '../candidate.ts'

const HEAD = /gl(?:pat|rt)-(?:t\d_)?([A-Za-z0-9_-]{27,300})\.(?:01\.)?$/
const TAIL_LENGTH = 9

export const gitlabRoutable: Proof = {
  name: 'gitlab-routable',
  check({ secret }) {
    const head = HEAD.exec(secret.slice(0, -TAIL_LENGTH))
    if (!head) return { verdict: 'silent' }
    const tail = secret.slice(-TAIL_LENGTH)
    const wanted = tailOf(head)
    if (tail === wanted) {
      const evidence = ['GitLab checksum is right']
      if (hasOrganisation(head[1]!)) evidence.push('its payload names a GitLab organisation')
      return { verdict: 'proven', confidence: 'high', evidence }
    }
    const sameLength = tail.slice(0, 2) === wanted.slice(0, 2)
    return sameLength
      ? // The sum covers an instance's own prefix too, which can't be seen here.
        { verdict: 'doubtful', confidence: 'medium', evidence: ['GitLab checksum does not fit'] }
      : { verdict: 'doubtful', confidence: 'low', evidence: ['GitLab length and checksum are wrong'] }
  },
  complete(text) {
    const head = HEAD.exec(text)
    if (!head) throw new RangeError('gitlab-routable: the template has no payload')
    return tailOf(head)
  },
}

function tailOf(head: RegExpExecArray): string {
  const length = head[1]!.length.toString(36).padStart(2, '0')
  return (
    length +
    crc32(head[0] + length)
      .toString(36)
      .padStart(7, '0')
  )
}

/** Sixteen random bytes, then lines such as `o:1`, then one byte with the length of the lines. */
function hasOrganisation(payload: string): boolean {
  const bytes = Buffer.from(payload, 'base64url')
  const lines = bytes.subarray(16, -1)
  return (
    bytes.at(-1) === lines.length &&
    /^(?:[a-z]:[0-9a-z]+\n)*o:[0-9a-z]+(?:\n|$)/.test(lines.toString('latin1'))
  )
}
