// Search, choices and their order; what is chosen can be taken back one by one.
import {
  countBy,
  FACETS,
  type Facet,
  type Filter,
  NO_FILTER,
  ORDERS,
  type Order,
  type Switch,
  toggle,
} from './filter.ts'
import type { Row } from './model.ts'
import { useMemo } from './view.ts'
import { count, number, STATE_WORDS } from './words.ts'

interface Props {
  readonly rows: readonly Row[]
  readonly shown: number
  readonly filter: Filter
  readonly setFilter: (filter: Filter) => void
}

const SELECTS: readonly (readonly [facet: Facet, label: string, all: string])[] = [
  ['severity', 'Severity', 'Any severity'],
  ['state', 'Alive or dead', 'Alive or dead'],
  ['provider', 'Provider', 'Any provider'],
]
const ORDER_WORDS: Readonly<Record<Order, string>> = {
  severity: 'Most severe first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  longest: 'Longest exposed first',
}
const SWITCH_WORDS: Readonly<Record<Exclude<Switch, 'open'>, string>> = {
  atHead: 'In the newest commit',
  published: 'Published',
}

export function Filters({ rows, shown, filter, setFilter }: Props) {
  return (
    <search class="filters" aria-label="Findings">
      <label class="find">
        <span class="hidden">Search</span>
        <input
          id="search"
          type="search"
          placeholder="Search: file, name, author, rule, id   ( / )"
          value={filter.search}
          onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
        />
      </label>
      {SELECTS.map(([facet, label, all]) => (
        <Choice key={facet} {...{ rows, facet, label, all, filter, setFilter }} />
      ))}
      <label>
        <span class="hidden">Order</span>
        <select
          id="order"
          value={filter.order}
          onChange={(event) => setFilter({ ...filter, order: event.currentTarget.value as Order })}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {ORDER_WORDS[order]}
            </option>
          ))}
        </select>
      </label>
      <Chosen filter={filter} setFilter={setFilter} shown={shown} all={rows.length} />
    </search>
  )
}

function withSwitch(filter: Filter, name: Switch, isOn: boolean): Filter {
  const { [name]: _, ...rest } = filter
  return isOn ? { ...filter, [name]: true } : (rest as Filter)
}

function Choice(props: Omit<Props, 'shown'> & { facet: Facet; label: string; all: string }) {
  const { rows, facet, label, all, filter, setFilter } = props
  const values = useMemo(() => countBy(rows, facet), [rows, facet])
  const choose = (value: string) => {
    const { [facet]: _, ...rest } = filter
    setFilter(value === '' ? (rest as Filter) : { ...filter, [facet]: value })
  }
  return (
    <label>
      <span class="hidden">{label}</span>
      <select
        id={`by-${facet}`}
        value={filter[facet] ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{all}</option>
        {values.map(([value, n]) => (
          <option key={value} value={value}>
            {facetWord(facet, value)} ({number(n)})
          </option>
        ))}
      </select>
    </label>
  )
}

function facetWord(facet: Facet, value: string): string {
  return facet === 'state' ? STATE_WORDS[value as keyof typeof STATE_WORDS] : value
}

function Chosen({ filter, setFilter, shown, all }: Omit<Props, 'rows'> & { all: number }) {
  const facets = FACETS.filter((facet) => filter[facet] !== undefined)
  const switches = (['atHead', 'published'] as const).filter((name) => filter[name])
  const isAny = facets.length + switches.length > 0 || filter.open === true || filter.search !== ''
  return (
    <div class="chosen">
      <label class="check">
        <input
          id="open-only"
          type="checkbox"
          checked={filter.open === true}
          onChange={(event) => setFilter(withSwitch(filter, 'open', event.currentTarget.checked))}
        />
        Not done yet
      </label>
      <p role="status" id="shown">
        {shown === all ? `All ${count(all, 'secret')}` : `${number(shown)} of ${count(all, 'secret')}`}
      </p>
      {facets.map((facet) => (
        <button
          key={facet}
          type="button"
          class="tag"
          onClick={() => setFilter(toggle(filter, facet, filter[facet]!))}
        >
          {facetWord(facet, filter[facet]!)} <span aria-hidden="true">×</span>
          <span class="hidden">: take this filter away</span>
        </button>
      ))}
      {switches.map((name) => (
        <button
          key={name}
          type="button"
          class="tag"
          onClick={() => setFilter(withSwitch(filter, name, false))}
        >
          {SWITCH_WORDS[name]} <span aria-hidden="true">×</span>
          <span class="hidden">: take this filter away</span>
        </button>
      ))}
      {isAny && (
        <button type="button" class="plain" onClick={() => setFilter({ ...NO_FILTER, order: filter.order })}>
          Show all
        </button>
      )}
    </div>
  )
}
