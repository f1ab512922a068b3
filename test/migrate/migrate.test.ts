// Files of other tools, written here from their documentation, come over; what can not is told.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, it } from 'vitest'
import { globsOf } from '../../src/migrate/globs.ts'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { githubToken, openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')
const key = (seed: number) => openaiKey('sk-proj-', 74, seed)
const KEYS = Array.from({ length: 10 }, (_, i) => key(i + 40))

/** One repository for all tools: ten files, each with a key of its own on line 2. */
const repo = makeRepo()
const first = repo.commit(
  Object.fromEntries(KEYS.map((value, i) => [`src/f${i}.env`, `# file ${i}\nOPENAI_API_KEY=${value}\n`])),
)
repo.commit({ 'src/two.env': `A_TOKEN=${githubToken(1)}\nB_TOKEN=${githubToken(2)}\n` })

const FILES: Readonly<Record<string, string>> = {
  '.gitleaksignore': [
    '# a key of the sandbox',
    `${first}:src/f0.env:openai-api-key:2`,
    'src/f1.env:openai-api-key:99',
    'src/two.env:github-pat:77',
    'src/none.env:openai-api-key:1',
    'nonsense',
  ].join('\n'),
  '.betterleaksignore': `${digest('sha256', KEYS[2]!)}  # by digest\n${digest('sha256', 'other')}\n`,
  '.secrets.baseline': JSON.stringify({
    version: '1.5.0',
    plugins_used: [{ name: 'AWSKeyDetector' }, { name: 'Mine', path: 'file://mine.py' }],
    filters_used: [
      { path: 'detect_secrets.filters.regex.should_exclude_file', pattern: ['^vendor/', '(a|b)+x'] },
      { path: 'detect_secrets.filters.regex.should_exclude_line', pattern: ['password ='] },
      { path: 'detect_secrets.filters.heuristic.is_sequential_string' },
    ],
    results: {
      'src/f3.env': [
        {
          type: 'OpenAI Token',
          filename: 'src/f3.env',
          hashed_secret: digest('sha1', KEYS[3]!),
          line_number: 9,
          is_verified: false,
        },
      ],
      'src/f4.env': [
        {
          type: 'OpenAI Token',
          filename: 'src/f4.env',
          hashed_secret: digest('sha1', KEYS[4]!),
          line_number: 2,
          is_verified: false,
          is_secret: false,
        },
      ],
    },
    generated_at: '2026-01-01T00:00:00Z',
  }),
  '.talismanrc': [
    'fileignoreconfig:',
    '- filename: src/f5.env',
    '  checksum: 0000000000000000000000000000000000000000000000000000000000000000',
    '- filename: big.bin',
    '  ignore_detectors: [filesize]',
    '- filename: docs/*.md',
    'threshold: medium',
    'allowed_patterns: [uri]',
    'scopeconfig: [{ scope: node }]',
    "version: '1.0'",
  ].join('\n'),
  '.gitleaks.toml': [
    '[extend]',
    'useDefault = true',
    'disabledRules = ["github-pat", "no-such-rule"]',
    '[[rules]]',
    'id = "house"',
    "regex = '''house_[a-z0-9]{24}'''",
    '[[rules]]',
    'id = "odd"',
    "regex = '''\\p{Greek}{9}abc'''",
    '[allowlist]',
    "paths = ['''(^|/)fixtures/''', '''.*\\.lock$''', '''x(y|z)+w''']",
    "regexes = ['''EXAMPLE''']",
  ].join('\n'),
  '.secretlintrc.json': JSON.stringify({
    rules: [
      {
        id: '@secretlint/secretlint-rule-preset-recommend',
        rules: [
          { id: '@secretlint/secretlint-rule-slack', disabled: true },
          {
            id: '@secretlint/secretlint-rule-aws',
            options: { allows: ['/xxx/'] },
            allowMessageIds: ['AWSAccountID'],
          },
        ],
      },
      { id: '@secretlint/secretlint-rule-pattern' },
    ],
  }),
  '.secretlintignore': 'build/\n*.snap\n/only/here.txt\n!keep\n',
}
const MORE: Readonly<Record<string, string>> = {
  'report.json': JSON.stringify([
    {
      RuleID: 'openai-api-key',
      File: 'src/f6.env',
      StartLine: 2,
      EndLine: 2,
      Commit: first,
      Secret: KEYS[6],
      Fingerprint: 'x',
    },
    {
      RuleID: 'openai-api-key',
      File: 'src/f7.env',
      StartLine: 2,
      EndLine: 2,
      Commit: first,
      Secret: 'REDACTED',
    },
  ]),
  'kf1.yml':
    'ExactFindings:\n  matches:\n  - filepath: src/f8.env\n    fingerprint: "389162583612032034"\n    linenum: 2\n    lastupdated: x\n',
  'kf2.yml':
    'version: 2\nfingerprint_algorithm: kingfisher-v1\nrepositories:\n- id: git://x/y\n  findings:\n  - path: src/f9.env\n    fingerprint: "1"\n    rule_id: kingfisher.openai.1\n    line: 2\n',
}
repo.write({ ...FILES, ...MORE })

describe('what lies in the repository', () => {
  const dry = unleak(['migrate', '--dry-run'], repo.path)
  const done = unleak(['migrate', '--owner', 'ada', '--until', '2099-01-31'], repo.path)
  const read = (name: string) => readFileSync(join(repo.path, name), 'utf8')

  it('a dry run says the same and writes nothing', () => {
    const lines = (text: string) => text.split('\n').filter((line) => /^[+-] /.test(line))
    expect(lines(dry.stdout)).toEqual(lines(done.stdout))
    expect(dry.stdout).toContain('Would write unleak.ignore.yaml: 4 accepted.')
    expect(done.status).toBe(1)
  })

  it.each([
    '+ .gitleaksignore:2 -> ignore file: openai-project-key',
    '(the same place and commit)',
    '+ .gitleaksignore:3 -> ignore file: openai-project-key',
    '(the only finding in the file; its line is another now)',
    '- .gitleaksignore:4: a finding stays behind: 2 findings in src/two.env, and none on line 77',
    '- .gitleaksignore:5: a finding stays behind: unleak finds nothing in src/none.env',
    '- .gitleaksignore:6: nonsense stays behind: it is no fingerprint that is known',
    '+ .betterleaksignore:1 -> ignore file: openai-project-key',
    '- .betterleaksignore:2: a finding stays behind: no secret that unleak finds here has that digest',
    '+ .secrets.baseline (src/f3.env:9, OpenAI Token) -> baseline: openai-project-key',
    '(the same secret)',
    '+ .secrets.baseline (src/f4.env:2, OpenAI Token) -> ignore file',
    '+ .secrets.baseline (filter should_exclude_file) -> configuration: ignorePaths: vendor/**',
    '- .secrets.baseline (filter should_exclude_file): (a|b)+x stays behind',
    '- .secrets.baseline (filter should_exclude_line): password = stays behind',
    '- .secrets.baseline: the plugin Mine stays behind: it is code',
    '+ .talismanrc (src/f5.env) -> baseline',
    '- .talismanrc (big.bin): ignore_detectors filesize stays behind',
    '+ .talismanrc (docs/*.md) -> configuration: ignorePaths: docs/*.md',
    '+ .talismanrc (threshold) -> configuration: minSeverity: medium',
    '- .talismanrc (allowed_patterns)',
    '+ .gitleaks.toml (1 rules) -> configuration: rules: .gitleaks.toml',
    '+ .gitleaks.toml (allowlist 1) -> configuration: ignorePaths: **/*.lock',
    '+ .gitleaks.toml (allowlist 1) -> configuration: ignorePaths: fixtures/**',
    '- .gitleaks.toml (allowlist 1): x(y|z)+w stays behind',
    '- .gitleaks.toml (allowlist 1): regexes stays behind',
    '- .gitleaks.toml (odd): the rule stays behind: \\p: classes of Unicode',
    '- .gitleaks.toml (disabledRules): no-such-rule stays behind',
    '+ .gitleaks.toml -> configuration: partialRules: true',
    '+ .secretlintrc.json (@secretlint/secretlint-rule-slack) -> configuration: skip: slack',
    '- .secretlintrc.json (@secretlint/secretlint-rule-aws): 1 allows stays behind',
    '- .secretlintrc.json (@secretlint/secretlint-rule-aws): allowMessageIds AWSAccountID',
    '- .secretlintrc.json (@secretlint/secretlint-rule-pattern): a rule stays behind',
    '+ .secretlintignore:1 -> configuration: ignorePaths: **/build/**',
    '+ .secretlintignore:3 -> configuration: ignorePaths: only/here.txt',
    '- .secretlintignore:4: !keep stays behind',
  ])('tells: %s', (words) => {
    expect(done.stdout).toContain(words)
  })

  it('reasons and answers come with the entries; no secret is written', () => {
    const ignores = read('unleak.ignore.yaml')
    expect(ignores).toContain('reason: a key of the sandbox')
    expect(ignores).toContain('answer: false-alarm')
    expect(ignores).toContain('until: 2099-01-31')
    for (const name of ['unleak.ignore.yaml', 'unleak.baseline.jsonl', 'unleak.config.yaml'])
      for (const value of KEYS) expect(read(name)).not.toContain(value.slice(8, 40))
  })

  it('the next scan holds what came over, with the configuration that was written', () => {
    const { report } = unleakJson(['scan', 'src'], repo.path)
    const left = report.findings.flatMap(({ places }) => places.map(({ path }) => path))
    expect(left).toEqual([
      'src/f6.env',
      'src/f7.env',
      'src/f8.env',
      'src/f9.env',
      'src/two.env',
      'src/two.env',
    ])
  })

  it('reports and baselines are named; what is there is added to, never replaced', () => {
    const before = ['unleak.config.yaml', 'unleak.ignore.yaml'].map(read)
    const more = unleak(['migrate', 'report.json', 'kf1.yml', 'kf2.yml'], repo.path)
    expect(more).toMatchObject({ status: 0, stdout: expect.stringContaining('4 came over, 0 stayed behind') })
    expect(more.stdout).toContain('+ report.json #1 -> baseline')
    expect(more.stdout).toContain('(the same secret)')
    expect(['unleak.config.yaml', 'unleak.ignore.yaml'].map(read)).toEqual(before)
    const { report } = unleakJson(['scan', 'src'], repo.path)
    expect(new Set(report.findings.flatMap(({ places }) => places.map(({ path }) => path)))).toEqual(
      new Set(['src/two.env']),
    )
    repo.write({ 'exclude.txt': '^docs/\n[a-z]+(x|y){3}\n' })
    const paths = unleak(['migrate', 'exclude.txt', '--from', 'trufflehog'], repo.path)
    expect(paths.stdout).toMatch(/unleak\.config\.yaml sets ignorePaths already[\s\S]*- docs\/\*\*/)
    expect(read('unleak.config.yaml')).toBe(before[0])
  })

  it('adds a new key below what a configuration holds, and leaves other forms to a person', () => {
    const own = makeRepo()
    const config = () => readFileSync(join(own.path, 'unleak.config.yaml'), 'utf8')
    const report = [{ RuleID: 'openai', File: 'a.env', StartLine: 1, Secret: key(77), Commit: '' }]
    own.write({ 'a.env': `OPENAI_API_KEY=${key(77)}\n`, 'report.json': JSON.stringify(report) })
    own.write({ 'unleak.config.yaml': '# ours\nminSeverity: low # all of it\n' })
    const dry = unleak(['migrate', 'report.json', '--dry-run'], own.path)
    expect(dry.stdout).toContain('Would add to unleak.config.yaml: baseline.')
    expect(config()).toBe('# ours\nminSeverity: low # all of it\n')
    expect(unleak(['migrate', 'report.json'], own.path).stdout).toContain('Added to unleak.config.yaml')
    expect(config()).toMatch(
      /^# ours\nminSeverity: low # all of it\n\n# Taken over by.*\n\nbaseline: unleak.baseline.jsonl\n$/,
    )
    expect(unleak(['scan', 'a.env'], own.path)).toMatchObject({ status: 0 })
    own.write({ 'unleak.config.yaml': '{ minSeverity: low }\n' })
    rmSync(join(own.path, 'unleak.baseline.jsonl'))
    expect(unleak(['migrate', 'report.json'], own.path).stdout).toContain('is there and stays as it is')
    expect(config()).toBe('{ minSeverity: low }\n')
  })

  it('says what it can not tell', () => {
    repo.write({ 'what.txt': 'x' })
    expect(unleak(['migrate', 'what.txt'], repo.path).stderr).toContain(
      'it can not be told which tool wrote it',
    )
    expect(unleak(['migrate', 'what.txt', '--from', 'detect-secrets'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('could not be read as detect-secrets'),
    })
    expect(unleak(['migrate'], tempFolder())).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nothing to take over'),
    })
  })
})

