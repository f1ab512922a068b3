// What earlier audits have read, so that the next one reads only what is new. See ARCHITECTURE.md, "The audit".
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { findObjects } from '../../git/pack/places.ts'
import type { MissingIds } from '../references.ts'
import { fingerprintProgram, fingerprintStore } from './fingerprint.ts'
import { type AuditState, digestOf, parseState, writeState } from './state.ts'

export interface AuditCache {
  /** What the last audit with these rules left; absent: nothing that can be trusted. */
  readonly state: AuditState | undefined
  /** Nothing was added to the store since, and nothing was taken away. */
  readonly isSame: boolean
  /** Every object that was there then, as sorted ids, and what was missing. */
  list(): KnownObjects | undefined
  /** Keeps a state, and the list when it is another one. A folder that can't be written costs the next audit time only. */
  save(state: Omit<AuditState, 'store' | 'ids'>, list?: KnownObjects): void
}

export interface KnownObjects {
  readonly ids: Uint8Array
  readonly missing: MissingIds
}

export interface CacheOptions {
  readonly gitDir: string
  readonly version: string
  readonly ruleset: string
  /** Files whose code decides what is found. */
  readonly code: readonly URL[]
  /** The folder a person names; default: one for each repository in the user's own cache folder. */
  readonly folder: string | undefined
}

/** Other rules have files of their own; the oldest beyond this many go. */
const KEPT_STATES = 3

/** Undefined when the store can't be described, because something in it is wrong already. */
export function openCache({ gitDir, version, ruleset, code, folder }: CacheOptions): AuditCache | undefined {
  const places = findObjects(gitDir)
  const store = fingerprintStore(gitDir, places)
  if (store === undefined) return undefined
  const path = join(folder ?? defaultFolder(gitDir), fingerprintProgram(version, ruleset, code))
  const state = readState(`${path}.json`)
  const { hashBytes } = places
  return {
    state,
    isSame: state?.store === store,
    list: () => state && readList(`${path}.ids`, state.ids, hashBytes),
    save(next, list) {
      const content = list && writeList(list, hashBytes)
      const ids = content ? describeList(content, list!.missing.size, hashBytes) : state?.ids
      if (ids === undefined) return
      try {
        mkdirSync(resolve(path, '..'), { recursive: true, mode: 0o700 })
        if (content) writeWhole(`${path}.ids`, content)
        writeWhole(`${path}.json`, writeState({ ...next, store, ids }))
        removeOld(resolve(path, '..'))
      } catch {} // a full or a read-only disk: nothing is remembered, and nothing else is wrong
    },
  }
}

/** Outside of the repository: whoever hands one over must not say of it what needs no look. */
function defaultFolder(gitDir: string): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const own = { win32: LOCALAPPDATA, darwin: join(homedir(), 'Library/Caches') }[process.platform as string]
  const name = createHash('sha256').update(gitDir).digest('hex').slice(0, 16)
  return join(XDG_CACHE_HOME || own || join(homedir(), '.cache'), 'unleak', name)
}

function readState(path: string): AuditState | undefined {
  try {
    return parseState(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Ids, then for each missing one itself and what names it. */
function writeList({ ids, missing }: KnownObjects, hashBytes: number): Uint8Array {
  const content = new Uint8Array(ids.length + missing.size * 2 * hashBytes)
  content.set(ids)
  let at = ids.length
  for (const id of [...missing].flat()) {
    content.set(Buffer.from(id, 'hex'), at)
    at += hashBytes
  }
  return content
}

function describeList(content: Uint8Array, missing: number, hashBytes: number): AuditState['ids'] {
  return { digest: digestOf(content), objects: content.length / hashBytes - 2 * missing, missing }
}

function readList(path: string, said: AuditState['ids'], hashBytes: number): KnownObjects | undefined {
  try {
    const content = readFileSync(path)
    const size = (said.objects + 2 * said.missing) * hashBytes
    if (content.length !== size || digestOf(content) !== said.digest) return undefined
    const end = said.objects * hashBytes
    const missing: MissingIds = new Map()
    for (let at = end; at < content.length; at += 2 * hashBytes) {
      const [id, from] = [at, at + hashBytes].map((start) =>
        content.toString('hex', start, start + hashBytes),
      )
      missing.set(id!, from!)
    }
    return { ids: content.subarray(0, end), missing }
  } catch {
    return undefined
  }
}

/** Beside the file and renamed: nobody reads half of it. */
function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, content, { mode: 0o600 })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function removeOld(folder: string): void {
  const states = readdirSync(folder).filter((name) => /^[0-9a-f]{16}\.json$/.test(name))
  const byAge = states.map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
  for (const { name } of byAge.sort((a, b) => b.time - a.time).slice(KEPT_STATES)) {
    rmSync(join(folder, name), { force: true })
    rmSync(join(folder, name.replace(/json$/, 'ids')), { force: true })
  }
}
