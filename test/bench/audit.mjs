// The audit of a real history: against git printing its objects, with secrets in it, a second time, and as it grows.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { openaiKey } from './material.mjs'
import { alternate, cleanEnv, command, node, peakMemory, ratios } from './measure.mjs'
import { BIN, FOLDER, git } from './scratch.mjs'

const PRINT_ALL = ['cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer']
/** Objects of a partial clone are missing, secrets are found: any end but a crash is one. */
const ENDS = new Set([0, 1, 2])

function gitDirOf(repo) {
  return resolve(repo, git(repo, 'rev-parse', '--git-common-dir').trim())
}

/** A bare repository with the objects and refs of another, which stays as it is. */
function borrow(name, gitDir) {
  const folder = join(FOLDER, name)
  mkdirSync(folder)
  git(folder, 'init', '-q', '--bare', '-b', 'main')
  writeFileSync(join(folder, 'objects/info/alternates'), `${join(gitDir, 'objects')}\n`)
  for (const part of ['packed-refs', 'refs', 'HEAD'])
    if (existsSync(join(gitDir, part))) cpSync(join(gitDir, part), join(folder, part), { recursive: true })
  return folder
}

function packBytes(folder) {
  const packs = join(folder, 'objects/pack')
  return readdirSync(packs).reduce(
    (sum, name) => sum + (name.endsWith('.pack') ? statSync(join(packs, name)).size : 0),
    0,
  )
}

/** Adds commits with one secret each, on top of HEAD. */
function plant(folder, count) {
  const head = git(folder, 'rev-parse', 'HEAD').trim()
  const commits = Array.from({ length: count }, (_, i) => {
    const content = `n: ${i}\nOPENAI_API_KEY=${openaiKey(1000 + i)}\n`
    const from = i === 0 ? `from ${head}\n` : ''
    return `commit refs/heads/planted\ncommitter Ada <ada@example.org> ${1700000000 + i} +0000\ndata 5\nplant\n${from}M 100644 inline planted/${i}.env\ndata ${content.length}\n${content}\n`
  })
  execFileSync('git', ['fast-import', '--quiet'], { cwd: folder, env: cleanEnv(), input: commits.join('') })
}

/** A repository of the oldest `share` of the commits of HEAD, in one pack. */
function oldest(name, gitDir, share) {
  const source = borrow(`${name}-source`, gitDir)
  const all = git(source, 'rev-list', '--reverse', '--topo-order', 'HEAD').trim().split('\n')
  const tip = all[Math.max(0, Math.floor(all.length * share) - 1)]
  const folder = join(FOLDER, name)
  mkdirSync(folder)
  git(folder, 'init', '-q', '--bare', '-b', 'main')
  const options = { cwd: source, env: cleanEnv(), maxBuffer: 1 << 30 }
  const objects = execFileSync('git', ['rev-list', '--objects', '--missing=allow-any', tip], options)
  const ids = objects
    .toString('latin1')
    .split('\n')
    .map((line) => line.split(' ')[0])
  execFileSync('git', ['pack-objects', '-q', join(folder, 'objects/pack/pack')], {
    ...options,
    input: ids.join('\n'),
  })
  git(folder, 'update-ref', 'refs/heads/main', tip)
  return folder
}

function audit(folder, ...args) {
  return command(node(BIN, 'audit', ...args), { cwd: folder, status: ENDS, env: { UNLEAK_NO_CACHE: '' } })
}

function printAll(folder) {
  const out = openSync('/dev/null', 'w')
  spawnSync('git', PRINT_ALL, { cwd: folder, env: cleanEnv(), stdio: ['ignore', out, 'ignore'] })
  closeSync(out)
}

const megabytes = (bytes) => (bytes === undefined ? '?' : `${(bytes / 1e6).toFixed(0)} MB`)

/** Time against git's, and memory. */
function measureSize(folder, label, runs, marks = {}) {
  const [reference, subject] = alternate([() => printAll(folder), audit(folder, '--no-cache')], runs)
  const peak = peakMemory([BIN, 'audit', '--no-cache'], { cwd: folder, folder: FOLDER, status: ENDS })
  return {
    what: `audit, ${label}; peak memory ${megabytes(peak)}`,
    unit: '× git cat-file',
    ...marks,
    ...ratios(subject, reference),
    ms: [subject, reference],
  }
}

/** @param repo a repository with a long history; without one nothing is measured */
export function measureAudit({ runs, repo }) {
  if (repo === undefined) return []
  const gitDir = gitDirOf(resolve(repo))
  const rounds = Math.min(runs, 3)
  const whole = borrow('whole', gitDir)
  const label = `a pack of ${megabytes(packBytes(gitDir))}`
  const planted = borrow('planted', gitDir)
  plant(planted, 100)
  const rows = [measureSize(whole, label, rounds, { bar: 0.45, aim: 0.2 })]
  const [plain, withSecrets] = alternate([audit(whole, '--no-cache'), audit(planted, '--no-cache')], rounds)
  rows.push({
    what: 'audit, the same with 100 secrets found and attributed',
    unit: '× without',
    bar: 1.5,
    aim: 1.1,
    ...ratios(withSecrets, plain),
    ms: [withSecrets, plain],
  })
  for (const [folder, what] of [
    [whole, 'nothing new'],
    [planted, 'nothing new, 100 secrets'],
  ]) {
    const again = audit(folder, '--cache-dir', join(FOLDER, 'cache', what))
    const [bare, second] = alternate([command(node('-e', '0')), again], Math.max(rounds, Math.min(runs, 9)))
    rows.push({
      what: `second audit, ${what}`,
      unit: '× node -e 0',
      bar: 6,
      aim: 3,
      ...ratios(second, bare),
      ms: [second, bare],
    })
  }
  return [...rows, ...measureGrowth(gitDir, rounds)]
}

/** Parts of the history whose packs have about a fiftieth and a tenth of the whole. */
function measureGrowth(gitDir, runs) {
  return [0.02, 0.1].map((share) => {
    const folder = oldest(`oldest-${share}`, gitDir, share)
    return measureSize(folder, `its oldest ${share * 100} %, a pack of ${megabytes(packBytes(folder))}`, runs)
  })
}
