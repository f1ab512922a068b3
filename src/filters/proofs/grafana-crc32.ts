// Grafana service-account tokens: the last eight characters are the CRC-32 of the first 37, low byte first.
import { checksumTail, littleEndianCrc } from './checksum-tail.ts'

export const grafanaCrc32 = checksumTail({
  name: 'grafana-crc32',
  issuer: 'Grafana',
  head: /glsa_[A-Za-z0-9]{32}_$/,
  tailLength: 8,
  tail: (head) => littleEndianCrc(head.slice(0, 37)).toString('hex'),
})
