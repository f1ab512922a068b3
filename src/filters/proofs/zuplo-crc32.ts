// Zuplo keys: the last eight characters are the CRC-32 of the part before them, least significant byte first.
import { checksumTail, littleEndianCrc } from './checksum-tail.ts'

export const zuploCrc32 = checksumTail({
  name: 'zuplo-crc32',
  issuer: 'Zuplo',
  head: /zpka_[a-z0-9]{32}_$/,
  tailLength: 8,
  tail: (head) => littleEndianCrc(head.slice(5, -1)).toString('hex'),
})
