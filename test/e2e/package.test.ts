// The packed tarball, in a project of its own: set up with npm and husky, it blocks and lets through real commits.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { beforeAll, describe, expect, it } from 'vitest'
import { OPENAI_SHAPES, openaiKey } from '../helpers/keys.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { cleanEnv, makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const HUSKY = join(ROOT, 'node_modules/husky')
/** Pages of the response; keys that belong to a person or to the whole organization are deleted on pages of their own. */
function linksOf(rule: string): string[] {
  const keys = '/settings/organization/api-keys'
  const admin = '/settings/organization/admin-keys'
  const [revoke, replace, review] =
    rule === 'openai-admin-key'
      ? [admin, admin, '/settings/organization/members']
      : [rule === 'openai-legacy-key' ? '/settings/profile/api-keys' : keys, '/api-keys', '/usage']
  return [revoke, replace, '/settings/organization/billing/overview', review].map(
    (path) => `https://platform.openai.com${path}`,
  )
}

interface Packed {
  readonly filename: string
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string; readonly size: number; readonly mode: number }[]
}

interface Run {
  readonly status: number
  readonly output: string
}

let packed: Packed
let template: string

function npm(args: readonly string[], cwd: string) {
  const env = { npm_config_cache: join(template, 'cache'), npm_config_update_notifier: 'false' }
  // npm is a script on Windows; its arguments here are ours and plain.
  const shell = process.platform === 'win32'
  const done = spawnSync('npm', args, { cwd, env: cleanEnv(env), encoding: 'utf8', shell })
  if (done.status !== 0) throw new Error(`npm ${args.join(' ')}: ${done.stderr}${done.stdout}`)
  return done.stdout
}

/** Packs the project as it is built, without its scripts, which would build it again. */
function pack(folder: string): Packed {
  const args = ['pack', folder, '--ignore-scripts', '--json', '--pack-destination', template]
  return (JSON.parse(npm(args, template)) as Packed[])[0]!
}

/** A project as its owner has it after `npm install --save-dev husky unleak` and `npx unleak init`. */
beforeAll(() => {
  template = tempFolder()
  packed = pack(ROOT)
  const husky = pack(HUSKY)
  const project = join(template, 'project')
  mkdirSync(project)
  const repo = makeRepo({ path: project })
  repo.write({ '.gitignore': 'node_modules\n' })
  npm(['init', '-y'], project)
  const tarballs = [packed, husky].map(({ filename }) => join(template, filename))
  npm(['install', '--offline', '--no-audit', '--no-fund', '--save-dev', ...tarballs], project)
}, 120_000)

/** A fresh copy of the project; with the hooks installed and the set-up committed unless `bare`. */
function project(options: { bare?: boolean } = {}): Repo {
  const path = join(tempFolder(), 'project')
  cpSync(join(template, 'project'), path, { recursive: true, verbatimSymlinks: true })
  const repo = repoAt(path)
  if (options.bare) return repo
  const done = unleak(repo, ['init'])
  if (done.status !== 0) throw new Error(done.output)
  repo.git('add', '-A')
  const first = commit(repo)
  if (first.status !== 0) throw new Error(first.output)
  return repo
}

/** Runs the installed command, as `npx unleak` does. */
function unleak(repo: Repo, args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const program = join(repo.path, 'node_modules/.bin/unleak')
  const done = spawnSync(program, args, { cwd: repo.path, env: cleanEnv(env), encoding: 'utf8' })
  return { status: done.status ?? 128, output: done.stdout + done.stderr }
}

function commit(repo: Repo, message = 'change'): Run {
  const { status, stdout, stderr } = repo.tryGit(['commit', '-m', message])
  return { status, output: stdout + stderr }
}

const head = (repo: Repo): string => repo.git('rev-parse', 'HEAD').trim()

