// No output of the command line holds a secret, whatever place it comes from: contents, names, messages, arguments.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/reporters/reporter.ts'
import { unleak } from '../helpers/cli.ts'
import { alnum, base64url, githubToken, openaiKey, randomText } from '../helpers/keys.ts'
import { leaksOf } from '../helpers/leaks.ts'
import { makeRepo, type Repo, tempFolder } from '../helpers/repo.ts'

interface Key {
  readonly provider: string
  /** What everybody may see of it. */
  readonly prefix: string
  /** What nobody may see 8 characters in a row of. */
  readonly body: string
  readonly value: string
}

function key(provider: string, value: string, prefix: string): Key {
  return { provider, prefix, body: value.slice(prefix.length), value }
}

/** Text in parts, so that no scanner takes this file for a leak. */
const parts = (...texts: string[]): string => texts.join('')
const digits = (length: number, seed: number) => randomText('123456789', length, seed)

const KEYS: readonly Key[] = [
  key('openai', openaiKey('sk-proj-', 74, 301), 'sk-proj-'),
  key('github', githubToken(302), 'ghp_'),
  key('anthropic', `${parts('sk-ant-', 'api03-')}${base64url(92, 303)}aAA`, 'sk-ant-api03-'),
  key('stripe', `${parts('sk_', 'live_')}${alnum(99, 304)}`, parts('sk_', 'live_')),
  key(
    'slack',
    `${parts('xox', 'b-')}${digits(12, 305)}-${digits(13, 306)}-${alnum(24, 307)}`,
    parts('xox', 'b-'),
  ),
  key('gitlab', `${parts('glp', 'at-')}${alnum(20, 308)}`, parts('glp', 'at-')),
  key('google', `${parts('AI', 'za')}${alnum(35, 309)}`, parts('AI', 'za')),
  key(
    'huggingface',
    `${parts('h', 'f_')}${randomText('ABCDEFGHIJKLMabcdefghijklmnopqrstuvw', 34, 310)}`,
    'hf_',
  ),
]

/** The providers whose secret shows in what a run put out. */
function leaking(...texts: string[]): string[] {
  const text = texts.join('\n')
  return KEYS.filter(({ body }) => leaksOf(text, body).length > 0).map(({ provider }) => provider)
}

const OTHER_FORMATS = FORMATS.filter((name) => name !== 'text' && name !== 'json')

/** Runs in every form of output: to the terminal and to files, in short and at length. Returns all of it. */
function everyOutput(args: readonly string[], cwd: string, input?: string) {
  const folder = tempFolder()
  const forms = [
    [],
    ['--verbose'],
    ['--format', 'json'],
    [
      '--format',
      `text=${join(folder, 'report.txt')}`,
      '--format',
      `json=${join(folder, 'report.json')}`,
      ...OTHER_FORMATS.flatMap((name) => ['--format', `${name}=${join(folder, `other.${name}`)}`]),
      '--verbose',
    ],
    ['--output', join(folder, 'output.txt')],
  ]
  const runs = forms.map((form) => unleak([...args, ...form], cwd, input === undefined ? {} : { input }))
  const others = OTHER_FORMATS.map((name) => `other.${name}`)
  const reports = ['report.txt', 'report.json', 'output.txt', ...others].map((name) => join(folder, name))
  const texts = runs.flatMap(({ stdout, stderr }) => [stdout, stderr])
  for (const file of reports.filter((name) => existsSync(name))) texts.push(readFileSync(file, 'utf8'))
  return { statuses: runs.map(({ status }) => status), texts }
}

/** One file for each key, and one that holds them all. */
function contents(): Record<string, string> {
  const lines = KEYS.map(({ value }, i) => `const key${i} = '${value}'\n`)
  const each = lines.map((line, i) => [`src/${KEYS[i]!.provider}.ts`, line] as const)
  return { ...Object.fromEntries(each), 'all.ts': lines.join('') }
}

function staged(files: Record<string, string>): Repo {
  const repo = makeRepo()
  repo.write(files)
  repo.git('add', '-A')
  return repo
}

