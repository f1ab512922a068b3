// Repositories made by real git for the pack reader's tests, and what git itself says is in them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { createKernel } from '../../../src/engine/kernel/load.ts'
import type { ObjectType, PackObject, PackOptions, Sought } from '../../../src/git/pack/contract.ts'
import { type PackSummary, readPacks } from '../../../src/git/pack/read.ts'
import { kernelModule, randomNumbers } from '../../engine/kernel/helpers.ts'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-pack-'))
  folders.push(folder)
  return folder
}

const ENV = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'C',
  GIT_COMMITTER_EMAIL: 'c@example.com',
  GIT_COMMITTER_DATE: '2020-01-01T00:00:00Z',
}

export interface Repo {
  readonly dir: string
  readonly gitDir: string
  git(...args: string[]): Buffer
  /** Writes files and commits them; one file may be bytes. */
  commit(files: Record<string, string | Uint8Array>, message?: string): void
}

export function makeRepo(...initArgs: string[]): Repo {
  const dir = temporaryFolder()
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'gc.auto=0', ...args], {
      cwd: dir,
      env: ENV,
      maxBuffer: 1 << 30,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  git('init', '-q', '-b', 'main', ...initArgs)
  return {
    dir,
    gitDir: join(dir, '.git'),
    git,
    commit(files, message = 'change') {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(dir, name)), { recursive: true })
        writeFileSync(join(dir, name), content)
      }
      git('add', '-A')
      git('commit', '-q', '--allow-empty', '-m', message)
    },
  }
}

const WORDS = 'const return import from export await config token client request response value'.split(' ')

/** A history of a few growing and changing files with keywords here and there. */
export function makeHistory(repo: Repo, commits: number, seed: number): void {
  const random = randomNumbers(seed)
  const line = () => {
    const words = Array.from({ length: 2 + random(8) }, () => WORDS[random(WORDS.length)])
    const special = random(60)
    if (special === 0) words.push(`${KEYWORDS[random(KEYWORDS.length)]}${random(1e9)}`)
    if (special === 1)
      words.push(Buffer.from(`${random(1e9)} some hidden text ${random(1e9)}`).toString('base64'))
    return words.join(' ')
  }
  const files = new Map(
    ['a.ts', 'lib/b.ts', 'lib/deep/c.md'].map((name) => [name, Array.from({ length: 150 }, line)]),
  )
  for (let i = 0; i < commits; i++) {
    for (const lines of files.values()) {
      for (let edits = random(4); edits > 0; edits--) {
        const at = random(lines.length)
        lines.splice(at, random(3), ...Array.from({ length: random(4) }, line))
      }
      if (random(5) === 0) lines.splice(random(lines.length), 0, ...lines.slice(random(50), 50 + random(50)))
    }
    repo.commit(
      Object.fromEntries([...files].map(([name, lines]) => [name, lines.join('\n')])),
      `change ${i} ${line()}`,
    )
  }
}

export const KEYWORDS = ['sk-test', 'ghp_', 'secret', 'akia', 'xoxb-', 'token', '-----begin']

export const SOUGHT: Sought = { keywords: KEYWORDS, longKeywords: [6], reach: 100 }

export const OPTIONS: PackOptions = {
  sought: SOUGHT,
  minRun: 24,
  types: ['blob', 'commit', 'tag'],
}

/** "type size hash" of every object, as git prints them. */
export function askGit(repo: Pick<Repo, 'git'>): Map<string, string> {
  const out = repo.git('cat-file', '--batch-all-objects', '--batch', '--unordered')
  const objects = new Map<string, string>()
  for (let at = 0; at < out.length; ) {
    const lineEnd = out.indexOf(10, at)
    const [id, type, size] = out.toString('latin1', at, lineEnd).split(' ')
    const end = lineEnd + 1 + Number(size)
    objects.set(id!, describe(type!, out.subarray(lineEnd + 1, end)))
    at = end + 1
  }
  return objects
}

function describe(type: string, bytes: Uint8Array): string {
  return `${type} ${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`
}

export interface Read extends PackSummary {
  readonly objects: Map<string, string>
}

const ALL: ObjectType[] = ['commit', 'tree', 'blob', 'tag']

/** "type size hash" of every object, as the pack reader gives them; an object given twice is an error. */
export async function readAll(gitDir: string, options: Partial<PackOptions> = {}): Promise<Read> {
  const objects = new Map<string, string>()
  const summary = readPacks(
    gitDir,
    createKernel(await kernelModule()),
    { ...OPTIONS, types: [], each: ALL, ...options },
    {
      visit: () => false,
      each({ hex }, type, bytes) {
        const id = hex()
        if (objects.has(id)) throw new Error(`${id} was read twice`)
        objects.set(id, describe(type, bytes))
        return 0
      },
    },
  )
  return { ...summary, objects }
}

export interface Found {
  readonly hits: string[]
  readonly runs: string[]
  readonly windows: number[]
  readonly utf16: boolean
  readonly bytes: Buffer
}

/** What the visitor is told of each object. */
export async function search(
  gitDir: string,
  options: Partial<PackOptions>,
  isSticky: (object: PackObject) => boolean,
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  const kernel = createKernel(await kernelModule())
  const { problems } = readPacks(
    gitDir,
    kernel,
    { ...OPTIONS, ...options },
    {
      visit(object) {
        const { hits, runs } = object
        found.set(object.id, {
          hits: Array.from({ length: hits.length }, (_, i) => `${hits.offsets[i]}:${hits.keywords[i]}`),
          runs: Array.from({ length: runs.length / 2 }, (_, i) => `${runs[2 * i]}-${runs[2 * i + 1]}`),
          windows: [...object.windows],
          utf16: object.utf16,
          bytes: Buffer.from(object.bytes),
        })
        return isSticky(object)
      },
    },
  )
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return found
}
