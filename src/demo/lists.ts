// Lists in pages, as the API gives them.

/** Values of a query parameter, written with or without brackets. */
export function listOf(query: URLSearchParams, name: string): readonly string[] {
  return [...query.getAll(name), ...query.getAll(`${name}[]`)]
}

/** The page of a list after the item that `after` names; 20 items unless `limit` says otherwise. */
export function page<T extends { readonly id: string }>(
  all: readonly T[],
  query: URLSearchParams,
  show: (item: T) => object = (item) => item,
): object {
  const limit = Number(query.get('limit') ?? 20)
  const after = query.get('after')
  const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1
  const items = all.slice(from, from + limit)
  return {
    object: 'list',
    data: items.map(show),
    first_id: items[0]?.id ?? null,
    last_id: items.at(-1)?.id ?? null,
    has_more: from + items.length < all.length,
  }
}
