// Workflow commands: one a line, whatever paths, authors and messages hold, and never a secret.
import { describe, expect, it } from 'vitest'
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
const OPTIONS: ReporterOptions = { ...PLAIN, color: true, hyperlinks: true, reveal: true }
const print = (report: Report, options: Partial<ReporterOptions> = {}) =>
  [...REPORTERS.github(report, { ...OPTIONS, ...options })].join('')

/** As GitHub's runner reads a line. */
function parse(line: string) {
  const [, name, list = '', data = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? []
  const undo = (text: string) =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const properties = list
    .split(',')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), undo(pair.slice(pair.indexOf('=') + 1))])
  return { name, properties: Object.fromEntries(properties) as Record<string, string>, message: undo(data) }
}

const lines = (text: string) => text.split('\n').slice(0, -1)
const history = (changes: Partial<Place>): Place => ({
  ...stagedPlace('a.ts', 3, 5),
  kind: 'history',
  commit: 'c'.repeat(40),
  author: 'Ann <ann@example.org>',
  date: '2026-01-31T10:00:00Z',
  ...changes,
})

it('says where, what, how sure and what to do, on the line it is about', () => {
  const [line = ''] = lines(print(makeReport([openaiFinding({ places: [history({})] })], { command: 'ci' })))
  expect(parse(line)).toEqual({
    name: 'error',
    properties: {
      file: 'a.ts',
      line: '3',
      endLine: '3',
      col: '5',
      endColumn: '169',
      title: 'OpenAI project key (critical)',
    },
    message: expect.stringMatching(
      /^sk-proj-….{4}, \d+ characters, almost certain\. a\.ts:3, commit c{12} by Ann <ann@example\.org>\. Treat it as leaked\. .*: https:\/\/platform.*\. False alarm: unleak ignore 3f0c9d1e2a4b5c6d --reason "why"$/,
    ),
  })
})

it.each(['a,b:c.ts', '100%.ts', '%0A::error::x', 'x,line=9', 'a::b', '設定.ts', ' lead.ts'])(
  'the path %s comes through whole',
  (path) => {
    const [line = '', ...rest] = lines(print(makeReport([openaiFinding({ places: [history({ path })] })])))
    expect(rest).toEqual([])
    expect(parse(line).properties).toMatchObject({ file: path, line: '3' })
  },
)

it('paths start at the workspace', () => {
  const [line = ''] = lines(print(makeReport([openaiFinding()]), { below: 'sub/repo/' }))
  expect(parse(line).properties.file).toBe('sub/repo/src/ai/client.ts')
})

it.each(['a\nb', '\r::stop-commands::x', '\x1b[2J', '\u2028x'])(
  'control characters can’t begin a line: %j',
  (text) => {
    const finding = openaiFinding({
      title: 'Key',
      places: [history({ path: text, author: text, tag: text })],
    })
    const problem = { code: 'E_UNREADABLE', count: 1, examples: [text], message: text } as const
    const report = makeReport([finding], { problems: [problem], target: text })
    for (const line of lines(print(report))) {
      expect(line).toMatch(/^::(error|notice) /)
      expect(line).not.toMatch(/[\r\x1b\u2028\0]/)
    }
  },
)

describe('secrets', () => {
  it('are never written, not even with --reveal, and not where a path holds one', () => {
    const places = [history({ path: `${VALUES.project}.txt` })]
    const text = print(makeReport([...canonicalFindings(), openaiFinding({ places })]))
    for (const value of Object.values(VALUES)) expect(text).not.toContain(value.slice(12, 40))
    const files = lines(text).map((line) => parse(line).properties.file)
    expect(files.filter((file) => file === undefined)).toHaveLength(1)
  })
})

it('messages of commits and tags belong to no file', () => {
  const message = history({ kind: 'message', path: '.git/COMMIT_EDITMSG' })
  const tag: Place = { kind: 'tag', tag: 'v1', line: 1, column: 1, endLine: 1, endColumn: 9 }
  const [first = '', second = ''] = lines(
    print(makeReport([openaiFinding({ places: [message] }), openaiFinding({ places: [tag] })])),
  )
  expect(parse(first).properties.file).toBeUndefined()
  expect(parse(first).message).toContain('commit message, commit cccccccccccc')
  expect(parse(second).message).toContain('message of tag v1')
})

it('several lines have no columns; further places are counted', () => {
  const places = [history({ line: 1, endLine: 4 }), history({ line: 9 }), history({ line: 10 })]
  const [line = ''] = lines(print(makeReport([openaiFinding({ places })])))
  expect(Object.keys(parse(line).properties)).toEqual(['file', 'line', 'endLine', 'title'])
  expect(parse(line).message).toContain('It stands in 2 more places')
})

it('what was not scanned is an error, what is only worth saying a notice', () => {
  const names = lines(print(makeReport([], { problems: PROBLEMS }))).map((line) => parse(line).name)
  expect(names).toEqual(['error', 'error', 'notice'])
  expect(print(makeReport([], { state: 'partial' }))).toBe(
    '::error title=unleak::Not everything was scanned.\n',
  )
  expect(print(makeReport([]))).toBe('')
})

it('a flood is cut short and counted', () => {
  const many = Array.from({ length: 60 }, (_, i) => openaiFinding({ id: String(i).padStart(16, '0') }))
  const all = lines(print(makeReport(many)))
  expect(all).toHaveLength(51)
  expect(parse(all.at(-1)!).message).toBe('10 more secrets: see the log.')
})
