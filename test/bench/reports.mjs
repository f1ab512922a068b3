// Reports of 10,000 findings: how long `unleak report` takes for each format, how large it gets, and with what memory.
import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manyFindings } from './many-findings.mjs'
import { alternate, command, node, peakMemory, spread } from './measure.mjs'
import { BIN, FOLDER } from './scratch.mjs'

const COUNT = 10_000

/** Those that the built product names: a new one is measured too. */
function formats() {
  const { stderr } = spawnSync(process.execPath, [BIN, 'scan', '--format', '?'], { encoding: 'utf8' })
  const named = /is not one of (.+)\./.exec(stderr)?.[1]
  if (named === undefined) throw new Error(`no formats are named: ${stderr}`)
  return named.split(', ')
}

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
  const all = formats()
  const samples = alternate(
    all.map((format) => command(node(...argsOf(format)), { cwd: folder })),
    runs,
  )
  return all.map((format, i) => ({
    format,
    ...spread(samples[i]),
    bytes: statSync(join(folder, format)).size,
    peak: peakMemory(argsOf(format), { cwd: folder, folder, status: 0 }),
  }))
}
