// Files: a working tree of 20 MB, and one line of 100 MB.
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { longLine, project } from './material.mjs'
import { alternate, command, node, peakMemory, ratios, spread } from './measure.mjs'
import { BIN, FOLDER, repository } from './scratch.mjs'

export function measureTree({ runs }) {
  const files = [...project(1_900, 9_600, 33)]
  const folder = repository('tree', files)
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
  const [bare, scan] = alternate(
    [command(node('-e', '0')), command(node(BIN, 'scan', '.'), { cwd: folder })],
    runs,
  )
  return [
    {
      what: `working tree, ${Math.round(bytes / 1e6)} MB in ${files.length.toLocaleString('en')} files`,
      unit: '× node -e 0',
      bar: 4,
      aim: 2,
      ...ratios(scan, bare),
      ms: [scan, bare],
    },
  ]
}

const READ = (file) => `require('node:fs').readFileSync(${JSON.stringify(file)}).indexOf('no such words')`

export function measureLine({ runs }) {
  const file = join(FOLDER, 'line.js')
  writeFileSync(file, longLine(100_000_000, 3))
  const [reading, scan] = alternate(
    [command(node('-e', READ(file))), command(node(BIN, 'scan', file), { cwd: FOLDER })],
    Math.min(runs, 7),
  )
  const peak = peakMemory([BIN, 'scan', file], { cwd: FOLDER, folder: FOLDER })
  const times = peak === undefined ? undefined : peak / statSync(file).size
  const what = 'one line of 100 MB'
  return [
    {
      what: `${what}: seconds`,
      unit: 's',
      bar: 2,
      aim: 1,
      ...spread(scan.map((ms) => ms / 1e3)),
      ms: [scan],
    },
    {
      what: `${what}: against reading it and one indexOf`,
      unit: '× reading',
      ...ratios(scan, reading),
      ms: [scan, reading],
    },
    {
      what: `${what}: peak memory${times === undefined ? ' (n/a: only Linux tells it)' : ''}`,
      unit: '× the file',
      bar: 5,
      median: times,
      min: times,
      max: times,
      ms: [],
    },
  ]
}
