// `unleak scan` on the built package: every OpenAI shape, every look-alike, every placeholder, files of all kinds.
import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import {
  alnum,
  base64url,
  githubToken,
  hex,
  MARKER,
  OPENAI_SHAPES,
  openaiKey,
  randomText,
} from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const UUID = (seed: number) =>
  `${hex(8, seed)}-${hex(4, seed)}-4${hex(3, seed)}-a${hex(3, seed)}-${hex(12, seed)}`

/** Scans `text` from standard input; the rules and secrets found. */
function found(text: string) {
  const { report } = unleakJson(['scan', '-', '--reveal=force'], tempFolder(), { input: text })
  return report.findings.map((f) => [f.rule, f.secret.value])
}

const SURROUNDINGS: readonly (readonly [string, string, string])[] = [
  ['quotes', '"', '"'],
  ['a comma', '', ','],
  ['parentheses', '(', ')'],
  ['a full stop', '', '. Next'],
  ['a tag', '<td>', '</td>'],
  ['an ampersand', '?k=', '&v=1'],
  ['pipes', '| ', '|'],
  ['escaped quotes', '{\\"k\\":\\"', '\\"}'],
  ['percent-encoded quotes', '%22', '%22'],
  ['nothing, at the end', '', ''],
  ['an underscore before', 'X_', ''],
  ['square brackets', '[', ']'],
]

describe('every OpenAI shape in every surrounding', () => {
  it.each(OPENAI_SHAPES.map(([rule, make], i) => [`${rule} (${i})`, rule, make] as const))(
    '%s',
    (_, rule, make) => {
      const keys = SURROUNDINGS.map((_, i) => make(i + 1))
      const text = SURROUNDINGS.map(([, before, after], i) => `${before}${keys[i]}${after}`).join('\n\n')
      const pairs = found(text)
      expect(pairs.map(([, secret]) => secret).sort()).toEqual([...keys].sort())
      expect(new Set(pairs.map(([id]) => id))).toEqual(new Set([rule]))
    },
  )

  it('a key that ends in a dash is taken whole', () => {
    const key = `sk-proj-${base64url(74)}${MARKER}${base64url(73, 2)}-`
    for (const [name, before, after] of SURROUNDINGS) {
      expect(found(`${before}${key}${after}`), name).toEqual([['openai-project-key', key]])
    }
  })

  it('says what the structure says, and never drops for it', () => {
    const genuine = `sk-proj-${Buffer.concat([createHash('shake256', { outputLength: 110 }).update('seed').digest(), Buffer.from([0])]).toString('base64url')}`
    const key = `${genuine.slice(0, 82)}${MARKER}${genuine.slice(82)}`
    const cut = openaiKey('sk-proj-', 74).slice(0, 150)
    const { report } = unleakJson(['scan', '-'], tempFolder(), { input: `a = "${key}"\nb = "${cut}"` })
    const [whole, truncated] = [164, 150].map((n) => report.findings.find((f) => f.secret.length === n))
    expect(whole).toMatchObject({ confidence: 'high' })
    expect(truncated?.evidence.join(' ')).toMatch(/150/)
  })

  it('wrapped in base64, escaped, split, in UTF-16', () => {
    const key = openaiKey()
    const wrapped = [
      Buffer.from(key).toString('base64'),
      [...key].map((c) => `\\u00${c.charCodeAt(0).toString(16)}`).join(''),
      key.replaceAll('-', '%2D'),
      `"${key.slice(0, 40)}" + "${key.slice(40)}"`,
    ]
    for (const text of wrapped) expect(found(`value: ${text}\n`)).toEqual([['openai-project-key', key]])
  })
})

