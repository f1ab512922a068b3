// New Confluent API secrets: the last six characters are the CRC-32 of the 54 before them, low byte first, in base64.
import { checksumTail, littleEndianCrc } from './checksum-tail.ts'

export const confluentCrc32 = checksumTail({
  name: 'confluent-crc32',
  issuer: 'Confluent',
  head: /cflt[A-Za-z0-9+/]{54}$/,
  tailLength: 6,
  tail: (head) => littleEndianCrc(head.slice(4)).toString('base64').slice(0, 6),
})
