// GitHub tokens: the last six characters are the CRC-32 of the thirty before them, in base 62.
import { base62Crc, checksumTail } from './checksum-tail.ts'

export const githubCrc32 = checksumTail({
  name: 'github-crc32',
  issuer: 'GitHub',
  head: /gh[oprsu]_[A-Za-z0-9]{30}$/,
  tailLength: 6,
  tail: (head) => base62Crc(head.slice(4)),
})
