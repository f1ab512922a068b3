// Reads loose objects with the kernel: inflated in its memory, at twice the speed of zlib and without what that loads.
import { closeSync, openSync, readSync } from 'node:fs'
import type { Kernel } from '../engine/kernel/load.ts'
import type { ObjectType } from './pack/contract.ts'

/**
 * The object in a file; undefined when there is none of `type` (a blob), or none that is whole and within the limit.
 * Its bytes lie in the kernel's memory, and hold until the next is read.
 */
export type ReadLooseObject = (path: string, type?: ObjectType) => Buffer | undefined

const HEADER = /^([a-z]+) (0|[1-9]\d{0,15})\0/
const LONGEST_HEADER = 32
const TOO_LONG = -7
const MOST_INPUT = 1 << 28

/** @param kernel for this reader alone: it uses all of its memory */
export function createLooseReader(kernel: Kernel, maxBytes: number): ReadLooseObject {
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

  return (path, type = 'blob') => {
    let length: number | undefined
    try {
      length = load(path)
    } catch {
      return undefined
    }
    if (length === undefined) return undefined
    const output = (input + inputRoom + 1023) & ~1023
    const size = inflate(length, output)
    return size === undefined ? undefined : contentIn(kernel.bytes().subarray(output, output + size), type)
  }
}

function contentIn(object: Uint8Array, type: ObjectType): Buffer | undefined {
  const end = object.indexOf(0)
  if (end < 0 || end >= LONGEST_HEADER) return undefined
  const header = HEADER.exec(String.fromCharCode(...object.subarray(0, end + 1)))
  const size = object.length - end - 1
  if (header === null || header[1] !== type || size !== Number(header[2])) return undefined
  return Buffer.from(object.buffer, object.byteOffset + end + 1, size)
}
