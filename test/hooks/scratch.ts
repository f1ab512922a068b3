// Scratch repositories for the hook tests: real git, real husky, and a fake unleak that writes down its calls.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type InitOptions, runInit } from '../../src/hooks/index.ts'

const HUSKY = fileURLToPath(new URL('../../node_modules/husky', import.meta.url))

const FAKE_UNLEAK = `#!/bin/sh
{ for word; do printf '[%s]' "$word"; done; echo; } >> "$FAKE_LOG"
[ "$1" = message ] && { cat "$2" > "$FAKE_LOG.message" || exit 9; }
exit "\${FAKE_EXIT:-0}"
`

export class Scratch {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-hooks-')))
  readonly dir: string
  readonly log = join(this.root, 'calls.log')
  readonly env: Record<string, string>

  constructor(name = 'repo') {
    this.dir = join(this.root, name)
    mkdirSync(join(this.root, 'home'), { recursive: true })
    mkdirSync(this.dir, { recursive: true })
    this.env = {
      PATH: process.env.PATH ?? '',
      HOME: join(this.root, 'home'),
      GIT_CONFIG_GLOBAL: join(this.root, 'home', 'gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
      FAKE_LOG: this.log,
    }
    this.git('init', '-q', '-b', 'main')
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts)
  }

  write(path: string, text: string, mode = 0o644): void {
    const file = this.path(path)
    mkdirSync(dirname(file), { recursive: true })
    // The file may be there with another mode.
    rmSync(file, { force: true })
    writeFileSync(file, text, { mode })
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'latin1')
  }

  has(path: string): boolean {
    return existsSync(this.path(path))
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.dir, env: this.env, encoding: 'utf8', stdio: 'pipe' })
  }

  /** package.json, husky and a fake unleak, as `npm install` would leave them. */
  npmProject(below = '', json = '{\n  "name": "x",\n  "version": "1.0.0"\n}\n'): void {
    this.write(join(below, 'package.json'), json)
    this.installUnleak(below)
    this.installHusky(below)
    this.write('.gitignore', 'node_modules\n')
  }

  installUnleak(below = '', base = this.dir): void {
    const bin = join(base, below, 'node_modules', '.bin')
    mkdirSync(bin, { recursive: true })
    writeFileSync(join(bin, 'unleak'), FAKE_UNLEAK, { mode: 0o755 })
  }

  installHusky(below = ''): void {
    cpSync(HUSKY, this.path(below, 'node_modules', 'husky'), { recursive: true })
  }

  init(options: Partial<InitOptions> = {}) {
    return runInit({ cwd: this.dir, env: this.env, ...options })
  }

  /** A real commit of a new file, as a person would make it. */
  commit(options: { cwd?: string; env?: Record<string, string>; message?: string } = {}) {
    const cwd = options.cwd ?? this.dir
    const env = { ...this.env, ...options.env }
    writeFileSync(join(cwd, `file-${readdirSync(cwd).length}-${Math.random()}`), 'x\n')
    spawnSync('git', ['add', '-A'], { cwd, env: this.env })
    const message = options.message ?? 'a commit'
    const run = spawnSync('git', ['commit', '-m', message], { cwd, env, encoding: 'utf8' })
    return { status: run.status, output: run.stdout + run.stderr }
  }

  /** What the fake unleak was called with since the last time. */
  calls(): string[] {
    const text = existsSync(this.log) ? readFileSync(this.log, 'utf8') : ''
    rmSync(this.log, { force: true })
    return text.split('\n').filter(Boolean)
  }

  /** A PATH with git and the shell's tools, and no node. */
  pathWithoutNode(): string {
    const bin = join(this.root, 'bin')
    mkdirSync(bin, { recursive: true })
    for (const tool of ['git', 'sh', 'env', 'cat', 'basename', 'dirname', 'mkdir', 'cp', 'sed']) {
      const from = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim()
      if (!existsSync(join(bin, tool))) symlinkSync(from, join(bin, tool))
    }
    return bin
  }

  /** Every file, its bytes and mode, and the config: what `--remove` has to restore. */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = { config: this.git('config', '--local', '--list') }
    for (const entry of readdirSync(this.dir, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const name = relative(this.dir, path)
      if (/^(node_modules|\.git\/(?!hooks))|\/node_modules\//.test(name) || entry.isDirectory()) continue
      if (entry.isSymbolicLink()) found[name] = `-> ${readlinkSync(path)}`
      else found[name] = `${(lstatSync(path).mode & 0o777).toString(8)} ${readFileSync(path, 'latin1')}`
    }
    return found
  }
}