describe('contents', () => {
  it('every key is found', () => {
    const { report } = JSON.parse(
      `{"report":${unleak(['staged', '--format', 'json'], staged(contents()).path).stdout}}`,
    )
    expect(new Set(report.findings.map((f: { provider: string }) => f.provider))).toEqual(
      new Set(KEYS.map(({ provider }) => provider)),
    )
  })

  it.each(['staged', 'scan', 'scan all.ts'])('unleak %s', (words) => {
    const { statuses, texts } = everyOutput(words.split(' '), staged(contents()).path)
    expect(statuses).toEqual([1, 1, 1, 1, 1])
    expect(leaking(...texts)).toEqual([])
  })

  it('standard input', () => {
    const { statuses, texts } = everyOutput(['scan', '-'], tempFolder(), contents()['all.ts'])
    expect(statuses).toEqual([1, 1, 1, 1, 1])
    expect(leaking(...texts)).toEqual([])
  })

  it('in other encodings, which are decoded', () => {
    const base64 = KEYS.map(({ value }) => Buffer.from(`token = "${value}"`).toString('base64')).join('\n')
    const utf16 = Buffer.from(`\ufeff${contents()['all.ts']}`, 'utf16le').toString('latin1')
    const repo = makeRepo()
    repo.write({ 'a.txt': base64, 'b.txt': Buffer.from(utf16, 'latin1') })
    const { statuses, texts } = everyOutput(['scan'], repo.path)
    expect(statuses).toEqual([1, 1, 1, 1, 1])
    expect(leaking(...texts)).toEqual([])
  })

  it('--reveal=force shows them, and --reveal alone refuses a pipe', () => {
    const repo = staged(contents())
    for (const format of ['text', 'json']) {
      const { stdout } = unleak(['staged', '--reveal=force', '--verbose', '--format', format], repo.path)
      for (const { value } of KEYS) expect(stdout.replace(/\s+/g, '')).toContain(value)
    }
    const refused = unleak(['staged', '--reveal'], repo.path)
    expect(refused.status).toBe(2)
    expect(leaking(refused.stdout, refused.stderr)).toEqual([])
  })
})

describe('commit messages', () => {
  it('unleak message', () => {
    const folder = tempFolder()
    const text = `${KEYS.map(({ value }) => `use ${value}`).join('\n')}\n`
    writeFileSync(join(folder, 'MESSAGE'), text)
    const { statuses, texts } = everyOutput(['message', 'MESSAGE'], folder)
    expect(statuses).toEqual([1, 1, 1, 1, 1])
    expect(leaking(...texts)).toEqual([])
  })
})

