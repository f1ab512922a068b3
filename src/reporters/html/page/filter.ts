// Which findings are shown, and in which order.
import { type Row, SEVERITIES } from './model.ts'

export const FACETS = ['severity', 'state', 'provider', 'folder', 'author', 'window'] as const
export type Facet = (typeof FACETS)[number]
export const SWITCHES = ['atHead', 'published', 'open'] as const
export type Switch = (typeof SWITCHES)[number]
export const ORDERS = ['severity', 'newest', 'oldest', 'longest'] as const
export type Order = (typeof ORDERS)[number]

export interface Filter
  extends Partial<Readonly<Record<Facet, string>>>,
    Partial<Readonly<Record<Switch, true>>> {
  readonly search: string
  readonly order: Order
}

export const NO_FILTER: Filter = { search: '', order: 'severity' }

const VALUES: Readonly<Record<Facet, (row: Row) => readonly (string | undefined)[]>> = {
  severity: ({ finding }) => [finding.severity],
  state: ({ state }) => [state],
  provider: ({ finding }) => [finding.provider],
  folder: ({ folders }) => folders,
  author: ({ authors }) => authors,
  window: ({ window }) => [window],
}

/** The values that a finding has in a facet. */
export function valuesOf(facet: Facet, row: Row): readonly (string | undefined)[] {
  return VALUES[facet](row)
}

/** Every word of the search has to be in the finding. `isDone` says that all its steps are ticked. */
export function applyFilter(rows: readonly Row[], filter: Filter, isDone: (row: Row) => boolean): Row[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  const facets = FACETS.filter((facet) => filter[facet] !== undefined)
  const kept = rows.filter(
    (row) =>
      (!filter.atHead || row.isAtHead === true) &&
      (!filter.published || row.isPublished) &&
      (!filter.open || !isDone(row)) &&
      facets.every((facet) => VALUES[facet](row).includes(filter[facet])) &&
      words.every((word) => row.text.includes(word)),
  )
  return filter.order === 'severity' ? kept : kept.sort(COMPARE[filter.order])
}

const COMPARE: Readonly<Record<Exclude<Order, 'severity'>, (a: Row, b: Row) => number>> = {
  newest: (a, b) => (b.introduced ?? 0) - (a.introduced ?? 0),
  oldest: (a, b) => (a.introduced ?? Number.MAX_VALUE) - (b.introduced ?? Number.MAX_VALUE),
  longest: (a, b) => (b.days ?? -1) - (a.days ?? -1),
}

/** Sets a facet, or takes it back when it is set to that already. */
export function toggle(filter: Filter, facet: Facet, value: string): Filter {
  const { [facet]: old, ...rest } = filter
  return old === value ? (rest as Filter) : { ...filter, [facet]: value }
}

/** How many findings have each value of a facet, most first; severities in their own order. */
export function countBy(rows: readonly Row[], facet: Facet): [value: string, count: number][] {
  const counts = new Map<string, number>()
  for (const row of rows)
    for (const value of VALUES[facet](row))
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  const order = (value: string) => SEVERITIES.indexOf(value as never)
  return [...counts].sort((a, b) =>
    facet === 'severity' ? order(a[0]) - order(b[0]) : b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  )
}
