// Vercel tokens: the last six characters are the CRC-32 of the fifty before them, in base 62.
import { base62Crc, checksumTail } from './checksum-tail.ts'

export const vercelCrc32 = checksumTail({
  name: 'vercel-crc32',
  issuer: 'Vercel',
  head: /vc[acikpr]_[A-Za-z0-9]{50}$/,
  tailLength: 6,
  tail: (head) => base62Crc(head.slice(4)),
})
