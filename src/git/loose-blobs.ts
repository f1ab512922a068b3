// Reads loose blobs with the kernel: inflated in its memory, at twice the speed of zlib and without what that loads.
import { closeSync, openSync, readSync } from 'node:fs'
import type { Kernel } from '../engine/kernel/load.ts'

/** The blob in a loose object's file; undefined when there is none, or none that is whole and within the limit. */
export type ReadLooseBlob = (path: string) => Buffer | undefined

const HEADER = /^blob (0|[1-9]\d{0,15})\0/
const LONGEST_HEADER = 32
const TOO_LONG = -7
const MOST_INPUT = 1 << 28

/** @param kernel for this reader alone: it uses all of its memory */
export function createLooseReader(kernel: Kernel, maxBytes: number): ReadLooseBlob {
  const input = kernel.top()
  let inputRoom = 1 << 18

  /** Reads the file to `input`; its length, or undefined. */
  function load(path: string): number | undefined {
    const file = openSync(path, 'r')
    try {
      // Read again from its start when the room was too small: nearly no file is that large.
      for (; inputRoom <= MOST_INPUT && kernel.ensure(input + inputRoom); inputRoom *= 4) {
        const length = readSync(file, kernel.bytes(), input, inputRoom, 0)
        if (length < inputRoom) return length
      }
      return undefined
    } finally {
      closeSync(file)
    }
  }

  /** Inflates what stands at `input` to behind it; the inflated size, or undefined. */
  function inflate(length: number, output: number): number | undefined {
    const most = maxBytes + LONGEST_HEADER
    for (
      let room = Math.min(length * 8 + 4096, most);
      kernel.ensure(output + room);
      room = Math.min(room * 4, most)
    ) {
      const size = kernel.exports.inflateWhole(input, length, output, room)
      if (size >= 0) return size
      if (size !== TOO_LONG || room === most) return undefined
    }
    return undefined
  }

  return (path) => {
    let length: number | undefined
    try {
      length = load(path)
    } catch {
      return undefined
    }
    if (length === undefined) return undefined
    const output = (input + inputRoom + 1023) & ~1023
    const size = inflate(length, output)
    return size === undefined ? undefined : blobIn(kernel.bytes().subarray(output, output + size))
  }
}

function blobIn(content: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length)
  const header = HEADER.exec(bytes.toString('latin1', 0, LONGEST_HEADER))
  if (header === null || bytes.length - header[0].length !== Number(header[1])) return undefined
  return Buffer.copyBytesFrom(bytes, header[0].length)
}
