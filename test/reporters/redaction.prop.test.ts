// No reporter lets a secret out, whatever the scanned data calls its files, variables and authors.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Finding, type Place, type Report, Secret } from '../../src/model/index.ts'
import { loadReporter, REPORTERS, type ReporterOptions, redactText } from '../../src/reporters/index.ts'
import { FORMATS } from '../../src/reporters/reporter.ts'
import { makeReport, openaiFinding, PLAIN, PROBLEMS, stagedPlace } from '../helpers/report.ts'

const RUN = 8
const RUNS = Number(process.env.UNLEAK_TEST_RUNS ?? 300)
const KEY_CHARACTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-']
const ANY_CHARACTERS = [...KEY_CHARACTERS, ...'\n\t\x1b\u009b\\/":%é鍵😀\u202e']

const secretText = fc
  .tuple(
    fc.constantFrom('', 'sk-', 'sk-proj-', 'sk-svcacct-', `-----BEGIN ${'PRIVATE'} KEY-----\n`),
    fc.oneof(
      fc.string({ unit: fc.constantFrom(...KEY_CHARACTERS), minLength: 12, maxLength: 90 }),
      fc.string({ unit: fc.constantFrom(...ANY_CHARACTERS), minLength: 12, maxLength: 90 }),
    ),
  )
  .map(([prefix, body]) => new Secret(prefix + body, prefix))

/** Text that holds the secret, a part of it, or the two ends of it with something between. */
function hostileText(secret: Secret): fc.Arbitrary<string> {
  const value = secret.reveal()
  const part = fc
    .tuple(fc.nat(value.length), fc.nat(value.length))
    .map(([a, b]) => value.slice(Math.min(a, b), Math.max(a, b)))
  const filler = fc.string({ unit: fc.constantFrom(...ANY_CHARACTERS, ' ', '.'), maxLength: 12 })
  const shown = fc.constantFrom(
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURI(value.replace(/\p{Cs}/gu, '')),
    secret.redacted,
  )
  return fc
    .array(fc.oneof(part, shown, filler), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''))
}

function tagPlace(tag: string, who: { author: string; date: string }): Place {
  return { kind: 'tag', tag, line: 1, column: 1, endLine: 1, endColumn: 9, ...who }
}

function hostileReport(secret: Secret): fc.Arbitrary<Report> {
  const text = hostileText(secret)
  return fc
    .record({
      command: fc.constantFrom('staged', 'message', 'scan', 'audit', 'push', 'ci'),
      texts: fc.array(text, { minLength: 12, maxLength: 12 }),
      numbers: fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 2, maxLength: 2 }),
    })
    .map(({ command, texts, numbers }) => {
      const [
        path = '',
        name = '',
        author = '',
        example = '',
        message = '',
        ref = '',
        reason = '',
        file = '',
      ] = texts
      const who = { commit: texts[8]!, author, date: '2026-01-31T10:00:00Z' }
      const place = { ...stagedPlace(path, numbers[0]!, numbers[1]!), name, ...who, blob: texts[9]! }
      const finding: Finding = openaiFinding({
        secret,
        places: [place, { ...place, kind: 'message', path: texts[10]! }, tagPlace(texts[7]!, who)],
        history: { introduced: { ...who, path }, removed: who, atHead: true, refs: [ref], published: [ref] },
        verdict: { state: 'unknown', reason },
        response: [{ step: 'update', text: 'Update.', files: [file] }],
      })
      const problems = PROBLEMS.map((problem) => ({ ...problem, examples: [example], message }))
      return makeReport([finding], {
        command,
        target: texts[11]!,
        problems,
        dropped: [{ reason: 'placeholder', count: 1 }],
      })
    })
}

const options: fc.Arbitrary<ReporterOptions> = fc.record({
  color: fc.boolean(),
  width: fc.constantFrom(60, 80, 200),
  verbose: fc.boolean(),
  reveal: fc.constant(false),
  hyperlinks: fc.boolean(),
  unicode: fc.boolean(),
  root: fc.constantFrom('/home/ann/app', 'C:\\app'),
})

/** Runs of a secret's characters that its redacted form does not show. */
function hiddenRuns(secret: Secret): string[] {
  const value = secret.reveal()
  const runs = Array.from({ length: Math.max(0, value.length - RUN + 1) }, (_, i) => value.slice(i, i + RUN))
  return runs.filter((run) => !secret.redacted.split('…').some((part) => part.includes(run)))
}

const PAINT = /\x1b\[[0-9;]*m|\x1b\]8;;([^\x1b]*)\x1b\\/g

/** Lines as they are seen, and link addresses. Breaks, colours and links are the reporter's: those of the data are escaped. */
function seenTexts(output: string): string[] {
  const addresses = [...output.matchAll(PAINT)].flatMap((match) => match[1] ?? [])
  return [...output.replace(PAINT, '').split('\n'), ...addresses]
}

/** All texts that reading a JSON text gives. */
function strings(json: string): string[] {
  const found: string[] = []
  JSON.parse(json, (_key, value) => {
    if (typeof value === 'string') found.push(value)
    return value
  })
  return found
}

/** What a program reads from the output of a format. */
function readTexts(name: string, output: string): string[] {
  if (['json', 'sarif', 'gitlab', 'codequality'].includes(name)) return strings(output)
  if (name === 'jsonl') return output.trim().split('\n').flatMap(strings)
  if (name === 'html') return strings(/<script type="application\/json"[^>]*>([^<]*)</.exec(output)![1]!)
  return []
}

