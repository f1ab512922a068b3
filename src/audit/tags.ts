// Tags whose messages hold a secret: their names, who made them, and the refs that keep them.
import { readObjects } from '../git/cat-file.ts'
import { refsAt } from '../git/revisions.ts'
import type { Place } from '../model/index.ts'
import type { FoundSecret } from './examine.ts'

export interface TagHeader {
  readonly id: string
  /** The name that stands in the tag itself. */
  readonly place: Pick<Place, 'tag' | 'author' | 'date'>
}

/** By id. A tag that can't be read is left out. */
export async function readTags(
  secrets: readonly FoundSecret[],
  gitDir: string,
): Promise<Map<string, TagHeader>> {
  const ids = new Set(secrets.flatMap(({ place }) => (place.kind === 'tag' ? (place.tag ?? []) : [])))
  const tags = new Map<string, TagHeader>()
  for await (const object of readObjects([...ids], gitDir)) {
    if (!('bytes' in object)) continue
    const text = object.bytes.toString('utf8')
    const head = text.slice(0, text.indexOf('\n\n'))
    const tag = /^tag (.+)$/m.exec(head)?.[1] ?? object.oid
    const [, author, seconds = '0'] = /^tagger (.*) (\d{1,11}) [+-]\d{4}$/m.exec(head) ?? []
    const date = `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z`
    tags.set(object.oid, { id: object.oid, place: author === undefined ? { tag } : { tag, author, date } })
  }
  return tags
}

/** Refs that point at the tags of these places. */
export async function refsOfTags(
  places: readonly Place[],
  tags: ReadonlyMap<string, TagHeader>,
  gitDir: string,
): Promise<string[]> {
  const names = new Set(places.flatMap(({ kind, tag }) => (kind === 'tag' ? (tag ?? []) : [])))
  const ids = [...tags.values()].filter(({ place }) => names.has(place.tag ?? '')).map(({ id }) => id)
  return ids.length === 0 ? [] : await refsAt(ids, gitDir)
}