describe('a project with npm and husky', () => {
  let repo: Repo
  beforeAll(() => {
    repo = project()
  }, 60_000)

  it.each(OPENAI_SHAPES.map(([rule], i) => [rule, i] as const))(
    'blocks a commit with a key: %s, shape %i',
    (rule, i) => {
      repo.git('reset', '-q', '--hard')
      const before = head(repo)
      const key = OPENAI_SHAPES[i]![1](40 + i)
      const file = `src/client-${i}.ts`
      repo.write({ [file]: `export const one = 1\nexport const options = { apiKey: '${key}' }\n` })
      repo.git('add', '-A')
      const blocked = commit(repo)
      expect(blocked.status).toBe(1)
      expect(blocked.output).toContain('husky - pre-commit script failed (code 1)')
      expect(blocked.output).toContain(`${file}:2:35`)
      for (const n of [1, 2, 3, 4, 5]) expect(blocked.output).toMatch(new RegExp(`^ {2}${n}\\. \\S`, 'm'))
      for (const link of linksOf(rule)) expect(blocked.output).toContain(`${link}\n`)
      const report = JSON.parse(unleak(repo, ['staged', '--format', 'json']).output)
      const [finding] = report.findings
      expect(report.findings).toHaveLength(1)
      expect(finding.rule).toBe(rule)
      expect(blocked.output).toContain(finding.id)
      expect(blocked.output).toContain(finding.secret.redacted)
      expect(leaksBeyond(blocked.output, key, finding.secret.redacted)).toEqual([])
      expect(head(repo)).toBe(before)

      repo.write({ [file]: 'export const options = { apiKey: process.env.OPENAI_API_KEY }\n' })
      repo.git('add', '-A')
      expect(commit(repo)).toMatchObject({ status: 0 })
      expect(head(repo)).not.toBe(before)
    },
  )

  it('blocks a commit message with a key', () => {
    repo.git('reset', '-q', '--hard')
    const before = head(repo)
    const key = openaiKey('sk-proj-', 74, 60)
    repo.write({ 'plain.txt': 'plain\n' })
    repo.git('add', '-A')
    const blocked = commit(repo, `try it\n\nwith ${key}`)
    expect(blocked.status).toBe(1)
    expect(blocked.output).toContain('husky - commit-msg script failed (code 1)')
    expect(blocked.output).toContain(':3:6')
    expect(leaksBeyond(blocked.output, key, 'sk-proj-…')).toEqual([])
    expect(head(repo)).toBe(before)
    expect(commit(repo, 'try it').status).toBe(0)
  })
})

describe('a hook that can not scan blocks, with exit 2, and says why', () => {
  function expectStopped(repo: Repo, reason: string | RegExp): void {
    const before = head(repo)
    const stopped = commit(repo)
    expect(stopped.status).toBe(1)
    expect(stopped.output).toContain('script failed (code 2)')
    expect(stopped.output).toMatch(reason)
    expect(head(repo)).toBe(before)
  }

  it('the configuration is broken', () => {
    const repo = project()
    repo.write({ 'unleak.config.json': '{ "skip": [' })
    repo.git('add', '-A')
    expectStopped(repo, 'unleak.config.json')
    repo.write({ 'unleak.config.json': '{ "skipp": [] }' })
    repo.git('add', '-A')
    expectStopped(repo, /"skipp" is not a key[\s\S]*Did you mean "skip"/)
  })

  it('a staged object can not be read', () => {
    const repo = project()
    repo.write({ 'a.txt': 'text\n', 'b.txt': 'more\n' })
    repo.git('add', '-A')
    const blob = repo.git('rev-parse', ':a.txt').trim()
    const file = join(repo.path, '.git/objects', blob.slice(0, 2), blob.slice(2))
    chmodSync(file, 0o644)
    writeFileSync(file, 'not an object')
    expectStopped(repo, /not be\s+scanned[\s\S]*a\.txt/)
  })

  it('git is not on the PATH of unleak', () => {
    const repo = project()
    const tools = tempFolder()
    symlinkSync(process.execPath, join(tools, 'node'))
    const program = join(repo.path, 'node_modules/.bin/unleak')
    rmSync(program)
    const real = join(repo.path, 'node_modules/unleak/bin/unleak.js')
    writeFileSync(program, `#!/bin/sh\nPATH='${tools}' exec node '${real}' "$@"\n`, { mode: 0o755 })
    repo.write({ 'a.txt': 'text\n' })
    repo.git('add', '-A')
    expectStopped(repo, /git was not found/)
  })

  it('unleak was never built, as in a commit that is no release', () => {
    const repo = project()
    rmSync(join(repo.path, 'node_modules/unleak/dist'), { recursive: true })
    repo.write({ 'a.txt': 'text\n' })
    repo.git('add', '-A')
    expectStopped(repo, /never built \(dist\/ is missing\)[\s\S]*Take the tag of a release/)
  })

  it('unleak is not installed', () => {
    const repo = project()
    rmSync(join(repo.path, 'node_modules'), { recursive: true })
    repo.write({ 'a.txt': 'text\n' })
    repo.git('add', '-A')
    expectStopped(repo, /STOPPED\. unleak is not installed here/)
  })
})

