// The formats for other systems: against their schemas, whole with everything a report can hold, and partial.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import type { Log } from 'sarif'
import { describe, expect, it } from 'vitest'
import type { Finding, Report, RulesetAbout } from '../../src/model/index.ts'
import { loadReporter, type ReporterOptions } from '../../src/reporters/index.ts'
import type { FormatName } from '../../src/reporters/reporter.ts'
import { isNoReport, readSaved } from '../../src/reporters/saved.ts'
import {
  canonicalFindings,
  makeReport,
  openaiFinding,
  PLAIN,
  PROBLEMS,
  stagedPlace,
} from '../helpers/report.ts'

async function print(format: FormatName, report: Report, options: Partial<ReporterOptions> = {}) {
  return [...(await loadReporter(format))(report, { ...PLAIN, ...options })].join('')
}

const commit = 'c'.repeat(40)
const committed = (path: string, line: number) => ({
  ...stagedPlace(path, line, 1),
  kind: 'history' as const,
  commit,
  author: 'Ann <ann@example.org>',
  date: '2026-01-31T10:00:00Z',
})
const findings: Finding[] = [
  ...canonicalFindings(),
  openaiFinding({
    id: 'fedcba9876543210',
    severity: 'low',
    title: '=cmd|<b>"x" & y',
    places: [
      committed('src/a b.ts', 3),
      committed('src/a b.ts', 9),
      committed('src/c#d.ts', 1),
      { kind: 'message', commit, line: 2, column: 1, endLine: 2, endColumn: 9 },
      { kind: 'tag', tag: 'v1', line: 1, column: 1, endLine: 1, endColumn: 9 },
    ],
    history: {
      introduced: { commit, author: 'Ann', date: '2026-01-31T10:00:00Z', path: 'src/a b.ts' },
      removed: null,
      atHead: true,
      refs: ['refs/heads/main'],
      published: ['origin/main'],
    },
    verdict: { state: 'dead', reason: 'it was revoked', checkedAt: '2026-11-23T09:31:00Z' },
  }),
]
const FULL = makeReport(findings, { command: 'audit' })
const PARTIAL = makeReport([], { command: 'audit', problems: PROBLEMS })
const CLEAN = makeReport()

