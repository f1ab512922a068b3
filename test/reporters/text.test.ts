// The text reporter: snapshots at four widths, and what each part says in each situation.
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type Finding, type History, type Problem, type Report, Secret } from '../../src/model/index.ts'
import { REPORTERS, type ReporterOptions } from '../../src/reporters/index.ts'
import { columns } from '../../src/reporters/layout.ts'
import {
  canonicalFindings,
  makeReport,
  openaiFinding,
  PLAIN,
  PROBLEMS,
  stagedPlace,
  VALUES,
} from '../helpers/report.ts'

const WIDTHS = [60, 80, 120, 200]
const NOTHING = { commits: 0, objects: 0, blobs: 0, files: 0, bytes: 0 }

function print(report: Report, options: Partial<ReporterOptions> = {}): string {
  return [...REPORTERS.text(report, { ...PLAIN, ...options })].join('')
}
/** The text in one line, for what a sentence says wherever it breaks. */
function say(report: Report, options: Partial<ReporterOptions> = {}): string {
  return print(report, options).replace(/\s+/g, ' ')
}

const SAMPLES: readonly [name: string, report: Report][] = [
  ['blocked', makeReport(canonicalFindings())],
  ['blocked-partial', makeReport([openaiFinding()], { problems: PROBLEMS })],
  ['partial', makeReport([], { problems: PROBLEMS })],
  ['message', makeReport([messageFinding('.git/COMMIT_EDITMSG')], { command: 'message' })],
  ['scan', makeReport(canonicalFindings(), { command: 'scan', problems: PROBLEMS })],
]

function messageFinding(path?: string): Finding {
  const place = { kind: 'message', line: 3, column: 9, endLine: 3, endColumn: 173 } as const
  const { history: _, ...rest } = openaiFinding({ places: [path === undefined ? place : { ...place, path }] })
  return rest
}

describe.each(SAMPLES)('%s', (name, report) => {
  it.each(name === 'blocked' || name === 'scan' ? WIDTHS : [80])(
    'reads well at %i columns',
    async (width) => {
      await expect(print(report, { width })).toMatchFileSnapshot(`snapshots/${name}-${width}.txt`)
    },
  )

  it.each(WIDTHS)('says the same with colour at %i columns', (width) => {
    expect(stripVTControlCharacters(print(report, { width, color: true }))).toBe(print(report, { width }))
  })

  it.each(WIDTHS)('is no wider than %i columns, but for paths, addresses and commands', (width) => {
    const wide = print(report, { width })
      .split('\n')
      .filter((line) => columns(line) > width)
    for (const line of wide) expect(line).toMatch(/^ *(\S+|git (add|reset|rm) .*|unleak ignore .*)$/)
  })
})

