// npm run bench: measures the bars and prints them as ratios to references of the same run. A timing is never a test.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const USAGE = `npm run bench -- [--runs N] [--only hook,agent,large,tree,line,audit,reports,parts,rules] [--repo DIR] [--corpus DIR] [--corpus-mb N] [--save]

  --runs N       rounds of each measurement (default 15)
  --only LIST    some of the measurements
  --repo DIR     a repository with a long history, for the audit; it stays as it is
  --corpus DIR   text for the cost of each rule (default: node_modules)
  --corpus-mb N  how much of it (default 48)
  --save         also writes test/bench/runs/<date>.md
`

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '15' },
    only: { type: 'string', default: 'hook,agent,large,tree,line,audit,reports,parts,rules' },
    repo: { type: 'string' },
    corpus: { type: 'string' },
    'corpus-mb': { type: 'string', default: '48' },
    save: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const lines = []
const print = (line = '') => {
  lines.push(line)
  console.log(line)
}

const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
const shown = (value) => (value === undefined ? '' : short(value))
const range = ({ min, max }) => (min === undefined ? '' : `${short(min)}..${short(max)}`)
const cells = (...values) => `| ${values.join(' | ')} |`

function verdict({ median, bar, aim, more }) {
  if (median === undefined || bar === undefined) return ''
  const reaches = (mark) => (more ? median >= mark : median <= mark)
  return reaches(aim) ? 'aim' : reaches(bar) ? 'bar' : '**missed**'
}

function printBars(rows, median) {
  for (const row of rows) {
    const ms = row.ms.map((samples) => `${short(median(samples))} ms`).join(' / ')
    const marks = [row.bar ?? '', row.aim ?? '']
    print(
      cells(row.what, row.unit, ...marks, shown(row.median), range(row), shown(row.cpu), verdict(row), ms),
    )
  }
}

function printParts(parts) {
  print()
  print('## Where a small commit spends its time')
  print()
  print(cells('part', 'share', 'median ms', 'min..max', 'CPU ms', 'CPU share'))
  print(cells('---', '---:', '---:', '---:', '---:', '---:'))
  const percent = (share) => (Number.isNaN(share) ? '' : `${(share * 100).toFixed(0)} %`)
  for (const { part, share, cpu, cpuShare, ...ms } of parts) {
    print(cells(part, percent(share), short(ms.median), range(ms), short(cpu), percent(cpuShare)))
  }
}

function printRules({ rules, bytes, keywords, scanMs, prefilterMs }) {
  const share = (ms) => `${((ms / scanMs) * 100).toFixed(1)} %`
  const sum = rules.reduce((total, rule) => total + rule.ms, 0)
  print()
  print(`## What each rule costs over ${(bytes / 1e6).toFixed(0)} MB of text`)
  print()
  print(
    `${rules.length} rules, ${keywords} keywords. The whole scan: ${short(scanMs)} ms (${short(bytes / 1e3 / scanMs)} MB/s); ` +
      `the prefilter ${share(prefilterMs)}, all rules one by one ${share(sum)}, the rest is decoders and overlaps.`,
  )
  print()
  print(cells('rule', 'share of the scan', 'ms', 'hits', 'matches'))
  print(cells('---', '---:', '---:', '---:', '---:'))
  for (const rule of rules.toSorted((a, b) => b.ms - a.ms).slice(0, 10)) {
    print(cells(rule.id, share(rule.ms), short(rule.ms), rule.hits, rule.matches))
  }
}

function printReports(rows) {
  print()
  print('## Reports of 10,000 findings')
  print()
  print(cells('format', 'median ms', 'min..max', 'MB', 'peak memory MB'))
  print(cells('---', '---:', '---:', '---:', '---:'))
  for (const { format, bytes, peak, ...ms } of rows)
    print(cells(format, short(ms.median), range(ms), short(bytes / 1e6), peak ? short(peak / 1e6) : ''))
}

async function measure(runs, only) {
  const { measureAgent, measureLarge, measureParts, measureSmall, sizes } = await import('./hook.mjs')
  const { measureLine, measureTree } = await import('./tree.mjs')
  const { measureAudit } = await import('./audit.mjs')
  const { median } = await import('./measure.mjs')
  const { ROOT } = await import('./scratch.mjs')
  const bars = {
    hook: measureSmall,
    agent: measureAgent,
    large: measureLarge,
    tree: measureTree,
    line: measureLine,
    audit: measureAudit,
  }
  const { bundle, rules } = sizes()
  print(`Bundle ${short(bundle / 1e3)} kB, rules.jsonl ${short(rules / 1e3)} kB.`)
  print()
  print(
    cells('what', 'in', 'bar', 'aim', 'median', 'min..max', 'CPU', 'reached', 'medians: subject / reference'),
  )
  print(cells('---', '---', '---:', '---:', '---:', '---:', '---:', '---', '---'))
  for (const [name, work] of Object.entries(bars))
    if (only.includes(name)) printBars(work({ runs, repo: values.repo }), median)
  if (only.includes('reports')) {
    const { measureReports } = await import('./reports.mjs')
    printReports(measureReports({ runs }))
  }
  if (only.includes('parts')) printParts(measureParts({ runs }))
  if (!only.includes('rules')) return
  const { measureRules, readCorpus } = await import('./rules.mjs')
  const files = readCorpus(values.corpus ?? join(ROOT, 'node_modules'), Number(values['corpus-mb']) * 1e6)
  printRules(await measureRules(files, { runs }))
}

function head(runs) {
  const load = loadavg()[0] ?? 0
  const cores = availableParallelism()
  const busy = load > cores / 4 ? `busy: load ${load.toFixed(1)} before the first measurement` : 'idle'
  print(`# unleak's speed, ${new Date().toISOString().slice(0, 10)}`)
  print()
  print(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${cores} cores, machine ${busy}. ${runs} rounds.`,
  )
  if (process.env.NODE_EXTRA_CA_CERTS)
    print(
      'NODE_EXTRA_CA_CERTS is set: Node 20 reads certificates at each start, and ratios to it look better.',
    )
}

async function main() {
  const runs = Number(values.runs)
  if (values.help || !Number.isInteger(runs) || runs < 1) {
    console.log(USAGE)
    return
  }
  const root = new URL('../../', import.meta.url)
  if (!existsSync(new URL('dist/cli.cjs', root))) {
    console.log('There is no dist/: run `npm run build` first.')
    return
  }
  head(runs)
  await measure(runs, values.only.split(','))
  if (!values.save) return
  const folder = new URL('test/bench/runs/', root)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${new Date().toISOString().slice(0, 10)}.md`, folder), `${lines.join('\n')}\n`)
}

await main()
