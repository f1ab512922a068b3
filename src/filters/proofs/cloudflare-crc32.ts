// New Cloudflare tokens: the last eight characters are the CRC-32 of the forty before them, in hex.
import { checksumTail, hexCrc } from './checksum-tail.ts'

export const cloudflareCrc32 = checksumTail({
  name: 'cloudflare-crc32',
  issuer: 'Cloudflare',
  head: /cf(?:ut|at|k)_[A-Za-z0-9]{40}$/,
  tailLength: 8,
  tail: (head) => hexCrc(head.slice(head.indexOf('_') + 1)),
})