describe('a commit with one secret', () => {
  it('reads like this at 80 columns', () => {
    const response = openaiFinding().response.map((step) => ({
      ...step,
      command: 'unleak respond 3f0c9d1e2a4b5c6d',
    }))
    expect(print(makeReport([openaiFinding({ response })]))).toMatchInlineSnapshot(`
      "unleak stopped this commit: 1 secret in what you are about to commit.

      OpenAI project key (critical)
        Secret    sk-proj-…GM26, 164 characters, named OPENAI_API_KEY
        Where     src/ai/client.ts:12:18
        How sure  Almost certain: it holds its issuer's own marker; its two halves are
                  equally long, as in real keys
        Before    Not in the last commit (HEAD). If it has never left this machine,
                  taking it out now is enough. If it was ever pushed, pasted or sent,
                  or you are not sure, revoke it.

      If anyone else may have seen it, do these five steps, in this order:
        1. Revoke the key: find it by its last four characters and delete it.
           https://platform.openai.com/settings/organization/api-keys
        2. Create a new key, best as a service account of the same project.
           https://platform.openai.com/api-keys
        3. Put the new key wherever the old one is used: .env files, CI secrets,
           hosting, team members.
           Named in .env.example, src/ai/client.ts and docker-compose.yml
        4. Check billing for costs you do not expect.
           https://platform.openai.com/settings/organization/billing/overview
        5. Review the usage logs since the leak.
           https://platform.openai.com/usage
        Do it with: unleak respond 3f0c9d1e2a4b5c6d

      To go on with this commit:
        Take the secret out of the file (a .env file that git ignores is a good
        place), save, and stage again:
          git add -- src/ai/client.ts
        Or leave the file out of this commit; it stays as it is on disk:
          git reset -- src/ai/client.ts

      If this is a false alarm:
          unleak ignore 3f0c9d1e2a4b5c6d --reason "why" --until 2027-02-21
        Or write the comment unleak:allow on its line.
        The id stays the same in every scan.
      "
    `)
  })

  it.each<[string, Partial<History>, RegExp]>([
    [
      'new',
      {},
      /Not in the last commit \(HEAD\)\. If it has never left this machine, taking it out now is enough\./,
    ],
    [
      'at HEAD',
      { atHead: true },
      /Committed earlier: the last commit \(HEAD\) holds it too\. .* has to be revoked/,
    ],
    [
      'published',
      { published: ['origin/main'] },
      /Committed earlier: .*published in origin\/main\. .*revoked/,
    ],
  ])('says whether it was committed before: %s', (_title, history, expected) => {
    const all = { introduced: null, removed: null, atHead: false, refs: [], published: [], ...history }
    expect(say(makeReport([openaiFinding({ history: all })]))).toMatch(expected)
  })

  it('says so when the history was not looked at', () => {
    expect(say(makeReport([messageFinding()]))).toContain(
      'Whether an earlier commit holds it was not looked at.',
    )
  })

  it('treats as leaked what was committed, and nothing else for sure', () => {
    const history = { introduced: null, removed: null, atHead: true, refs: [], published: [] }
    expect(say(makeReport([openaiFinding({ history })]))).toContain(
      'Treat it as leaked and do these five steps',
    )
    expect(say(makeReport([openaiFinding()]))).toContain(
      'If anyone else may have seen it, do these five steps',
    )
  })

  it('lists five places and counts the rest', () => {
    const places = Array.from({ length: 1234 }, (_, i) => stagedPlace('a.ts', i + 1, 1))
    const text = print(makeReport([openaiFinding({ places })]))
    expect(text.match(/a\.ts:\d+:1$/gm)).toHaveLength(5)
    expect(text).toContain('            and 1,229 more\n')
  })

  it('says how it was written and how far it goes', () => {
    const places = [{ ...stagedPlace('a', 1, 1), endLine: 9, encoding: ['percent', 'base64'] }]
    expect(say(makeReport([openaiFinding({ places })]))).toContain(
      'a:1:1 (to line 9; decoded from percent-encoding, then base64)',
    )
  })

  it('says what a check of the key found', () => {
    const verdict = { state: 'live', reason: 'the models list answered' } as const
    expect(say(makeReport([openaiFinding({ verdict })]))).toContain(
      'Checked It works: whoever has it can use it. The models list answered.',
    )
    expect(print(makeReport([openaiFinding()]))).not.toContain('Checked')
  })

  it('does without steps, evidence and name when there are none', () => {
    const text = print(
      makeReport([openaiFinding({ response: [], evidence: [], places: [stagedPlace('a', 1, 1)] })]),
    )
    expect(text).toContain('164 characters\n')
    expect(text).toContain('How sure  Almost certain\n')
    expect(text).not.toContain('steps')
  })
})

