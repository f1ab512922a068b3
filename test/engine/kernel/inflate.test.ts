// The kernel's inflate against node:zlib: whatever zlib writes it reads, and damage gives an error, never harm.
import { constants, deflateSync, inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Kernel, SLOP } from '../../../src/engine/kernel/load.ts'
import { freshKernel, randomNumbers } from './helpers.ts'

const ROOM = 1 << 20
const TOO_LONG = -7
let kernel: Kernel
let src = 0
let dst = 0

beforeAll(async () => {
  kernel = await freshKernel()
  src = kernel.reserve(ROOM)
  dst = kernel.reserve(ROOM)
})

/** Inflates and also checks that nothing behind the result's slop was touched. */
function inflate(stream: Uint8Array, size: number, checked = 1): { status: number; bytes: Uint8Array } {
  const memory = kernel.bytes()
  memory.fill(0xaa, src, src + stream.length + 64)
  memory.set(stream, src)
  memory.fill(0x55, dst + size, dst + size + SLOP + 512)
  const status = kernel.exports.inflate(src, stream.length, dst, size, checked)
  const behind = memory.subarray(dst + size + SLOP, dst + size + SLOP + 512)
  expect(behind.every((byte) => byte === 0x55)).toBe(true)
  return { status, bytes: memory.slice(dst, dst + size) }
}

/** The text, or what the kernel says is wrong with the stream. */
function inflateWhole(stream: Uint8Array, room: number): Buffer | number {
  kernel.bytes().set(stream, src)
  const size = kernel.exports.inflateWhole(src, stream.length, dst, room)
  return size < 0 ? size : Buffer.from(kernel.bytes().slice(dst, dst + size))
}

function samples(): Buffer[] {
  const random = randomNumbers(7)
  const text = Array.from(
    { length: 4000 },
    () => 'the const import return secret { } = => 42'.split(' ')[random(11)],
  )
  return [
    Buffer.alloc(0),
    Buffer.from('a'),
    Buffer.alloc(70000, 'x'),
    Buffer.from(text.join(' ')),
    Buffer.from(Uint8Array.from({ length: 70000 }, () => random(256))),
    Buffer.from(Uint8Array.from({ length: 30000 }, () => random(4) * random(3))),
    ...Array.from({ length: 15 }, (_, period) =>
      Buffer.from(Uint8Array.from({ length: 999 }, (_, i) => 65 + (i % (period + 1)))),
    ),
    Buffer.concat([Buffer.from(text.join('\n')), Buffer.alloc(33000, 1), Buffer.from(text.join('\n'))]),
  ]
}

describe('inflate', () => {
  it('reads every level, strategy and window that zlib writes', () => {
    const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants
    for (const sample of samples()) {
      for (let level = 0; level <= 9; level++) {
        for (const strategy of [Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED]) {
          const stream = deflateSync(sample, { level, strategy, windowBits: 9 + (level % 7) })
          const { status, bytes } = inflate(stream, sample.length)
          expect(status).toBe(stream.length)
          expect(Buffer.compare(bytes, sample)).toBe(0)
        }
      }
    }
  })

  it('stops at the end of the stream when more bytes follow', () => {
    const stream = deflateSync(Buffer.from('hello'))
    expect(inflate(Buffer.concat([stream, Buffer.from('rest')]), 5).status).toBe(stream.length)
  })

  it('refuses a size that is not the real one', () => {
    for (const sample of samples()) {
      const stream = deflateSync(sample)
      expect(inflate(stream, sample.length + 1).status).toBeLessThan(0)
      if (sample.length > 0) expect(inflate(stream, sample.length - 1).status).toBeLessThan(0)
    }
  })

  it('refuses every truncation', () => {
    for (const sample of [Buffer.from('abcabcabcabd'), samples()[3]!.subarray(0, 3000)]) {
      for (const level of [0, 1, 9]) {
        const stream = deflateSync(sample, { level })
        for (let cut = 0; cut < stream.length; cut++) {
          expect(inflate(stream.subarray(0, cut), sample.length).status).toBeLessThan(0)
        }
      }
    }
  })

  it('agrees with zlib on damaged streams', () => {
    const random = randomNumbers(99)
    const originals = samples().map((sample) => ({
      size: sample.length,
      stream: deflateSync(sample.subarray(0, 5000)),
    }))
    for (let round = 0; round < 6000; round++) {
      const { stream } = originals[random(originals.length)]!
      const damaged = Buffer.from(stream)
      for (let i = 0; i <= random(3); i++) damaged[random(damaged.length)] = random(256)
      const wanted = inflateOrNothing(damaged)
      const size = wanted?.length ?? random(6000)
      const { status, bytes } = inflate(damaged, size)
      if (wanted === undefined) expect(status).toBeLessThan(0)
      else expect([status > 0, Buffer.compare(bytes, wanted)]).toEqual([true, 0])
    }
  })

  it('finds a wrong checksum, unless told not to look', () => {
    const stream = deflateSync(Buffer.from('checked'))
    stream[stream.length - 1]! ^= 1
    expect(inflate(stream, 7).status).toBe(-9)
    expect(inflate(stream, 7, 0).status).toBe(stream.length)
  })

  it('reads a stream of unknown size, checksum and end included', () => {
    for (const sample of samples()) {
      for (const level of [0, 1, 6]) {
        const stream = deflateSync(sample, { level })
        expect(sample.equals(inflateWhole(stream, sample.length) as Buffer)).toBe(true)
        expect(sample.equals(inflateWhole(stream, sample.length + 1000) as Buffer)).toBe(true)
        if (sample.length > 0) expect(inflateWhole(stream, sample.length - 1)).toBe(TOO_LONG)
        expect(inflateWhole(Buffer.concat([stream, Buffer.of(0)]), ROOM)).toBeLessThan(0)
        expect(inflateWhole(stream.subarray(0, -1), ROOM)).toBeLessThan(0)
        stream[stream.length - 1]! ^= 1
        expect(inflateWhole(stream, ROOM)).toBeLessThan(0)
      }
    }
  })

  it('survives random bytes', () => {
    const random = randomNumbers(5)
    for (let round = 0; round < 4000; round++) {
      const bytes = Uint8Array.from({ length: 6 + random(300) }, () => random(256))
      bytes.set([0x78, 0x9c])
      expect(inflate(bytes, random(4000)).status).toBeLessThan(0)
    }
  })
})

function inflateOrNothing(stream: Buffer): Buffer | undefined {
  try {
    return inflateSync(stream, { maxOutputLength: ROOM })
  } catch {
    return undefined
  }
}
