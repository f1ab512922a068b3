// Reports of 10,000 findings: how long `unleak report` takes for each format, how large it gets, and with what memory.
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manyFindings } from './many-findings.mjs'
import { alternate, command, node, peakMemory, spread } from './measure.mjs'
import { BIN, FOLDER } from './scratch.mjs'

const COUNT = 10_000
const FORMATS = [
  'text',
  'json',
  'jsonl',
  'sarif',
  'junit',
  'gitlab',
  'codequality',
  'github',
  'csv',
  'markdown',
  'html',
]

/** One row for each format: milliseconds of the whole process, bytes of the report, peak memory. */
export function measureReports({ runs }) {
  const folder = join(FOLDER, 'reports')
  mkdirSync(folder)
  const saved = join(folder, 'report.json')
  writeFileSync(saved, JSON.stringify(manyFindings(COUNT)))
  const argsOf = (format) => [
    BIN,
    'report',
    saved,
    '--quiet',
    '--format',
    `${format}=${join(folder, format)}`,
  ]
  const samples = alternate(
    FORMATS.map((format) => command(node(...argsOf(format)), { cwd: folder })),
    runs,
  )
  return FORMATS.map((format, i) => ({
    format,
    ...spread(samples[i]),
    bytes: statSync(join(folder, format)).size,
    peak: peakMemory(argsOf(format), { cwd: folder, folder, status: 0 }),
  }))
}