describe('many secrets', () => {
  const many = Array.from({ length: 300 }, (_, i) => openaiFinding({ id: i.toString(16).padStart(16, '0') }))

  it('shows twenty and counts the rest, unless verbose', () => {
    const titles = (text: string) => text.match(/^\d+\. OpenAI project key/gm)?.length
    expect(titles(print(makeReport(many)))).toBe(20)
    expect(print(makeReport(many))).toContain('And 280 more; see them all with: unleak staged --verbose\n')
    expect(titles(print(makeReport(many), { verbose: true }))).toBe(300)
  })

  it('puts the most severe first', () => {
    const mixed = (['low', 'critical', 'medium'] as const).map((severity) => openaiFinding({ severity }))
    const order = print(makeReport(mixed)).match(/\((low|medium|critical)\)/g)
    expect(order).toEqual(['(critical)', '(medium)', '(low)'])
  })

  it('says the steps once for a provider', () => {
    expect(print(makeReport(many)).match(/ 1\. Revoke/g)).toHaveLength(1)
  })
})

describe('nothing found', () => {
  it.each<[string, Partial<Report['scan']>, string]>([
    ['staged', {}, 'unleak: 20 staged files, 184 kB: no secrets.\n'],
    [
      'one file',
      { counts: { ...NOTHING, files: 1, bytes: 1 } },
      'unleak: 1 staged file, 1 byte: no secrets.\n',
    ],
    ['nothing staged', { counts: NOTHING }, 'unleak: 0 files staged, nothing to scan.\n'],
    [
      'empty files',
      { counts: { ...NOTHING, files: 2 } },
      'unleak: 2 files staged, all empty, nothing to scan.\n',
    ],
    [
      'message',
      { command: 'message', counts: { ...NOTHING, bytes: 51 } },
      'unleak: commit message, 51 bytes: no secrets.\n',
    ],
    [
      'empty message',
      { command: 'message', counts: NOTHING },
      'unleak: the commit message is empty, nothing to scan.\n',
    ],
    [
      'scan',
      { command: 'scan', counts: { ...NOTHING, files: 12_345, bytes: 1_234_567_890 } },
      'unleak: 12,345 files, 1.2 GB: no secrets.\n',
    ],
    [
      'stdin',
      { command: 'scan', target: '-', counts: { ...NOTHING, bytes: 2000 } },
      'unleak: 2.0 kB: no secrets.\n',
    ],
    [
      'empty stdin',
      { command: 'scan', target: '-', counts: NOTHING },
      'unleak: the input is empty, nothing to scan.\n',
    ],
    ['no files', { command: 'scan', counts: NOTHING }, 'unleak: 0 files found, nothing to scan.\n'],
  ])('%s', (_title, scan, expected) => {
    expect(print(makeReport([], scan))).toBe(expected)
  })

  it('adds notes that change nothing', () => {
    const problems = PROBLEMS.filter((problem) => problem.code === 'W_SUBMODULE')
    expect(print(makeReport([], { problems }))).toBe(
      'unleak: 20 staged files, 184 kB: no secrets.\nNote: 1 submodule was not entered: vendor/sdk\n',
    )
  })

  it('is never said of a partial scan that read nothing', () => {
    const problems: Problem[] = [{ code: 'E_GIT', count: 1, examples: [] }]
    for (const command of ['staged', 'message', 'scan']) {
      const text = print(makeReport([], { command, problems, counts: NOTHING }))
      expect(text).not.toMatch(/no secrets|clean/i)
      expect(text).toMatch(/Not scanned:\n {2}- git failed once\n/)
    }
  })
})