/** Every file of the project but node_modules and what git keeps, and git's configuration. */
function stateOf(repo: Repo): string {
  const files = repo
    .git('ls-files', '--cached', '--others', '--exclude-standard', '-z')
    .split('\0')
    .filter(Boolean)
    .sort()
  const contents = files.map(
    (file) =>
      `${file}\n${existsSync(join(repo.path, file)) ? readFileSync(join(repo.path, file), 'utf8') : 'gone'}`,
  )
  return [repo.git('config', '--local', '--list'), ...contents].join('\n')
}

describe('unleak init', () => {
  it('--dry-run shows the change and makes none', () => {
    const repo = project({ bare: true })
    const before = stateOf(repo)
    const { status, output } = unleak(repo, ['init', '--dry-run'])
    expect(status).toBe(0)
    expect(output).toContain('would create .husky/pre-commit')
    expect(output).toContain('check-api-health')
    expect(stateOf(repo)).toBe(before)
  })

  it('twice changes nothing, and --remove takes it all out', () => {
    const repo = project({ bare: true })
    const before = stateOf(repo)
    expect(unleak(repo, ['init']).status).toBe(0)
    const set = stateOf(repo)
    expect(set).not.toBe(before)
    const again = unleak(repo, ['init'])
    expect(again).toMatchObject({ status: 0, output: expect.stringContaining('nothing to change') })
    expect(stateOf(repo)).toBe(set)
    expect(unleak(repo, ['init', '--remove']).status).toBe(0)
    expect(stateOf(repo)).toBe(before)
  })

  it('works through npx', () => {
    const repo = project({ bare: true })
    expect(npm(['exec', '--offline', '--', 'unleak', 'init'], repo.path)).toContain('pre-commit')
  })
})

