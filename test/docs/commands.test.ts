// Every command line of the documentation, run on the built package: a scratch project with a leaked key, a stand-in account.
import { execFile } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Stage, startStage } from '../helpers/account.ts'
import { BIN, type JsonReport } from '../helpers/cli.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const PAGES = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
)

/** What can't run here, and why. An entry that no page needs any more is a mistake too. */
const NOT_RUN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bnpm (?:install|i|ci)\b/, 'asks the registry; test/e2e/package.test.ts installs the packed package'],
  [/^npm test\b/, 'this is it'],
  [/^unleak review$/, 'asks at a terminal; test/e2e/accept has it answered by flags'],
  [/^git fetch --unshallow$/, 'the scratch project is no clone; test/e2e/ci.test.ts has shallow ones'],
]

interface Block {
  readonly page: string
  readonly line: number
  readonly commands: readonly string[]
}

/** The ```sh blocks of a page, as command lines: continued lines joined, comments and prompts taken off. */
function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let open: { line: number; lines: string[] } | undefined
  for (const [i, text] of readFileSync(page, 'utf8').split('\n').entries()) {
    if (open === undefined) {
      if (/^\s*```sh\s*$/.test(text)) open = { line: i + 1, lines: [] }
    } else if (/^\s*```\s*$/.test(text)) {
      blocks.push({ page, line: open.line, commands: commandsOf(open.lines.join('\n')) })
      open = undefined
    } else open.lines.push(text.trim())
  }
  return blocks
}

function commandsOf(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/^\$ /, '').replace(/(?:^|\s+)#\s.*$/, ''))
    .filter((line) => line.trim() !== '')
}

const blocks = PAGES.flatMap(blocksOf)
const whyNot = (command: string) => NOT_RUN.find(([pattern]) => pattern.test(command))?.[1]

const template = makeRepo()
const tools = tempFolder()
let values: Readonly<Record<string, string>>

/** A project with what the pages speak of: a history, a leaked key, env files, reports, a rule file. */
beforeAll(async () => {
  const stage = await startStage()
  const { leaked } = stage.account.named
  template.commit({ '.gitignore': '.env*\n*.json\n!package.json\n', 'package.json': PACKAGE })
  template.commit({ 'src/config.ts': `export const apiKey = '${leaked.value}'\n` })
  template.git('tag', 'v1')
  template.commit({
    'src/config.ts': 'export const apiKey = process.env.OPENAI_API_KEY\n',
    'netlify.toml': '[build.environment]\n  OPENAI_API_KEY = "set on the site"\n',
  })
  template.write({ '.env.production': `OPENAI_API_KEY=${leaked.value}\n` })
  writeRuleFile(join(template.path, 'acme.yml'))
  writeTools()
  const audit = await stage.run(['audit', '--format', 'json', '--no-cache'], template.path)
  const report = JSON.parse(audit.stdout) as JsonReport
  template.write({ 'audit.json': audit.stdout, 'report.json': audit.stdout })
  const { commit, path, line } = report.findings[0]!.places[0]!
  template.write({ '.gitleaksignore': `${commit}:${path}:openai-api-key:${line}\n` })
  values = { ID: report.findings[0]!.id, KEY_ID: leaked.id, NAME: 'LEAKED_KEY', FILE: 'src/config.ts' }
})

const PACKAGE = `${JSON.stringify({ name: 'scratch', private: true, scripts: { 'check-api-health': 'unleak health' } })}\n`

/** The rule file of docs/writing-rules.md, as it stands there. */
function writeRuleFile(path: string): void {
  const page = readFileSync('docs/writing-rules.md', 'utf8')
  writeFileSync(path, /^```yaml\n# acme\.yml\n([\s\S]*?)^```$/m.exec(page)![1]!)
}

/** `unleak` and `npx unleak` are the built package; the clipboard holds the key. */
function writeTools(): void {
  const node = `'${process.execPath}' '${BIN}'`
  const programs: Readonly<Record<string, string>> = {
    unleak: `exec ${node} "$@"`,
    npx: `while [ "\${1#-}" != "$1" ]; do shift; done; shift; exec ${node} "$@"`,
    pbpaste: 'printf %s "$LEAKED_KEY"',
  }
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(tools, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(tools, name), 0o755)
  }
}

interface Ran {
  readonly status: number
  readonly output: string
}

function sh(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile('bash', ['-c', command], { cwd, env, timeout: 60_000 }, (error, out, err) => {
      const code = error?.code
      done({ status: error ? (typeof code === 'number' ? code : 128) : 0, output: `${out}${err}` })
    })
    child.stdin?.end()
  })
}

/** The words in capitals that stand for something of the reader's. */
const filledIn = (command: string): string =>
  Object.entries(values).reduce(
    (text, [word, value]) => text.replace(new RegExp(`(?<![\\w-])${word}(?!\\w)`, 'g'), value),
    command,
  )

function project(): string {
  const folder = join(tempFolder(), 'project')
  cpSync(template.path, folder, { recursive: true })
  return folder
}

/** An account for each block: the same one, as it was before anything was done to it. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const stage: Stage = await startStage()
  return {
    ...Object.fromEntries(Object.entries(cleanEnv({})).filter(([name]) => !/OPENAI/.test(name))),
    PATH: `${tools}${delimiter}${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    UNLEAK_OPENAI_BASE_URL: stage.server.url,
    UNLEAK_STATE_DIR: stage.state,
    OPENAI_ADMIN_KEY: stage.account.named.admin.value,
    OPENAI_API_KEY: stage.account.named.staging.value,
    LEAKED_KEY: stage.account.named.leaked.value,
  }
}

describe.skipIf(process.platform === 'win32')('the command lines of the documentation', () => {
  it.concurrent.each(blocks.map((block) => [`${block.page}:${block.line}`, block] as const))(
    '%s',
    async (_, block) => {
      const cwd = project()
      const env = await environment()
      for (const command of block.commands) {
        if (whyNot(command)) continue
        const { status, output } = await sh(filledIn(command), cwd, env)
        const said = `${command}\n${output}`
        expect([0, 1], said).toContain(status)
        expect(said).not.toContain('this is a bug')
      }
    },
  )
})

describe('the pages', () => {
  it('leave nothing out that could run', () => {
    const commands = blocks.flatMap((block) => block.commands)
    for (const [pattern, why] of NOT_RUN)
      expect(
        commands.some((command) => pattern.test(command)),
        `${pattern}: ${why}`,
      ).toBe(true)
  })

  it.each(PAGES)('%s links to what is there', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      ([, to]) => to!,
    )
    const lost = links.filter((to) => !existsSync(resolve(dirname(page), to)))
    expect(lost).toEqual([])
  })
})
