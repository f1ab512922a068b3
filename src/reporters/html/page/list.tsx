// The findings, a page at a time; on paper all that are chosen.
import { type Filter, NO_FILTER } from './filter.ts'
import { FindingCard } from './finding.tsx'
import type { Row } from './model.ts'
import type { Ticks } from './ticks.ts'
import { useEffect, useRef, useState } from './view.ts'
import { number } from './words.ts'

const PAGE = 50
/** A printer is not asked for more. */
const MOST_PRINTED = 1000

/** A finding that the time line asked for: a new one each time. */
export interface Asked {
  readonly id: string
}

interface Props {
  readonly rows: readonly Row[]
  readonly ticks: Ticks
  readonly onTick: (row: Row, steps: readonly string[], done: boolean) => void
  /** Each is open from the start. */
  readonly isFew: boolean
  readonly asked: Asked | undefined
  readonly setAsked: (asked: Asked | undefined) => void
  readonly setFilter: (filter: Filter) => void
}

export function List({ rows, ticks, onTick, isFew, asked, setAsked, setFilter }: Props) {
  const [page, setPage] = useState(0)
  const isPrinting = usePrinting()
  const top = useRef<HTMLHeadingElement>(null)
  useEffect(() => setPage(0), [rows])
  useEffect(() => {
    const at = rows.findIndex(({ finding }) => finding.id === asked?.id)
    if (at >= 0) setPage(Math.floor(at / PAGE))
  }, [asked])
  const pages = Math.ceil(rows.length / PAGE)
  const shown = isPrinting ? rows.slice(0, MOST_PRINTED) : rows.slice(page * PAGE, (page + 1) * PAGE)
  const go = (to: number) => {
    setPage(to)
    setAsked(undefined)
    top.current?.focus()
  }
  return (
    <section class="list" id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title" ref={top} tabIndex={-1}>
        Findings
      </h2>
      {rows.length === 0 && (
        <p class="card nothing">
          Nothing is left under these filters.{' '}
          <button type="button" class="plain" onClick={() => setFilter(NO_FILTER)}>
            Show all
          </button>
        </p>
      )}
      {shown.map((row) => (
        <FindingCard
          key={row.finding.id}
          row={row}
          done={ticks.get(row.finding.id)}
          onTick={onTick}
          asked={asked?.id === row.finding.id ? asked : undefined}
          isFew={isFew}
          isPrinting={isPrinting}
        />
      ))}
      {pages > 1 && !isPrinting && <Pager page={page} pages={pages} go={go} />}
    </section>
  )
}

function Pager({ page, pages, go }: { page: number; pages: number; go: (to: number) => void }) {
  return (
    <nav class="pager" aria-label="Pages of findings">
      <button type="button" disabled={page === 0} onClick={() => go(page - 1)}>
        Previous
      </button>
      <span>
        Page {number(page + 1)} of {number(pages)}
      </span>
      <button type="button" disabled={page === pages - 1} onClick={() => go(page + 1)}>
        Next
      </button>
    </nav>
  )
}

function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    const on = () => setPrinting(true)
    const off = () => setPrinting(false)
    window.addEventListener('beforeprint', on)
    window.addEventListener('afterprint', off)
    return () => {
      window.removeEventListener('beforeprint', on)
      window.removeEventListener('afterprint', off)
    }
  }, [])
  return isPrinting
}
