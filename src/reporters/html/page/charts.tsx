// Where the secrets sit: folders, people, providers; and for how long. Each bar is a filter.
import { countBy, type Facet, type Filter, toggle } from './filter.ts'
import { type Row, WINDOWS } from './model.ts'
import { useMemo, useState } from './view.ts'
import { number } from './words.ts'

interface Props {
  readonly rows: readonly Row[]
  readonly filter: Filter
  readonly setFilter: (filter: Filter) => void
}

const FEW = 6
const MOST = 40

export function Charts(props: Props) {
  return (
    <section class="charts" aria-label="Where they are">
      <Bars {...props} facet="folder" title="Folders" />
      <Bars {...props} facet="author" title="People who brought them" />
      <Bars {...props} facet="provider" title="Providers" />
      <Bars
        {...props}
        facet="window"
        title="Exposure: how long in the history"
        order={WINDOWS.map(([label]) => label)}
      />
    </section>
  )
}

function Bars(props: Props & { facet: Facet; title: string; order?: readonly string[] }) {
  const { rows, facet, title, filter, setFilter, order } = props
  const [isWhole, setWhole] = useState(false)
  const counts = useMemo(() => {
    const all = countBy(rows, facet)
    return order ? all.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])) : all
  }, [rows, facet])
  if (counts.length === 0) return null
  const most = Math.max(...counts.map(([, n]) => n))
  const shown = counts.slice(0, isWhole ? MOST : FEW)
  return (
    <div class="card">
      <h2>{title}</h2>
      <ul class="bars">
        {shown.map(([value, n]) => (
          <li key={value}>
            <button
              type="button"
              aria-pressed={filter[facet] === value}
              onClick={() => setFilter(toggle(filter, facet, value))}
              title={value}
            >
              <span class="name">{value}</span>
              <span class="n">{number(n)}</span>
              <i style={{ width: `${(100 * n) / most}%` }} />
            </button>
          </li>
        ))}
      </ul>
      {counts.length > FEW && (
        <button type="button" class="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Fewer' : `${number(Math.min(MOST, counts.length) - FEW)} more`}
        </button>
      )}
    </div>
  )
}
