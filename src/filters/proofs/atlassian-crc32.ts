// Atlassian API tokens: the eight digits after `=` are the CRC-32 of all up to and with the `=`.
import { checksumTail, hexCrc } from './checksum-tail.ts'

export const atlassianCrc32 = checksumTail({
  name: 'atlassian-crc32',
  issuer: 'Atlassian',
  head: /ATATT3[A-Za-z0-9_-]{20,400}=$/,
  tailLength: 8,
  tail: (head) => hexCrc(head).toUpperCase(),
})