describe('sarif', () => {
  const require = createRequire(import.meta.url)
  const {
    id: _,
    $schema: __,
    ...schema
  } = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  )
  const validate = new Ajv({
    strict: false,
    unicodeRegExp: false,
    allErrors: true,
    formats: {
      uri: (text: string) => URL.canParse(text),
      'uri-reference': (text: string) => URL.canParse(text, 'file:///top/') && !/[\s"<>^`{|}\\]/.test(text),
      'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text),
    },
  }).compile(schema)
  const about: RulesetAbout = {
    providers: {},
    rules: {
      'openai-project-key': {
        id: 'openai-project-key',
        title: 'OpenAI project key',
        references: ['https://example.com/keys'],
        examples: [],
        rejects: [],
      },
    },
  }
  const repository = { uri: 'https://example.org/a/b.git', revisionId: commit, branch: 'main' }
  const read = async (report: Report, options: Partial<ReporterOptions> = {}) =>
    (JSON.parse(await print('sarif', report, options)) as Log).runs[0]!

  it.each([
    ['everything', FULL, { about, repository }],
    ['a partial scan', PARTIAL, {}],
    ['nothing', CLEAN, {}],
    ['revealed', FULL, { reveal: true }],
  ])('holds to the schema: %s', async (_title, report, options) => {
    validate(JSON.parse(await print('sarif', report, options)))
    expect(validate.errors ?? []).toEqual([])
  })

  it('the test would see a wrong one', async () => {
    const log = JSON.parse(await print('sarif', FULL))
    log.runs[0].results[0].level = 'fatal'
    expect(validate(log)).toBe(false)
  })

  it('has a result for each secret and file, fingerprints that outlive moved lines, and rules that exist', async () => {
    const { results = [], tool } = await read(FULL)
    const moved = FULL.findings.map((finding) => ({
      ...finding,
      places: finding.places.map((place) => ({ ...place, line: place.line + 7, endLine: place.endLine + 7 })),
    }))
    const later = await read({ ...FULL, findings: moved })
    const prints = (run: typeof later) => run.results!.map((result) => result.partialFingerprints)
    expect(prints(later)).toEqual(prints({ results } as never))
    expect(results.map(({ ruleIndex }) => tool.driver.rules![ruleIndex!]!.id)).toEqual(
      results.map(({ ruleId }) => ruleId),
    )
    const of = results.filter(({ properties }) => properties?.id === 'fedcba9876543210')
    expect(of.map((result) => result.locations![0]!.physicalLocation!.artifactLocation!.uri)).toEqual([
      'src/a%20b.ts',
      'src/c%23d.ts',
      `commit%20message/${'c'.repeat(12)}`,
      'message%20of%20tag%20v1',
    ])
    expect(of[0]!.relatedLocations).toHaveLength(1)
    expect(
      new Set(
        results.map(
          (r) => `${r.ruleId}${JSON.stringify(r.locations![0]!.physicalLocation!.artifactLocation)}`,
        ),
      ).size,
    ).toBe(results.length)
  })

  it('gives rules help in Markdown, a severity that code scanning knows, and their references', async () => {
    const rules = (await read(FULL, { about })).tool.driver.rules!
    const rule = rules.find(({ id }) => id === 'openai-project-key')!
    expect(rule.properties!['security-severity']).toBe('9.8') // of its most severe finding
    expect(rule.help!.markdown).toContain('1. **Revoke**')
    expect(rule.help!.markdown).toContain('<https://example.com/keys>')
    expect(rule.helpUri).toBe('https://example.com/keys')
    expect(rules.map(({ defaultConfiguration }) => defaultConfiguration!.level)).toEqual([
      'error',
      'error',
      'error',
      'warning',
    ])
  })

  it('is not successful when something was not scanned, and says what', async () => {
    const [invocation] = (await read(PARTIAL)).invocations!
    expect(invocation).toMatchObject({ executionSuccessful: false, exitCode: 2 })
    expect(
      invocation!.toolExecutionNotifications!.map(({ level, descriptor }) => [level, descriptor!.id]),
    ).toEqual([
      ['error', 'E_OBJECT_MISSING'],
      ['error', 'E_UNREADABLE'],
      ['note', 'W_SUBMODULE'],
    ])
    expect((await read(CLEAN)).invocations![0]).toMatchObject({ executionSuccessful: true, exitCode: 0 })
  })

  it('says where the repository comes from when that is known', async () => {
    expect((await read(FULL, { repository })).versionControlProvenance).toMatchObject([
      { repositoryUri: repository.uri, revisionId: commit, branch: 'main' },
    ])
    expect((await read(FULL)).versionControlProvenance).toBeUndefined()
  })
})

describe('jsonl', () => {
  it('has a line for what is scanned, one for each finding, and one for how it ended', async () => {
    const lines = (await print('jsonl', FULL))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map(({ type }) => type)).toEqual(['scan', ...findings.map(() => 'finding'), 'end'])
    expect(lines[0]).toMatchObject({ schema: 'unleak-report/1', command: 'audit' })
    expect(lines.at(-1)).toMatchObject({ state: 'complete', findings: findings.length })
    expect(JSON.parse((await print('jsonl', PARTIAL)).trimEnd().split('\n').at(-1)!).state).toBe('partial')
  })

  it('reads back as the same report that JSON does', async () => {
    const [fromJson, fromLines] = [await print('json', FULL), await print('jsonl', FULL)].map(readSaved)
    expect(isNoReport(fromJson)).toBe(false)
    expect(fromLines).toEqual(fromJson)
    expect(await print('json', fromLines as Report)).toBe(await print('json', FULL))
  })

  it('that was cut off is no report', async () => {
    const text = await print('jsonl', FULL)
    const cut = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
    expect(readSaved(cut)).toMatchObject({ why: 'it was cut off: lines are missing' })
  })
})