/** Lines of the scanned data, as hostile as its paths. */
function framesOf({ findings }: Report): ReadonlyMap<Place, string> {
  return new Map(
    findings.flatMap(({ places }) =>
      places.map((place) => [place, `${place.author} ${place.path}`] as const),
    ),
  )
}

/**
 * The output without what the format itself puts around a text: a quote behind seven characters of a secret tells
 * nothing. The page also without what is the same in each: its program and its look.
 */
function writtenTexts(name: string, output: string): string {
  if (name === 'html') return output.replace(/<script>.*?<\/script>|<style>.*?<\/style>/gs, '')
  if (name === 'csv')
    return output.replace(/"((?:[^"]|"")*)"|,/g, (_, cell = '') => `\n${cell.replaceAll('""', '"')}\n`)
  if (name !== 'junit') return output
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#10': '\n', amp: '&' }
  return output.replace(/[<>"]/g, '\n').replace(/&(lt|gt|quot|#10|amp);/g, (_, sign: string) => signs[sign]!)
}

const reporters = await Promise.all(FORMATS.map(async (name) => [name, await loadReporter(name)] as const))

describe('every reporter', () => {
  const cases = secretText.chain((secret) => fc.tuple(fc.constant(secret), hostileReport(secret), options))

  it.each(reporters)('%s shows no more than the redacted form', (name, reporter) => {
    fc.assert(
      fc.property(cases, ([secret, report, chosen]) => {
        const output = [...reporter(report, { ...chosen, frames: framesOf(report) })].join('')
        const texts = [...seenTexts(writtenTexts(name, output)), ...readTexts(name, output)]
        expect(hiddenRuns(secret).filter((run) => texts.some((text) => text.includes(run)))).toEqual([])
      }),
      { numRuns: name === 'html' ? 30 : RUNS }, // each brings the page's own program along
    )
  })

  it.each(reporters)('%s writes no control characters of others', (name, reporter) => {
    fc.assert(
      fc.property(cases, ([, report, chosen]) => {
        const plain = { ...chosen, color: false, hyperlinks: false, frames: framesOf(report) }
        const output = [...reporter(report, plain)].join('')
        const text = name === 'csv' ? output.replaceAll('\r\n', '\n') : output
        expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/)
        if (name === 'text' && !chosen.unicode) expect(output).toMatch(/^[\n\x20-\x7e]*$/)
      }),
      { numRuns: name === 'html' ? 30 : RUNS },
    )
  })
})

describe('redactText', () => {
  const body = `Zk3${'mQ9'}xT7${'vB2'}nL5${'wR8'}yH4`
  const secret = new Secret(`sk-proj-${body}`, 'sk-proj-')

  it.each([
    ['leaves other text alone', 'docs/sk-proj-keys.md', 'docs/sk-proj-keys.md'],
    ['puts the redacted form in place of the whole', `a/${secret.reveal()}.txt`, 'a/sk-proj-…8yH4.txt'],
    ['masks a part of 8 characters', `a/${body.slice(2, 10)}.txt`, 'a/[redacted].txt'],
    ['lets 7 characters pass', `a/${body.slice(2, 9)}.txt`, `a/${body.slice(2, 9)}.txt`],
    ['masks two parts', `${body.slice(0, 9)}/${body.slice(9, 20)}`, '[redacted]/[redacted]'],
  ])('%s', (_title, text, expected) => {
    expect(redactText(text, [secret])).toBe(expected)
  })

  it('masks short secrets as a whole', () => {
    expect(redactText('pin 4711-x', [new Secret('4711-x')])).toBe('pin …')
  })

  it('takes the longer of two secrets that share a beginning', () => {
    const longer = new Secret(`${secret.reveal()}-${'tail'}`, 'sk-proj-')
    expect(redactText(`=${longer.reveal()}`, [secret, longer])).toBe('=sk-proj-…tail')
  })

  it('links no path whose address would hold what the path does not', () => {
    const encoded = new Secret(`pw%20${'qx'}%20${'zk'}%20vj`)
    const places = [stagedPlace('pw qx zk vj', 1, 1)]
    const chosen = { ...PLAIN, hyperlinks: true, root: '/app' }
    const text = [...REPORTERS.text(makeReport([openaiFinding({ secret: encoded, places })]), chosen)].join(
      '',
    )
    expect(text).toContain('pw qx zk vj:1:1')
    expect(text).not.toContain('%20qx')
  })

  it.each(Object.keys(REPORTERS) as (keyof typeof REPORTERS)[])(
    '%s: seven characters of a path and the colon behind it are not eight of the secret',
    (name) => {
      const [head, rest] = ['Zk3mQ9x', ':12:34xT7vB2nL5wR8yH4']
      const places = [stagedPlace(head, 12, 34)]
      const report = makeReport([openaiFinding({ secret: new Secret(head + rest), places })])
      expect([...REPORTERS[name](report, PLAIN)].join('')).not.toContain(`${head}:`)
    },
  )

  it('keeps our own words and links when a secret shares characters with them', () => {
    const url = new Secret(`https://platform.openai.com:${body}`)
    const text = [...REPORTERS.text(makeReport([openaiFinding({ secret: url })]), PLAIN)].join('')
    expect(text).toContain('https://platform.openai.com/usage')
    expect(text).not.toContain(body)
  })
})
