// A report's secrets again, from where they stand: reports don't hold them.
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { createEngine, createFastPrefilter, type Engine } from './engine/index.ts'
import { bytesOf, readObjects } from './git/cat-file.ts'
import { judgeMatches } from './judge-matches.ts'
import { type Place, type Ruleset, type Secret, wholeChunk } from './model/index.ts'

const MOST_BYTES = 64 << 20

/** What a report says of a finding. */
export interface Pointer {
  readonly id: string
  readonly places: readonly Place[]
}

export interface Reopened {
  readonly secret: Secret
  /** The text it was found in, as latin1, for what stands near it. */
  readonly text: string
}

/** Reads secrets again by their findings' ids: what is found must have the very same id. */
export function createReopener(rules: Ruleset, folders: readonly string[]) {
  const engine = createEngine(rules, createFastPrefilter)
  return async ({ id, places }: Pointer): Promise<Reopened | undefined> => {
    for (const place of places) {
      const bytes = await bytesAt(place, folders)
      const secret = bytes && findIn(engine, bytes, place, id)
      if (secret) return { secret, text: Buffer.from(bytes).toString('latin1') }
    }
    return undefined
  }
}

function findIn(engine: Engine, bytes: Uint8Array, place: Place, id: string): Secret | undefined {
  const { path } = place
  const chunk = wholeChunk(bytes, path === undefined ? { kind: 'stdin' } : { kind: 'file', path })
  const sightings = judgeMatches(engine.match(chunk).matches, chunk, new Map())
  return sightings.find(({ rule, secret }) => secret.id(rule.id) === id)?.secret
}

/** The file as it is now, else the git object that the place names. */
async function bytesAt(place: Place, folders: readonly string[]): Promise<Uint8Array | undefined> {
  const { path, blob, commit } = place
  const isMessage = place.kind === 'message' || place.kind === 'tag'
  if (path !== undefined && (place.kind === 'file' || place.kind === 'staged')) {
    for (const folder of folders) {
      const bytes = readFile(resolve(folder, path))
      if (bytes) return bytes
    }
  }
  const object = blob ?? (isMessage ? commit : undefined)
  return object === undefined ? undefined : await readObject(object, folders[0] ?? '.')
}

function readFile(file: string): Uint8Array | undefined {
  try {
    const { size } = statSync(file)
    return size <= MOST_BYTES ? readFileSync(file) : undefined
  } catch {
    return undefined
  }
}

async function readObject(oid: string, cwd: string): Promise<Uint8Array | undefined> {
  if (!/^[0-9a-f]{40,64}$/.test(oid)) return undefined
  for await (const object of readObjects([oid], cwd))
    return 'size' in object && object.size <= MOST_BYTES ? await bytesOf(object) : undefined
  return undefined
}
