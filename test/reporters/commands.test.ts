// The commands of a blocked commit, typed into a real shell in a real repository.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REPORTERS, type ReporterOptions } from '../../src/reporters/index.ts'
import { makeReport, openaiFinding, PLAIN, stagedPlace } from '../helpers/report.ts'

const NAMES = [
  'src/a.ts',
  'my file.ts',
  'app/[id]/page.tsx',
  "it's.ts",
  '$HOME.ts',
  '-rf',
  ':x',
  '設定.ts',
  'a"b`c!.ts',
  'a\\b',
]

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-commands-')))
  sh('git init --quiet')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function sh(command: string, directory = '.'): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  return execFileSync('sh', ['-c', command], {
    cwd: join(root, directory),
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  })
}

function stage(path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), 'x')
  execFileSync('git', ['--literal-pathspecs', 'add', '--', path], { cwd: root })
}

/** The commands that the report of a secret in `path` prints. */
function commands(path: string, options: Partial<ReporterOptions> = {}): string[] {
  const report = makeReport([openaiFinding({ places: [stagedPlace(path, 1, 1)] })])
  const text = [...REPORTERS.text(report, { ...PLAIN, ...options })].join('')
  return [...text.matchAll(/^ {4}(git .*)$/gm)].map((match) => match[1]!)
}

const staged = () => sh('git ls-files -z').split('\0').filter(Boolean)

describe.skipIf(process.platform === 'win32')('the printed commands', () => {
  it.each(NAMES)('stage and unstage %s before the first commit', (path) => {
    stage(path)
    const [add, reset] = commands(path)
    sh(reset!)
    expect(staged()).toEqual([])
    sh(add!)
    expect(staged()).toEqual([path])
  })

  it('work from the directory in which the user stands', () => {
    stage('src/app/a.ts')
    mkdirSync(join(root, 'src/lib'))
    sh(commands('src/app/a.ts', { prefix: 'src/lib/' })[1]!, 'src/lib')
    expect(staged()).toEqual([])
  })

  it('take .env out of git and leave it on disk', () => {
    stage('.env')
    expect(commands('.env')).toEqual(['git rm --cached -- .env'])
    sh(commands('.env')[0]!)
    expect(staged()).toEqual([])
    expect(sh('cat .env')).toBe('x')
  })
})