describe('what the tarball holds', () => {
  const paths = () => packed.files.map(({ path }) => path)

  it('the files of the list, and nothing else', () => {
    const names = paths().map((path) =>
      path
        .replace(/-[A-Z0-9]{8}\.js$/, '-HASH.js')
        .replace(/^dist\/types\/.*\.d\.ts$/, 'dist/types/**/*.d.ts'),
    )
    const listed = [...new Set(names)].filter((name) => !name.startsWith('dist/types/')).sort()
    expect(listed).toMatchInlineSnapshot(`
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "bin/package.json",
        "bin/unleak.js",
        "dist/THIRD-PARTY-LICENSES.md",
        "dist/agents-masked-output.js",
        "dist/agents-reason.js",
        "dist/audit-run.js",
        "dist/audit-tables.gz",
        "dist/audit-worker.js",
        "dist/chunk-HASH.js",
        "dist/ci-index.js",
        "dist/ci/Jenkinsfile",
        "dist/ci/azure-pipelines.yml",
        "dist/ci/bitbucket-pipelines.yml",
        "dist/ci/buildkite.yml",
        "dist/ci/circleci.yml",
        "dist/ci/github-actions.yml",
        "dist/ci/gitlab-ci.yml",
        "dist/cli-commands-baseline.js",
        "dist/cli-commands-config.js",
        "dist/cli-commands-demo.js",
        "dist/cli-commands-doctor.js",
        "dist/cli-commands-health.js",
        "dist/cli-commands-ignore.js",
        "dist/cli-commands-init.js",
        "dist/cli-commands-mask.js",
        "dist/cli-commands-migrate.js",
        "dist/cli-commands-range.js",
        "dist/cli-commands-receive.js",
        "dist/cli-commands-report.js",
        "dist/cli-commands-respond.js",
        "dist/cli-commands-review.js",
        "dist/cli-commands-rotate.js",
        "dist/cli-commands-rules.js",
        "dist/cli-commands-verify.js",
        "dist/cli-help.js",
        "dist/cli-report-facts.js",
        "dist/cli.cjs",
        "dist/common-grams.txt",
        "dist/config-at-path.js",
        "dist/config-baseline-file.js",
        "dist/config-ignores.js",
        "dist/config-read.js",
        "dist/confirm-HASH.js",
        "dist/elsewhere-HASH.js",
        "dist/files-HASH.js",
        "dist/frames-HASH.js",
        "dist/git-renames.js",
        "dist/index.js",
        "dist/judge-matches-HASH.js",
        "dist/kernel.wasm",
        "dist/keywords.bin",
        "dist/loose-HASH.js",
        "dist/mask-HASH.js",
        "dist/message-HASH.js",
        "dist/prompts-HASH.js",
        "dist/range-history.js",
        "dist/report-page.css",
        "dist/report-page.js",
        "dist/reporters-HASH.js",
        "dist/reporters-codequality.js",
        "dist/reporters-csv.js",
        "dist/reporters-gitlab.js",
        "dist/reporters-html.js",
        "dist/reporters-jsonl.js",
        "dist/reporters-junit.js",
        "dist/reporters-sarif.js",
        "dist/rules-about.jsonl",
        "dist/rules-automata.gz",
        "dist/rules-compile.js",
        "dist/rules-foreign-gitleaks.js",
        "dist/rules-foreign-kingfisher.js",
        "dist/rules-globs.js",
        "dist/rules-index.bin",
        "dist/rules-read.js",
        "dist/rules.jsonl",
        "dist/sbom.cdx.json",
        "dist/scan-worker.cjs",
        "dist/schema/config.schema.json",
        "dist/schema/health.schema.json",
        "dist/schema/incident.schema.json",
        "dist/schema/report.schema.json",
        "dist/settle-HASH.js",
        "dist/share-HASH.js",
        "dist/sight-names-HASH.js",
        "dist/sources-archive.js",
        "dist/sources-glob.js",
        "dist/sources-range.js",
        "dist/staged-HASH.js",
        "dist/start.cjs",
        "dist/stdin-HASH.js",
        "dist/version-HASH.js",
        "dist/weekly-HASH.js",
        "dist/weekly-lines-HASH.js",
        "package.json",
      ]
    `)
  })

  it.skipIf(!existsSync(join(ROOT, 'dist/types')) && process.env.CI !== 'true')(
    'the types, which `npm run dev` leaves out',
    () => {
      expect(paths()).toContain('dist/types/index.d.ts')
    },
  )

  it('nothing that publint finds fault with', async () => {
    const pkgDir = join(template, 'project/node_modules/unleak')
    const { messages } = await publint({ pkgDir, pack: false, strict: true })
    const hasTypes = existsSync(join(ROOT, 'dist/types')) // `npm run dev` leaves them out
    expect(messages.filter(({ path }) => hasTypes || !path.includes('types'))).toEqual([])
  })

  it('less than 8 MB, no dependencies, an executable with line feeds', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(packed.unpackedSize).toBeLessThan(8_000_000)
    expect(manifest).not.toHaveProperty('dependencies')
    const installed = join(template, 'project/node_modules/unleak')
    const bin = readFileSync(join(installed, 'bin/unleak.js'), 'utf8')
    expect(bin).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(bin).not.toContain('\r')
    if (process.platform !== 'win32')
      expect(statSync(join(installed, 'bin/unleak.js')).mode & 0o111).toBe(0o111)
  })

  it('everything its manifest names, and no lifecycle script that an install would run or warn of', () => {
    const manifest = JSON.parse(
      readFileSync(join(template, 'project/node_modules/unleak/package.json'), 'utf8'),
    )
    const named = [manifest.exports['.'].import, manifest.exports['./schema/report'], manifest.bin.unleak]
    for (const path of named) expect(paths()).toContain(path.replace(/^\.\//, ''))
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      expect(manifest.scripts ?? {}).not.toHaveProperty(script)
  })
})
