// Azure: Marvin32 of identifiable keys, and the checksum inside old DevOps tokens.
import { describe, expect, it } from 'vitest'
import { azureDevops, sealed } from '../../../src/filters/proofs/azure-devops.ts'
import { azureMarvin32, marvin32 } from '../../../src/filters/proofs/azure-marvin32.ts'
import { candidate } from './candidates.ts'

const body = (length: number) => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zZ+/'.repeat(4).slice(0, length)

describe('azure-marvin32', () => {
  it.each([
    ['+ASt', 76],
    ['ACDb', 76],
    ['+ASb', 33],
    ['AzCa', 33],
    ['AIoT', 33],
  ])('proves a key with the code %s', (code, place) => {
    const head = body(place) + code
    const key = head + azureMarvin32.complete!(head)
    expect(key).toMatch(/==$|[^=]=$/)
    expect(azureMarvin32.check(candidate(key))).toMatchObject({ verdict: 'proven', confidence: 'high' })
    const changed = `c${key.slice(1)}`
    expect(azureMarvin32.check(candidate(changed))).toMatchObject({ verdict: 'doubtful' })
  })

  it('is silent about keys without a code', () => {
    expect(azureMarvin32.check(candidate(`${body(86)}==`)).verdict).toBe('silent')
  })

  it('hashes as the published vectors say', () => {
    // The vectors of .NET, with both halves of the hash joined.
    const seed = Buffer.from('004fb61a001bdbcc', 'hex').toString('latin1')
    const hash = (hex: string) => marvin32(Buffer.from(hex, 'hex'), seed)
    expect(hash('')).toBe(0x302009bc)
    expect(hash('af')).toBe(0x3592e206)
    expect(hash('e70f')).toBe(0xfdab5e04)
    expect(hash('8642dc59')).toBe(0x0e9407be)
    expect(hash('153fb79826')).toBe(0x446f25fa)
    expect(hash('ab427ea8d10fc7')).toBe(0x117fcba5)
  })
})

describe('azure-devops', () => {
  const token = sealed(Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 73 + 29) % 256)))

  it('proves a sealed token and doubts a changed one', () => {
    expect(token).toMatch(/^[a-z2-7]{52}$/)
    expect(azureDevops.check(candidate(token))).toMatchObject({ verdict: 'proven' })
    expect(azureDevops.check(candidate(`${token[0] === 'a' ? 'b' : 'a'}${token.slice(1)}`))).toMatchObject({
      verdict: 'doubtful',
    })
  })

  it('is silent about other shapes', () => {
    expect(azureDevops.check(candidate('a'.repeat(51))).verdict).toBe('silent')
  })
})