describe('how to go on', () => {
  const blocked = (paths: readonly string[], options: Partial<ReporterOptions> = {}) =>
    print(makeReport([openaiFinding({ places: paths.map((path) => stagedPlace(path, 1, 1)) })]), options)

  it.each([
    ['plain', 'src/a.ts', 'git add -- src/a.ts'],
    ['a space', 'my file.ts', 'git add -- "my file.ts"'],
    ['brackets', 'app/[id]/(x)/page.tsx', 'git add -- "app/[id]/(x)/page.tsx"'],
    ['a quote', "it's.ts", 'git add -- "it\'s.ts"'],
    ['a dollar', '$HOME.ts', "git add -- '$HOME.ts'"],
    ['a dollar and a quote', "$it's.ts", "git add -- '$it'\\''s.ts'"],
    ['a leading dash', '-rf', 'git add -- -rf'],
    ['a leading colon', ':x', 'git add -- ./:x'],
    ['other letters', '設定.ts', 'git add -- 設定.ts'],
    ['a line break', 'a\nb', 'git add -- FILE'],
    ['the secret itself', VALUES.project, 'git add -- FILE'],
  ])('writes commands that can be copied: %s', (_title, path, command) => {
    expect(blocked([path])).toContain(`    ${command}\n`)
  })

  it('writes commands for the directory in which the user stands', () => {
    const options = { prefix: 'src/app/' }
    expect(blocked(['src/app/a.ts'], options)).toContain('git add -- a.ts\n')
    expect(blocked(['src/b.ts'], options)).toContain('git add -- ../b.ts\n')
    expect(blocked(['c.ts'], options)).toContain('git add -- ../../c.ts\n')
    expect(blocked(['src/app/a.ts'], options)).toContain(' src/app/a.ts:1:1\n')
  })

  it('writes commands the way the user starts unleak', () => {
    const finding = openaiFinding({
      response: [{ step: 'revoke', text: 'Revoke', command: 'unleak respond 1' }],
    })
    const text = print(makeReport([finding]), { program: 'npx unleak' })
    expect(text).toContain('     Do it with: npx unleak respond 1\n')
    expect(text).toContain('    npx unleak ignore 3f0c9d1e2a4b5c6d --reason "why" --until 2027-02-21\n')
  })

  it.each(['.env', 'app/.env', '.env.local', '.env.production'])(
    'tells %s apart: it stays, out of git',
    (path) => {
      const text = blocked([path])
      expect(text).toContain(`git rm --cached -- ${path}\n`)
      expect(text).not.toContain('git add')
    },
  )

  it.each(['.env.example', '.env.local.sample', '.environment', 'a.env'])(
    'takes %s for a usual file',
    (path) => {
      expect(blocked([path])).toContain(`git add -- ${path}\n`)
    },
  )

  it('names five files and counts the rest', () => {
    const text = blocked(Array.from({ length: 9 }, (_, i) => `packages/some-package-${i}/src/index.ts`))
    expect(text.match(/git add/g)).toHaveLength(5)
    expect(text).toContain('    (and the same for 4 more files)\n')
  })
})

describe('a scan', () => {
  it('tells the history and sums up', () => {
    const commit = { commit: 'c'.repeat(40), author: 'Ann', date: '2026-01-31T10:00:00Z' }
    const history = {
      introduced: commit,
      removed: { ...commit, commit: 'd'.repeat(40), author: 'Bob', date: '2026-02-01T10:00:00Z' },
      atHead: false,
      refs: ['refs/heads/main', 'refs/tags/v1', 'refs/remotes/origin/main'], // the last is told as published
      published: ['origin/main'],
    }
    const counts = { commits: 3, objects: 9, blobs: 2, files: 0, bytes: 9 }
    const text = say(makeReport([openaiFinding({ history })], { command: 'audit', counts }))
    expect(text).toContain(
      'History Since commit cccccccccccc by Ann, 2026-01-31; taken out in commit dddddddddddd by Bob, 2026-02-01; ' +
        'the last commit (HEAD) does not hold it; on the branch main; in refs/tags/v1; published in origin/main If',
    )
    expect(text).toMatch(
      /unleak: 3 commits, 2 blobs, 9 bytes: 1 secret \(1 critical\)\. Everything was scanned\. $/,
    )
  })
})