describe('patterns of paths as globs', () => {
  it.each([
    ['^docs/', ['docs/x', 'docs/a/b'], ['a/docs/x']],
    ['(^|/)fixtures/', ['fixtures/x', 'a/b/fixtures/x/y'], ['afixtures/x']],
    ['.*\\.lock$', ['a.lock', 'b/c.lock'], ['a.lock/b']],
    ['package-lock.json', ['package-lock.json', 'a/package-lock.json'], ['package.json']],
    ['a(b|c)d$', ['abd', 'x/yacd'], ['abdc']],
    ['node_modules', ['node_modules/a/b', 'x/node_modules/c', 'old_node_modules'], ['node/modules']],
  ])('%s', (regex, yes, no) => {
    const matches = picomatch(globsOf(regex)!, { dot: true })
    expect(yes.filter((path) => !matches(path))).toEqual([])
    expect(no.filter((path) => matches(path))).toEqual([])
  })

  it.each(['x+', '.*', 'a.*b', '', 'a|'])('%s can not be said', (regex) => {
    expect(globsOf(regex)).toBeUndefined()
  })

  it('take no path that the pattern does not take', () => {
    const piece = fc.constantFrom('a', 'b', '/', '\\.', 'ab', '(a|b)', '(^|/)', 'c?', '.*')
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c', 'ab', '.', '/'), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        path,
        (start, parts, end, name) => {
          const clean = name.replace(/\/+/g, '/').replace(/^\/|\/$/g, '')
          if (clean === '' || clean.split('/').some((part) => /^\.+$/.test(part))) return
          const regex = `${start ? '^' : ''}${parts.join('')}${end ? '$' : ''}`
          const globs = globsOf(regex)
          if (globs === undefined || globs.length === 0) return
          const matches = picomatch(globs, { dot: true })(clean)
          if (matches)
            expect([regex, globs, clean, new RegExp(regex).test(clean)]).toEqual([regex, globs, clean, true])
        },
      ),
      { numRuns: 3000 },
    )
  })
})
