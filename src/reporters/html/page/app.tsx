// The page from top to bottom, and what of it the person has chosen.
import type { PageData } from '../data.ts'
import { Charts } from './charts.tsx'
import { saveFile, todoMarkdown } from './export.ts'
import { Figures } from './figures.tsx'
import { applyFilter, type Filter, NO_FILTER } from './filter.ts'
import { Filters } from './filters.tsx'
import { Footer, Header, PartialBanner } from './header.tsx'
import { type Asked, List } from './list.tsx'
import type { Row } from './model.ts'
import { isDone, readTicks, setTicks } from './ticks.ts'
import { Timeline } from './timeline.tsx'
import { useEffect, useMemo, useState } from './view.ts'

/** So few are told in full at once. */
const FEW = 3

export function App({ data, rows }: { data: PageData; rows: readonly Row[] }) {
  const [filter, setFilter] = useState<Filter>(NO_FILTER)
  const [ticks, setAll] = useState(readTicks)
  const [asked, setAsked] = useState<Asked>()
  // Ticks only count here when they are asked for: a tick must not pull a finding away while one works on it.
  const shown = useMemo(() => applyFilter(rows, filter, (row) => isDone(row, ticks)), [rows, filter])
  const onTick = (row: Row, steps: readonly string[], done: boolean) =>
    setAll((all) => setTicks(all, row.finding.id, steps, done))
  const onExport = () => saveFile('unleak-to-do.md', todoMarkdown(data, shown, ticks))
  useSearchKey()
  return (
    <>
      <a class="skip" href="#findings">
        Skip to the findings
      </a>
      <Header data={data} onExport={onExport} canExport={shown.length > 0} />
      <main>
        {data.scan.state === 'partial' && <PartialBanner data={data} />}
        <Figures data={data} rows={rows} filter={filter} setFilter={setFilter} ticks={ticks} />
        {rows.length > 0 && (
          <>
            <Filters rows={rows} shown={shown.length} filter={filter} setFilter={setFilter} />
            <Timeline rows={shown} now={Date.parse(data.scan.startedAt)} onOpen={(id) => setAsked({ id })} />
            <Charts rows={shown} filter={filter} setFilter={setFilter} />
            <List
              rows={shown}
              ticks={ticks}
              onTick={onTick}
              isFew={rows.length <= FEW}
              asked={asked}
              setAsked={setAsked}
              setFilter={setFilter}
            />
          </>
        )}
      </main>
      <Footer data={data} />
    </>
  )
}

/** `/` goes to the search, as in other places of the web. */
function useSearchKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input,select,textarea')
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      document.getElementById('search')?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