describe('options', () => {
  it.each(WIDTHS)('colours the blocked commit at %i columns', async (width) => {
    const text = print(makeReport(canonicalFindings()), { width, color: true })
    await expect(text).toMatchFileSnapshot(`snapshots/blocked-${width}-colour.txt`)
  })

  it('writes nothing but ASCII without unicode', () => {
    const text = print(makeReport(canonicalFindings()), { unicode: false })
    expect(text).toMatch(/^[\n\x20-\x7e]*$/)
    expect(text).toContain('sk-proj-...')
    expect(text).toContain('packages/\\u{9023}\\u{643a}')
  })

  it('shows the secret with reveal, on one line', () => {
    const text = print(makeReport(canonicalFindings()), { reveal: true })
    expect(text).toContain(VALUES.project)
    expect(text).toContain(VALUES.pem.replaceAll('\n', '\\n'))
  })

  it('links addresses, and places when the root is known', () => {
    const finding = openaiFinding({ places: [stagedPlace('src/my file.ts', 1, 2)] })
    const options = { hyperlinks: true, root: '/home/ann/app' }
    const address = 'https://platform.openai.com/usage'
    expect(print(makeReport([finding]), options)).toContain(
      `\x1b]8;;${address}\x1b\\${address}\x1b]8;;\x1b\\`,
    )
    expect(print(makeReport([finding]), options)).toContain(
      '\x1b]8;;file:///home/ann/app/src/my%20file.ts\x1b\\src/my file.ts:1:2\x1b]8;;\x1b\\',
    )
    expect(print(makeReport([finding]), { hyperlinks: true })).not.toContain('file://')
    expect(print(makeReport([finding]), { ...options, root: 'C:\\app' })).toContain(
      'file:///C%3A/app/src/my%20file.ts',
    )
  })

  it('shows control and direction characters of names instead of obeying them', () => {
    const places = [{ ...stagedPlace('a\x1b]0;x\x07\u009b2J\u202eb\r', 1, 1), name: 'K\u200bEY' }]
    const text = print(makeReport([openaiFinding({ places })]))
    expect(text).toContain('a\\x1b]0;x\\x07\\x9b2J\\u{202e}b\\r:1:1')
    expect(text).toContain('named K\\u{200b}EY')
  })

  it('adds rule, id, dropped candidates and timing with verbose', () => {
    const dropped = [
      { reason: 'placeholder', count: 8 },
      { reason: 'entropy', count: 4 },
    ]
    const text = print(makeReport([openaiFinding()], { dropped, durationMs: 61_500 }), { verbose: true })
    expect(text).toContain('  Id        3f0c9d1e2a4b5c6d\n  Rule      openai-project-key\n')
    expect(text).toContain('Dropped: 12 candidates (placeholder 8, entropy 4)\n')
    expect(text).toContain('Took 1 min 2 s; unleak 0.1.0, rules 9f2c41d07be35a68\n')
    expect(print(makeReport([], { dropped }), { verbose: true })).toContain('Dropped: 12 candidates')
    expect(print(makeReport([], { dropped }))).not.toContain('Dropped')
  })

  it('says why in its own words, though a secret has some of them too', () => {
    const secret = new Secret('the password of the host', '')
    const dropped = [{ reason: 'the password is a variable', count: 1 }]
    const report = makeReport([openaiFinding({ secret })], { dropped })
    expect(print(report, { verbose: true })).toContain('(the password is a variable 1)')
    const json = [...REPORTERS.json(report, PLAIN)].join('')
    expect(JSON.parse(json).scan.dropped).toEqual(dropped)
  })

  it('keeps what a coloured line says in one piece', () => {
    expect(print(makeReport([openaiFinding()]), { color: true })).toContain(
      'unleak stopped this commit: 1 secret in what',
    )
  })

  it.each([0, -1, 39, Number.NaN])('takes a width of %d for 80 columns', (width) => {
    const report = makeReport(canonicalFindings())
    expect(print(report, { width })).toBe(print(report))
  })
})
