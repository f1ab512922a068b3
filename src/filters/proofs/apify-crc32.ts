// Apify tokens: the last six characters are the CRC-32 of all before them, prefix included, in base 62 from 0-9a-zA-Z.
import { BASE62, base62Crc, checksumTail } from './checksum-tail.ts'

const LOWER_FIRST = BASE62.slice(0, 10) + BASE62.slice(36) + BASE62.slice(10, 36)

export const apifyCrc32 = checksumTail({
  name: 'apify-crc32',
  issuer: 'Apify',
  head: /apify_api_[A-Za-z0-9]{30}$/,
  tailLength: 6,
  tail: (head) => base62Crc(head, LOWER_FIRST),
})
