// Lists that come in pages, read to their end; a server that never ends is not believed.
import { ApiError } from './api-error.ts'
import type { Query, Transport } from './transport.ts'

const PAGE_SIZE = 100
const MAX_PAGES = 1000

interface ListPage<T> {
  readonly data: readonly T[]
  readonly has_more?: boolean
  readonly last_id?: string | null
}

/** Every item of a list that goes on by the last item's id. */
export async function* items<T extends { readonly id: string }>(
  { get }: Transport,
  path: string,
  query: Query = {},
): AsyncGenerator<T> {
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const call = { method: 'GET', path, query: { limit: PAGE_SIZE, ...query, after } } as const
    const list = await get<ListPage<T>>(call, 'list')
    if (!Array.isArray(list.data)) throw endless(path, 'a page without items')
    yield* list.data
    if (!list.has_more) return
    const last = list.last_id ?? list.data.at(-1)?.id
    if (last === undefined || last === null || last === after)
      throw endless(path, 'a page that leads nowhere')
    after = last
  }
  throw endless(path, `more than ${MAX_PAGES} pages`)
}

interface BucketPage<T> {
  readonly data: readonly T[]
  readonly has_more?: boolean
  readonly next_page?: string | null
}

/** Every bucket of costs or usage; these go on by a page's name. */
export async function* buckets<T>({ get }: Transport, path: string, query: Query): AsyncGenerator<T> {
  let page: string | undefined
  for (let number = 0; number < MAX_PAGES; number++) {
    const answer = await get<BucketPage<T>>({ method: 'GET', path, query: { ...query, page } }, 'page')
    if (!Array.isArray(answer.data)) throw endless(path, 'a page without buckets')
    yield* answer.data
    if (!answer.has_more) return
    if (!answer.next_page || answer.next_page === page) throw endless(path, 'a page that leads nowhere')
    page = answer.next_page
  }
  throw endless(path, `more than ${MAX_PAGES} pages`)
}

function endless(path: string, what: string): ApiError {
  return new ApiError('garbage', `GET ${path}: ${what}; the list is not whole`)
}

/** All of it, when the whole is needed at once. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of list) all.push(item)
  return all
}
