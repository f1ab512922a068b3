// The JSON reporter against its schema, and what it does with secrets and hostile text.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/index.ts'
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

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../src/reporters/report.schema.json', import.meta.url), 'utf8'),
)
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA)

const print = (report: Report, options: Partial<ReporterOptions> = {}) =>
  [...REPORTERS.json(report, { ...PLAIN, ...options })].join('')

const FULL = makeReport(
  [
    ...canonicalFindings(),
    openaiFinding({
      places: [
        {
          ...stagedPlace('a', 1, 1),
          kind: 'history',
          commit: 'c'.repeat(40),
          author: 'Ann',
          date: '2026-01-31T10:00:00Z',
        },
        { kind: 'stdin', line: 1, column: 2, endLine: 1, endColumn: 9 },
      ],
      history: {
        introduced: { commit: 'c'.repeat(40), author: 'Ann', date: '2026-01-31T10:00:00Z', path: 'a' },
        removed: { commit: 'd'.repeat(40), author: 'Bob', date: '2026-02-01T10:00:00Z' },
        atHead: false,
        refs: ['refs/heads/main'],
        published: ['origin/main'],
      },
      verdict: { state: 'dead', reason: 'revoked', checkedAt: '2026-11-23T09:31:00Z' },
      response: [
        {
          step: 'revoke',
          text: 'Revoke',
          url: 'https://example.com',
          command: 'unleak respond x',
          files: ['a'],
        },
      ],
    }),
  ],
  { command: 'audit', problems: PROBLEMS, dropped: [{ reason: 'placeholder', count: 8 }] },
)

describe('schema', () => {
  const { history: _, ...withoutHistory } = openaiFinding()
  it.each([
    ['nothing found', makeReport(), {}],
    ['everything a report can hold', FULL, {}],
    ['revealed secrets', FULL, { reveal: true }],
    ['no history', makeReport([withoutHistory]), {}],
  ])('holds: %s', (_title, report, options) => {
    validate(JSON.parse(print(report, options)))
    expect(validate.errors ?? []).toEqual([])
  })

  it.each([
    ['an unknown key', '"tool"', '"more": 1, "tool"'],
    ['an unknown key in a place', '"endLine"', '"offset": 1, "endLine"'],
    ['a missing key', '"state": "partial",', ''],
    ['a line 0', '"line": 12', '"line": 0'],
    ['another schema id', 'unleak-report/1', 'unleak-report/2'],
  ])('refuses %s', (_title, text, other) => {
    const changed = print(FULL).replace(text, other)
    expect(validate(JSON.parse(changed))).toBe(false)
  })
})

describe('text of the report', () => {
  it('is JSON with two spaces of indent and a line break at the end', () => {
    for (const report of [makeReport(), FULL]) {
      const text = print(report)
      expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`)
    }
  })

  it('has its keys in the order of the contract', () => {
    const data = JSON.parse(
      print(
        makeReport([openaiFinding()], {
          dropped: [{ reason: 'entropy', count: 1 }],
          remembered: { objects: 3, since: '2031-01-02T03:04:05.000Z' },
        }),
      ),
    )
    expect(Object.keys(data)).toEqual(['schema', 'tool', 'scan', 'findings'])
    expect(Object.keys(data.scan)).toEqual(Object.keys(SCHEMA.$defs.scan.properties))
    expect(Object.keys(data.findings[0])).toEqual(Object.keys(SCHEMA.$defs.finding.properties))
    expect(data.findings[0].secret).toEqual({ redacted: `sk-proj-…${VALUES.project.slice(-4)}`, length: 164 })
  })

  it('gives the value only with reveal', () => {
    const value = (options: Partial<ReporterOptions>) =>
      JSON.parse(print(FULL, options)).findings[3].secret.value
    expect(value({})).toBeUndefined()
    expect(value({ reveal: true })).toBe(VALUES.pem)
  })

  it('escapes what would steer a terminal, and loses nothing by it', () => {
    const path = 'a\x1b[2J\u009b31m\u202eb\u2028\u{e0041}c\ud800'
    const text = print(makeReport([openaiFinding({ places: [stagedPlace(path, 1, 1)] })]))
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]|\p{Cs}/u)
    expect(JSON.parse(text).findings[0].places[0].path).toBe(path)
  })

  it('masks a secret that stands in a path', () => {
    const places = [stagedPlace(`dumps/${VALUES.project}.txt`, 1, 1)]
    const data = JSON.parse(print(makeReport([openaiFinding({ places })])))
    expect(data.findings[0].places[0].path).toBe(`dumps/sk-proj-…${VALUES.project.slice(-4)}.txt`)
  })
})