describe('names of files and folders', () => {
  it('that hold the key which is also in the file', () => {
    const files = KEYS.map(({ value }) => [`${value}/${value}.txt`, `token = '${value}'\n`] as const)
    const repo = staged(Object.fromEntries(files))
    for (const command of ['staged', 'scan']) {
      const { statuses, texts } = everyOutput([command], repo.path)
      expect(statuses).toEqual([1, 1, 1, 1, 1])
      expect(leaking(...texts)).toEqual([])
    }
  })

  it('names: that hold a key, when another is in the file', () => {
    const other = openaiKey('sk-proj-', 74, 390)
    const files = KEYS.map(({ value }) => [`${value}/${value}.txt`, `token = '${other}'\n`] as const)
    const repo = staged(Object.fromEntries(files))
    for (const command of ['staged', 'scan'])
      expect(leaking(...everyOutput([command], repo.path).texts)).toEqual([])
  })

  it('names: of files that can not be read', () => {
    const repo = makeRepo()
    repo.write(Object.fromEntries(KEYS.map(({ value }) => [`${value}.txt`, 'text\n'])))
    repo.git('add', '-A')
    for (const { value } of KEYS) chmodSync(join(repo.path, `${value}.txt`), 0)
    removeObjects(repo)
    for (const command of ['staged', 'scan'])
      expect(leaking(...everyOutput([command], repo.path).texts)).toEqual([])
  })

  it('names: of submodules', () => {
    const repo = makeRepo()
    const commit = repo.commit({ 'a.txt': 'text\n' })
    for (const { value } of KEYS)
      repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},${value}`)
    expect(leaking(...everyOutput(['staged'], repo.path).texts)).toEqual([])
  })
})

/** Empties the object store of blobs: everything staged is missing. */
function removeObjects(repo: Repo): void {
  for (const line of repo.git('ls-files', '--stage').split('\n').filter(Boolean)) {
    const id = line.split(' ')[1]!
    const file = join(repo.path, '.git/objects', id.slice(0, 2), id.slice(2))
    if (existsSync(file)) {
      chmodSync(file, 0o644)
      writeFileSync(file, 'broken')
    }
  }
}

let rotation = 0

/** OpenAI's key and another one in turn: what is repeated is repeated whoever issued it. */
function twoKeys(): readonly Key[] {
  rotation += 1
  return [KEYS[0]!, KEYS[1 + (rotation % (KEYS.length - 1))]!]
}

/** Runs once a key and returns the providers whose key is in what is said. `expected` is the exit status. */
function echoes(run: (value: string, repo: Repo) => readonly string[], expected = 2): string[] {
  const repo = makeRepo()
  const texts = twoKeys().flatMap(({ value }) => {
    const done = unleak(run(value, repo), repo.path)
    expect(done.status).toBe(expected)
    return [done.stdout, done.stderr]
  })
  return leaking(...texts)
}

type Text = (value: string) => string

/** What a YAML parser complains of, and quotes. */
const BROKEN_YAML: Readonly<Record<string, Text>> = {
  'list that does not end': (value) => `skip: [${value}\nminSeverity: : low\n`,
  'quote that does not end': (value) => `"${value}: low\n`,
  'unknown alias': (value) => `skip: *${value}\n`,
  'unknown tag': (value) => `skip: !${value} low\n`,
  'unknown key in YAML': (value) => `${value}: low\n`,
  'wrong value': (value) => `minSeverity: ${value}\n`,
  'wrong indentation': (value) => `skip:\n  - a\n ${value}\n`,
}

const BROKEN_JSON: Readonly<Record<string, Text>> = {
  'that does not parse': (value) => `{ "skip": ["${value}" `,
  'bare word': (value) => `{ "skip": ${value} }`,
  'unknown key': (value) => `{ "${value}": 1 }`,
  'rule that there is not': (value) => `{ "skip": ["${value}"] }`,
  'rule file that there is not': (value) => `{ "rules": ["${value}.yml"] }`,
  'bad severity': (value) => `{ "minSeverity": "${value}" }`,
}

const BROKEN_IGNORES: Readonly<Record<string, Text>> = {
  'not YAML': (value) => `ignore: [${value}\n- x: : y\n`,
  'unknown alias': (value) => `ignore: *${value}\n`,
  'unknown tag': (value) => `ignore: !${value} x\n`,
  'unknown key': (value) => `ignore:\n  - ${value}: 1\n`,
  'bad id': (value) => `ignore:\n  - id: ${value}\n    reason: x\n`,
  'bad day': (value) => `ignore:\n  - id: ${'0'.repeat(16)}\n    reason: x\n    until: ${value}\n`,
}

describe('files of settings that are broken', () => {
  const tables = [
    ['configuration', 'unleak.config.yaml', BROKEN_YAML, ['staged']],
    ['configuration', 'unleak.config.json', BROKEN_JSON, ['staged']],
    ['rule file', 'own.yml', BROKEN_YAML, ['scan', 'a.ts', '--rules', 'own.yml']],
    ['ignore file', 'unleak.ignore.yaml', BROKEN_IGNORES, ['scan', 'a.ts']],
  ] as const
  for (const [what, file, table, args] of tables) {
    for (const [mistake, text] of Object.entries(table)) {
      it(`${what}: ${mistake}`, () => {
        const found = echoes((value, repo) => {
          repo.write({ 'a.ts': `const key = '${openaiKey('sk-proj-', 74, 391)}'\n`, [file]: text(value) })
          return args
        })
        expect(found).toEqual([])
      })
    }
  }
})

describe('arguments', () => {
  const table: Readonly<Record<string, (value: string) => string[]>> = {
    'a command': (value) => [value],
    'an unknown flag': (value) => ['staged', `--${value}`],
    'a value for a switch': (value) => ['staged', `--quiet=${value}`],
    '--min-severity KEY': (value) => ['staged', `--min-severity=${value}`],
    '--only KEY': (value) => ['staged', '--only', value],
    '--skip KEY': (value) => ['staged', '--skip', value],
    '--format KEY': (value) => ['staged', '--format', value],
    '--config KEY': (value) => ['staged', '--config', value],
    '--config KEY.js': (value) => ['staged', '--config', `${value}.js`],
    '--rules KEY': (value) => ['staged', '--rules', value],
    '--output KEY/KEY': (value) => ['scan', '--output', `${value}/${value}`],
    'a path that is not there': (value) => ['scan', value],
    'a message file that is not there': (value) => ['message', value],
    'an id to ignore': (value) => ['ignore', value, '--reason', 'x'],
    '--until KEY': (value) => ['ignore', '0'.repeat(16), '--reason', 'x', '--until', value],
    'an argument of init': (value) => ['init', value],
    'a command of rules': (value) => ['rules', value],
    'a rule to show': (value) => ['rules', 'show', value],
    'a rule file to check': (value) => ['rules', 'check', value],
  }
  for (const [name, args] of Object.entries(table)) {
    it(`argument: ${name}`, () => {
      expect(echoes((value) => args(value))).toEqual([])
    })
  }

  it('an id or a reason that is written', () => {
    const found = echoes((value) => ['ignore', '0'.repeat(16), '--reason', value, '--owner', value], 0)
    expect(found).toEqual([])
  })

  it('argument: environment variables', () => {
    const folder = tempFolder()
    const names = ['MIN_SEVERITY', 'ONLY', 'SKIP', 'FORMAT', 'CONFIG', 'RULES'].map(
      (name) => `UNLEAK_${name}`,
    )
    const texts = names.flatMap((name) =>
      twoKeys().map(({ value }) => unleak(['scan'], folder, { env: { [name]: value } }).stderr),
    )
    expect(leaking(...texts)).toEqual([])
  })
})

describe('folders around', () => {
  it('names: a project in a folder that is named like a key', () => {
    const texts = KEYS.slice(0, 2).flatMap(({ value }) => {
      const folder = join(tempFolder(), value)
      mkdirSync(folder)
      const repo = makeRepo({ path: folder })
      repo.write({ 'unleak.config.json': '{ broken' })
      const done = unleak(['staged'], folder)
      expect(done.status).toBe(2)
      return [done.stdout, done.stderr]
    })
    expect(leaking(...texts)).toEqual([])
  })
})