describe('every look-alike goes to its own provider, or to none', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['anthropic', `sk-ant-api03-${base64url(93)}AA`, ''],
    ['anthropic', `sk-ant-admin01-${base64url(93)}AA`, ''],
    ['anthropic', `sk-ant-oat01-${base64url(80)}`, ''],
    ['openrouter', `sk-or-v1-${hex(64)}`, ''],
    ['langfuse', `sk-lf-${UUID(3)}`, ''],
    ['minimax', `sk-api-${base64url(119)}`, ''],
    ['moonshot', `sk-${alnum(48)}`, 'MOONSHOT_API_KEY='],
    ['stability', `sk-${alnum(48)}`, 'STABILITY_API_KEY='],
    ['deepseek', `sk-${hex(32)}`, 'DEEPSEEK_API_KEY='],
    ['dashscope', `sk-${hex(32)}`, 'DASHSCOPE_API_KEY='],
    ['litellm', `sk-${base64url(22)}`, 'LITELLM_MASTER_KEY='],
    ['stripe', `sk_live_${alnum(24)}`, ''],
    ['elevenlabs', `sk_${hex(48)}`, ''],
    ['groq', `gsk_${alnum(52)}`, ''],
    ['xai', `xai-${alnum(80)}`, ''],
    ['huggingface', `hf_${randomText('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', 34, 4)}`, ''],
    ['replicate', `r8_${alnum(37)}`, ''],
    ['perplexity', `pplx-${alnum(48)}`, ''],
    ['github', githubToken(), ''],
  ]
  it.each(cases)('%s', (provider, key, before) => {
    const { report } = unleakJson(['scan', '-'], tempFolder(), { input: `${before}${key}\n` })
    expect(report.findings.map((f) => f.provider)).toEqual([provider])
  })

  it.each([
    ['SSH key type', 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNza'],
    [
      'CSS',
      '.sk-spinner { } .sk-folding-cube .sk-cube1:before { } --risk-none-bg: #fff; .task-list-item-checkbox-label',
    ],
    ['a locale', 'Locale("sk-SK")'],
    ['words', 'ask-proj-manager-about-the-disk-space-and-the-task-list-for-the-next-release-please'],
    ['object ids', `org-${alnum(24)} proj_${alnum(24)} req_${hex(32)} user-${alnum(24)} asst_${alnum(24)}`],
  ])('%s is none', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('placeholders and published examples are never reported', () => {
  it.each([
    `sk-${'x'.repeat(48)}`,
    'sk-your-api-key-goes-here',
    'sk-1234567890abcdef1234567890abcdef1234567890abcdef',
    `sk-proj-${'x'.repeat(74)}${MARKER}${'x'.repeat(74)}`,
    'sk-proj-1234567890',
    'sk-synthetic-key-for-tests',
    'OPENAI_API_KEY=<OPENAI_API_KEY>',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the placeholder
    'OPENAI_API_KEY=${OPENAI_API_KEY}',
    'apiKey: process.env.OPENAI_API_KEY',
    'sk-abcdefghijklmnop123',
    'sk-admin-1234abcd',
    'sk-abc...def',
    'sk-proj-********************************************1234',
    `aws_access_key_id = AKIA${'IOSFODNN7'}EXAMPLE`,
    'ek_1234',
  ])('%s', (text) => {
    expect(found(`${text}\n`)).toEqual([])
  })
})

describe('files', () => {
  const LINE = `OPENAI_API_KEY=${openaiKey()}\n`
  const paths = (args: string[], cwd: string) => {
    const { status, report } = unleakJson(['scan', ...args], cwd)
    return {
      status,
      paths: report.findings.flatMap((f) => f.places.map((p) => p.path)),
      counts: report.scan.counts,
    }
  }

  it('in a repository: tracked files, and untracked ones that are not ignored', () => {
    const repo = makeRepo()
    repo.commit({ '.gitignore': 'ignored.env\n', 'tracked.env': LINE, 'a.txt': 'x\n' })
    repo.write({ 'untracked.env': LINE, 'ignored.env': LINE })
    repo.git('add', '-f', '.gitignore')
    expect(paths(['.'], repo.path).paths).toEqual(['tracked.env', 'untracked.env'])
    repo.git('add', '-f', 'ignored.env')
    expect(paths(['.'], repo.path).paths).toContain('ignored.env')
  })

  it('what a person names is scanned, ignored or not', () => {
    const repo = makeRepo()
    repo.commit({ '.gitignore': '*.env\nout/\n' })
    repo.write({ 'a.env': LINE, 'out/b.env': LINE })
    expect(paths(['a.env', 'out'], repo.path).paths).toEqual(['a.env', 'out/b.env'])
    expect(paths(['out/*.env'], repo.path).paths).toEqual(['out/b.env'])
  })

  it('outside a repository: all but node_modules and what .gitignore files leave out', () => {
    const folder = tempFolder()
    for (const name of ['node_modules/x', 'sub/deep']) mkdirSync(join(folder, name), { recursive: true })
    const files: Record<string, string> = {
      'a.env': LINE,
      '.hidden': LINE,
      'sub/.gitignore': '*.log\n!keep.log\n',
      'sub/x.log': LINE,
      'sub/deep/keep.log': LINE,
      'node_modules/x/a.env': LINE,
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    expect(paths(['.'], folder).paths).toEqual(['.hidden', 'a.env', 'sub/deep/keep.log'])
  })

  it('a link is its target text; a loop is no trouble', () => {
    const folder = tempFolder()
    symlinkSync('.', join(folder, 'loop'))
    symlinkSync(openaiKey(), join(folder, 'link'))
    expect(paths(['.'], folder)).toMatchObject({ status: 1, paths: ['link'] })
  })

  it('says what it looked at, and what is not there', () => {
    const folder = tempFolder()
    expect(unleak(['scan', 'nope'], folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('nope'),
    })
    const empty = unleak(['scan', '.'], folder)
    expect(empty.status).toBe(0)
    expect(empty.stdout).toContain('0 files')
    expect(empty.stdout).not.toContain('clean')
  })

  it('leaves out the paths it is told to', () => {
    const repo = makeRepo()
    repo.commit({ 'vendor/a.env': LINE, 'b.env': LINE })
    expect(paths(['.', '--ignore-path', 'vendor/**'], repo.path).paths).toEqual(['b.env'])
  })
})

describe('accepted findings', () => {
  it('unleak ignore hides a finding until its day, here and in the hook', () => {
    const repo = makeRepo()
    repo.write({ 'a.env': `OPENAI_API_KEY=${openaiKey()}\n` })
    repo.git('add', '-A')
    const id = unleakJson(['scan', '.'], repo.path).report.findings[0]!.id
    const done = unleak(
      ['ignore', id, '--reason', 'a test key', '--until', '2099-01-01', '--owner', 'ada'],
      repo.path,
    )
    expect(done).toMatchObject({ status: 0, stdout: expect.stringContaining(id) })
    expect(unleak(['scan', 'a.env'], repo.path).status).toBe(0)
    expect(unleak(['staged'], repo.path).status).toBe(0)
    unleak(['ignore', id, '--reason', 'over', '--until', '2020-01-01'], repo.path)
    const ended = unleakJson(['staged'], repo.path)
    expect(ended.status).toBe(1)
    expect(ended.report.scan.problems).toMatchObject([{ code: 'W_IGNORE_EXPIRED' }])
  })

  it('a broken ignore file is an error, not a silent pass', () => {
    const repo = makeRepo()
    repo.write({ 'a.env': `OPENAI_API_KEY=${openaiKey()}\n`, 'unleak.ignore.yaml': 'ignore:\n  - id: 12\n' })
    repo.git('add', '-A')
    expect(unleak(['staged'], repo.path)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('entry 1'),
    })
  })

  it('an allow comment hides its line, in any tool’s words', () => {
    const comments = [
      'unleak:allow',
      'gitleaks:allow',
      'betterleaks:allow',
      'trufflehog:ignore',
      'kingfisher:ignore',
      'pragma: allowlist secret',
      'secretlint-disable-line',
      'ggignore',
    ]
    for (const comment of comments) expect(found(`k = "${openaiKey()}" # ${comment}`), comment).toEqual([])
    expect(found(`# unleak:allow\n\nk = "${openaiKey()}"`)).toHaveLength(1)
  })
})

describe('hostile repositories', () => {
  it('configuration as code is not run, found or named', () => {
    const repo = makeRepo()
    const proof = join(repo.path, 'ran')
    const code = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`
    repo.write({
      'unleak.config.json': '{ "minSeverity": "low" }',
      '.config/config.cjs': code,
      '.config/config.js': code,
      '.config/unleakrc.cjs': code,
      'unleak.config.js': code,
      '.unleakrc.js': code,
      'a.env': `OPENAI_API_KEY=${openaiKey()}\n`,
    })
    repo.git('add', 'a.env')
    expect(unleak(['staged'], repo.path).status).toBe(1)
    expect(unleak(['staged', '--config', 'unleak.config.js'], repo.path).status).toBe(2)
    expect(() => symlinkSync('x', proof)).not.toThrow()
  })
})