describe('junit', () => {
  it('has a failure for each secret', async () => {
    const xml = await print('junit', FULL)
    expect(xml.match(/<failure /g)).toHaveLength(findings.length)
    expect(xml).toContain(`tests="${findings.length}" failures="${findings.length}" errors="0"`)
    expect(xml).toContain('=cmd|&lt;b&gt;&quot;x&quot; &amp; y')
    expect(xml.replace(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
  })

  it('has errors for what was not scanned, and a passed test when all is well', async () => {
    const partial = await print('junit', PARTIAL)
    expect(partial.match(/<error /g)).toHaveLength(2)
    expect(partial).toContain('tests="2" failures="0" errors="2"')
    const clean = await print('junit', CLEAN)
    expect(clean).toContain('tests="1" failures="0" errors="0"')
    expect(clean).toContain('no secrets')
    expect(await print('junit', { ...CLEAN, scan: { ...CLEAN.scan, state: 'partial' } })).toContain('<error ')
  })

  it('leaves out what XML can not hold', async () => {
    const bad = openaiFinding({ title: 'a\u0000\u0008\ufffe\ud800b' })
    expect(await print('junit', makeReport([bad]))).not.toMatch(/[\u0000\u0008\ufffe\ud800]/)
  })
})

describe('gitlab', () => {
  // What GitLab's own schema 15.0.7 of secret detection asks of the parts that we write: each limit of its file that
  // concerns them stands here (compared with lib/gitlab/ci/parsers/security/validators/schemas of gitlabhq/gitlabhq).
  const text = { type: 'string', minLength: 1 }
  const tool = {
    type: 'object',
    required: ['id', 'name', 'version', 'vendor'],
    properties: {
      id: text,
      name: text,
      version: text,
      vendor: { type: 'object', required: ['name'], properties: { name: text } },
    },
  }
  const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' }
  const schema = {
    type: 'object',
    required: ['scan', 'version', 'vulnerabilities'],
    properties: {
      version: { type: 'string', pattern: '^15\\.[0-9]+\\.[0-9]+$' },
      scan: {
        type: 'object',
        required: ['analyzer', 'end_time', 'scanner', 'start_time', 'status', 'type'],
        properties: {
          analyzer: tool,
          scanner: tool,
          start_time: time,
          end_time: time,
          status: { enum: ['success', 'failure'] },
          type: { const: 'secret_detection' },
          messages: {
            type: 'array',
            items: {
              type: 'object',
              required: ['level', 'value'],
              properties: { level: { enum: ['info', 'warn', 'fatal'] }, value: text },
            },
          },
        },
      },
      vulnerabilities: {
        type: 'array',
        items: {
          type: 'object',
          required: ['id', 'identifiers', 'location'],
          properties: {
            id: {
              type: 'string',
              pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
            },
            name: { type: 'string', maxLength: 255 },
            description: { type: 'string', maxLength: 1_048_576 },
            severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
            solution: { type: 'string', maxLength: 7000 },
            identifiers: {
              type: 'array',
              minItems: 1,
              items: {
                type: 'object',
                required: ['type', 'name', 'value'],
                properties: {
                  type: text,
                  name: text,
                  value: text,
                  url: { type: 'string', pattern: '^(https?|ftp)://.+' },
                },
              },
            },
            links: {
              type: 'array',
              items: { type: 'object', required: ['url'], properties: { url: { pattern: '^https?://.+' } } },
            },
            details: {
              type: 'object',
              additionalProperties: {
                type: 'object',
                required: ['name', 'type', 'value'],
                properties: { name: text, type: { const: 'text' }, value: { type: 'string' } },
              },
            },
            location: {
              type: 'object',
              required: ['commit'],
              properties: {
                file: { type: 'string' },
                start_line: { type: 'number' },
                end_line: { type: 'number' },
                commit: {
                  type: 'object',
                  required: ['sha'],
                  properties: { sha: text, author: { type: 'string' }, date: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    },
  }
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema)

  it.each([
    ['everything', FULL],
    ['a partial scan', PARTIAL],
    ['nothing', CLEAN],
  ])('holds to the schema: %s', async (_title, report) => {
    validate(JSON.parse(await print('gitlab', report)))
    expect(validate.errors ?? []).toEqual([])
  })

  it('knows a secret in a file again, and fails a partial scan', async () => {
    const { vulnerabilities: all, scan } = JSON.parse(await print('gitlab', FULL))
    const ids = all.map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const again = JSON.parse(await print('gitlab', { ...FULL, findings: [...findings].reverse() }))
    expect(new Set(again.vulnerabilities.map(({ id }: { id: string }) => id))).toEqual(new Set(ids))
    expect(scan.status).toBe('success')
    expect(all.at(-4).location).toMatchObject({ file: 'src/a b.ts', start_line: 3, commit: { sha: commit } })
    expect(all[0].location.commit.sha).toBe('0000000')
    const partial = JSON.parse(await print('gitlab', PARTIAL)).scan
    expect(partial.status).toBe('failure')
    expect(partial.messages).toHaveLength(3)
  })
})

describe('codequality', () => {
  it('has an issue for each secret and file, with a fingerprint of its own', async () => {
    const issues = JSON.parse(await print('codequality', FULL, { below: 'sub/' }))
    const keys = ['description', 'check_name', 'fingerprint', 'severity', 'location']
    for (const issue of issues) expect(Object.keys(issue)).toEqual(keys)
    expect(new Set(issues.map((each: { fingerprint: string }) => each.fingerprint)).size).toBe(issues.length)
    expect(issues[0]).toMatchObject({
      check_name: 'openai-project-key',
      severity: 'blocker',
      location: { path: 'sub/src/ai/client.ts', lines: { begin: 12 } },
    })
    expect(JSON.parse(await print('codequality', CLEAN))).toEqual([])
  })

  it('has one for what was not scanned', async () => {
    const issues = JSON.parse(await print('codequality', PARTIAL))
    expect(issues.map((each: { severity: string }) => each.severity)).toEqual(['blocker', 'blocker'])
  })
})

describe('csv', () => {
  /** RFC 4180, read by a parser of our own. */
  const parse = (text: string) =>
    [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)]
      .reduce<string[][]>(
        (rows, [, quoted, plain, end]) => {
          rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!)
          if (end !== ',') rows.push([])
          return rows
        },
        [[]],
      )
      .slice(0, -1)

  it('has a row for each place, all of one width', async () => {
    const rows = parse(await print('csv', FULL))
    const places = findings.reduce((sum, finding) => sum + finding.places.length, 0)
    expect(rows).toHaveLength(1 + places)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([rows[0]!.length]))
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', ' =1', '\uff1d1'])('%s is no formula', async (text) => {
    const finding = openaiFinding({
      title: text,
      places: [{ ...stagedPlace(text, 1, 1), author: `${text},"` }],
      verdict: { state: 'dead', reason: text },
    })
    const [, row = []] = parse(await print('csv', makeReport([finding])))
    expect(row.filter((cell) => /^[\s]*[=+\-@|\uff1d]/.test(cell))).toEqual([])
    expect(row.filter((cell) => cell.includes(text))).toHaveLength(4)
  })

  it('says what was not scanned', async () => {
    const rows = parse(await print('csv', PARTIAL))
    expect(rows.slice(1).map(([record, , rule]) => [record, rule])).toEqual([
      ['not scanned', 'E_OBJECT_MISSING'],
      ['not scanned', 'E_UNREADABLE'],
    ])
  })
})

describe('a saved report', () => {
  it.each([
    ['', 'it is empty'],
    ['{', 'it is not JSON'],
    ['[]', 'it does not say that it is one'],
    ['{"schema":"unleak-report/2"}', 'it is unleak-report/2, and this version reads unleak-report/1'],
    ['{"schema":"unleak-health/1"}', 'it is unleak-health/1'],
    ['{"schema":"other"}', 'its schema is not unleak-report/1'],
    ['{"schema":"unleak-report/1"}', "must have required property 'tool'"],
  ])('%s is none', (text, why) => {
    expect(readSaved(text)).toMatchObject({ why: expect.stringContaining(why) })
  })

  it('says where it is wrong, and not with which value', async () => {
    const report = JSON.parse(await print('json', FULL))
    report.findings[1].severity = 'dreadful'
    expect(readSaved(JSON.stringify(report))).toEqual({
      why: '/findings/1/severity must be equal to one of the allowed values: critical, high, medium, low',
    })
  })

  it('of a later version may hold more', async () => {
    const report = JSON.parse(await print('json', FULL))
    report.findings[0].mood = 'good'
    expect(isNoReport(readSaved(JSON.stringify(report)))).toBe(false)
  })

  it('shows its secrets when it has them and they are asked for, and not before', async () => {
    const secret = FULL.findings[0]!.secret.reveal()
    const saved = readSaved(await print('json', FULL, { reveal: true })) as Report
    expect(await print('json', saved)).not.toContain(secret)
    expect(await print('json', saved, { reveal: true })).toContain(secret)
    const closed = readSaved(await print('json', FULL)) as Report
    expect(await print('text', closed, { reveal: true })).toContain(FULL.findings[0]!.secret.redacted)
  })
})
