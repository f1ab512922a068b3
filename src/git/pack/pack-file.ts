// Opens one pack: index, size, signature and headers, checked against each other.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { readIfThere } from '../../engine/optional-file.ts'
import type { PackProblem } from './contract.ts'
import { type PackHeaders, readFully, readHeaders } from './headers.ts'
import { type PackIndex, parseIndex } from './index-file.ts'

export interface OpenPack {
  readonly path: string
  /** End of the last entry: where the checksum of the pack begins. */
  readonly end: number
  readonly index: PackIndex
  readonly headers: PackHeaders
}

const FIRST_ENTRY = 12

/** Reads what is needed to find every object of the pack; undefined (and a problem) when that can't be trusted. */
export function openPack(base: string, hashBytes: number, problems: PackProblem[]): OpenPack | undefined {
  const path = `${base}.pack`
  let fd: number | undefined
  try {
    const index = parseIndex(readFileSync(`${base}.idx`), hashBytes, readIfThere(`${base}.rev`))
    if (typeof index === 'string') return giveUp(`${base}.idx`, index, problems)
    fd = openSync(path, 'r')
    const end = fstatSync(fd).size - hashBytes
    const wrong = checkPack(fd, end, index, hashBytes)
    if (wrong !== undefined) return giveUp(path, wrong, problems)
    return { path, end, index, headers: readHeaders(fd, index.offsets, end, hashBytes) }
  } catch (error) {
    problems.push({ code: 'unreadable', where: path, message: (error as Error).message })
    return undefined
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}

function giveUp(where: string, message: string, problems: PackProblem[]): undefined {
  problems.push({ code: 'bad-index', where, message })
}

function checkPack(fd: number, end: number, index: PackIndex, hashBytes: number): string | undefined {
  const head = Buffer.alloc(FIRST_ENTRY)
  if (end < FIRST_ENTRY || readFully(fd, head, FIRST_ENTRY, 0) < FIRST_ENTRY) return 'the pack is too short'
  if (head.toString('latin1', 0, 4) !== 'PACK') return 'the file is no pack'
  const version = head.readUInt32BE(4)
  if (version !== 2 && version !== 3) return `the pack has version ${version}`
  if (head.readUInt32BE(8) !== index.count) return 'the index has not as many objects as the pack'
  const checksum = Buffer.alloc(hashBytes)
  readFully(fd, checksum, hashBytes, end)
  if (checksum.compare(index.packChecksum) !== 0) return 'the index belongs to another pack'
  if (index.count > 0 && (index.offsets[0]! < FIRST_ENTRY || index.offsets.at(-1)! >= end)) {
    return 'the index points outside of the pack'
  }
  return undefined
}
