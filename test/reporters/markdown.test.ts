// The Markdown summary: a table that stays a table, text that stays text, and never a secret.
import { expect, it } from 'vitest'
import type { Place, Report } from '../../src/model/index.ts'
import { REPORTERS, type ReporterOptions } from '../../src/reporters/index.ts'
import {
  canonicalFindings,
  makeReport,
  openaiFinding,
  PLAIN,
  PROBLEMS,
  stagedPlace,
  VALUES,
} from '../helpers/report.ts'

// What a terminal would get changes nothing here.
const OPTIONS: ReporterOptions = { ...PLAIN, color: true, hyperlinks: true }
const print = (report: Report, options: Partial<ReporterOptions> = {}) =>
  [...REPORTERS.markdown(report, { ...OPTIONS, ...options })].join('')

const rows = (text: string) => text.split('\n').filter((line) => line.startsWith('| **'))
/** Cells as GitHub's tables have them: a pipe counts unless a backslash stands before it. */
const cells = (line: string) => line.split(/(?<!\\)\|/).slice(1, -1)

const RANGE = {
  command: 'ci',
  target: '1a2b..9f8e (GitHub Actions, pull request 7)',
  counts: { commits: 3, objects: 9, blobs: 6, files: 0, bytes: 1234 },
}

it('a summary of findings', () => {
  const text = print(makeReport(canonicalFindings(), RANGE))
  expect(text).toContain('## unleak: 4 secrets (2 critical, 1 high, 1 medium)\n')
  expect(text).toContain('Scanned: 3 commits, 6 blobs, 1.2 kB. Everything was scanned.')
  expect(text).toContain('Range: `1a2b..9f8e (GitHub Actions, pull request 7)`')
  expect(rows(text)).toHaveLength(4)
  for (const row of rows(text)) expect(cells(row)).toHaveLength(5)
  expect(text).toContain('### OpenAI, 2 secrets: treat as leaked\n\n1. **Revoke**')
  for (const value of Object.values(VALUES)) expect(text).not.toContain(value.slice(12, 40))
})

it('nothing found, nothing to scan, and a part not scanned', () => {
  expect(print(makeReport([], RANGE))).toBe(
    '## unleak: no secrets\n\n3 commits, 6 blobs, 1.2 kB: no secrets.\n\nRange: `1a2b..9f8e (GitHub Actions, pull request 7)`\n',
  )
  const none = { ...RANGE, counts: { commits: 0, objects: 0, blobs: 0, files: 0, bytes: 0 } }
  expect(print(makeReport([], none))).toContain('## unleak: nothing to scan\n\n0 commits, nothing to scan')
  const partial = print(makeReport([], { ...RANGE, problems: PROBLEMS }))
  expect(partial).toContain('## unleak: not everything was scanned')
  expect(partial).toContain('### Not scanned\n\n- 1 object is missing')
  expect(partial).toContain('- Note: 1 submodule was not entered')
})

it.each([
  'a|b.ts',
  'a`b``c.ts',
  '``',
  '<img src=x>.ts',
  '[a](javascript:x)',
  '@everyone',
  'a\n| **x** |',
  '\\',
  '\\|',
  '![x](y)',
])('the path %j breaks nothing', (path) => {
  const place: Place = {
    ...stagedPlace(path, 1, 1),
    commit: 'c'.repeat(40),
    author: path,
    date: '2026-01-31T10:00:00Z',
  }
  const text = print(makeReport([openaiFinding({ places: [place] })], { ...RANGE, target: path }))
  const [row = '', ...rest] = rows(text)
  expect(rest).toEqual([])
  expect(cells(row)).toHaveLength(5)
  const outside = text
    .replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '')
    .replaceAll('<br>', '')
    .replace(/<https:\S+>/g, '')
  expect(outside).not.toMatch(/[<@]|\]\(/)
})

it('--reveal shows the secret, many findings are cut, many places counted', () => {
  expect(print(makeReport([openaiFinding()]), { reveal: true })).toContain(VALUES.project)
  const many = Array.from({ length: 205 }, () => openaiFinding())
  const text = print(makeReport(many))
  expect(rows(text)).toHaveLength(200)
  expect(text).toContain('And 5 more.')
  const places = Array.from({ length: 9 }, (_, i) => stagedPlace('a.ts', i + 1, 1))
  expect(print(makeReport([openaiFinding({ places })]))).toContain('and 4 more')
})
