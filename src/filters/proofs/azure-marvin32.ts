// Azure's identifiable keys: a service code near the end, and in the last four bytes a Marvin32 hash of the rest.
import type { Proof } from '../candidate.ts'

interface Service {
  readonly name: string
  /** Eight letters each: the seeds that the kinds of keys of this service are hashed with. */
  readonly seeds: readonly string[]
}

const SERVICES: Readonly<Record<string, Service>> = {
  '+ASt': { name: 'Azure Storage', seeds: ['Default0'] },
  ACDb: { name: 'Azure Cosmos DB', seeds: ['MastRW00', 'MastRO00', 'SysAll00', 'Resour00', 'Encryp00'] },
  '+ABa': { name: 'Azure Batch', seeds: ['AbAcct00'] },
  '+AMC': { name: 'Azure Machine Learning', seeds: ['Classic0'] },
  APIM: { name: 'Azure API Management', seeds: ['Tenant00', 'IoTHub00', 'Gatewy00', 'GitKey00'] },
  '+ASb': { name: 'Azure Service Bus', seeds: ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0'] },
  '+AEh': { name: 'Azure Event Hubs', seeds: ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0'] },
  '+ARm': { name: 'Azure Relay', seeds: ['Send0000', 'Listen00', 'Manage00', 'System00', 'Unknown0'] },
  AIoT: { name: 'Azure IoT', seeds: ['IoTHub00', 'DpsKey00', 'Device00'] },
  AzCa: { name: 'Azure Cache for Redis', seeds: ['Access00'] },
  '+ACR': { name: 'Azure Container Registry', seeds: ['ACRDflt0'] },
  AzSe: { name: 'Azure AI Search', seeds: ['PAdmin00', 'Query000'] },
  AzFu: { name: 'Azure Functions', seeds: ['Functi00', 'System00', 'Master00'] },
}

/** Where the code stands: keys of 64, 32, 39 and 40 bytes. */
const CODE_PLACES: Readonly<Record<number, number>> = { 88: 76, 44: 33, 52: 42, 56: 44 }

export const azureMarvin32: Proof = {
  name: 'azure-marvin32',
  check({ secret }) {
    const place = CODE_PLACES[secret.length]
    const service = place === undefined ? undefined : SERVICES[secret.slice(place, place + 4)]
    if (!service) return { verdict: 'silent' }
    const bytes = Buffer.from(secret, 'base64')
    const kept = bytes.readUInt32LE(bytes.length - 4)
    const body = bytes.subarray(0, -4)
    return service.seeds.some((seed) => marvin32(body, seed) === kept)
      ? { verdict: 'proven', confidence: 'high', evidence: [`${service.name} checksum is right`] }
      : { verdict: 'doubtful', confidence: 'medium', evidence: [`${service.name} checksum is wrong`] }
  },
  /** Completes a key whose code already stands in `text`: the six characters behind the code. */
  complete(text) {
    const head = /(?:[A-Za-z0-9+/]{76}|[A-Za-z0-9+/]{33})([A-Za-z0-9+]{4})$/.exec(text)
    const service = head && SERVICES[head[1]!]
    if (!service) throw new RangeError('azure-marvin32: the template has no service code at its end')
    const key = Buffer.from(`${head[0]}AAAAAA`, 'base64').subarray(0, head[0].length > 40 ? 64 : 32)
    key.writeUInt32LE(marvin32(key.subarray(0, -4), service.seeds[0]!), key.length - 4)
    return key.toString('base64').slice(head[0].length)
  },
}

/** Marvin32 over `bytes` with a seed of eight letters, read as one big-endian number. */
export function marvin32(bytes: Buffer, seed: string): number {
  const words = Buffer.from(seed, 'latin1')
  const state = { hi: words.readUInt32BE(0), lo: words.readUInt32BE(4) }
  const whole = bytes.length - (bytes.length % 4)
  for (let at = 0; at < whole; at += 4) mix(state, bytes.readUInt32LE(at))
  let tail = 0x80
  for (let at = bytes.length - 1; at >= whole; at--) tail = (tail << 8) | bytes[at]!
  mix(state, tail >>> 0)
  mix(state, 0)
  return (state.lo ^ state.hi) >>> 0
}

function mix(state: { hi: number; lo: number }, word: number): void {
  let lo = (state.lo + word) >>> 0
  let hi = (state.hi ^ lo) >>> 0
  lo = (rotated(lo, 20) + hi) >>> 0
  hi = (rotated(hi, 9) ^ lo) >>> 0
  lo = (rotated(lo, 27) + hi) >>> 0
  state.hi = rotated(hi, 19)
  state.lo = lo
}

function rotated(word: number, bits: number): number {
  return ((word << bits) | (word >>> (32 - bits))) >>> 0
}
