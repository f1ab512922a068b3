// Random histories with merges: attribution says what `ls-tree` of every commit says.
import { describe, expect, it } from 'vitest'
import { attribute, type BlobHistory, gitObjects } from '../../src/git/attribute.ts'
import { makeRepo, type Repo } from '../helpers/repo.ts'
import { oracle } from './attribute-oracle.ts'

/** The same numbers for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    state ^= state >>> 13
    return (state >>> 0) % below
  }
}

const FILES = ['a', 'b', 'dir/a', 'dir/b', 'dir/sub/a', 'dir.x/a', 'other/sub/a', 'z']

/** A history for `fast-import`: up to four parents, whole trees from few contents, some refs, some left-overs. */
function historyScript(next: (below: number) => number): string {
  const lines: string[] = []
  const contents = 4 + next(8)
  for (let i = 0; i < contents; i++) lines.push('blob', `mark :${i + 1}`, `data <<E\ncontent ${i}\nE`, '')
  const commits: number[] = []
  const count = 3 + next(16)
  for (let i = 0; i < count; i++) {
    const mark = 100 + i
    const parents = new Set<number>()
    const wanted = commits.length === 0 || next(12) === 0 ? 0 : next(4) === 0 ? 2 + next(3) : 1
    for (let p = 0; p < wanted; p++) parents.add(commits[Math.max(0, commits.length - 1 - next(6))]!)
    const [first, ...others] = [...parents]
    lines.push(`commit refs/work/c${i}`, `mark :${mark}`)
    lines.push(`committer Ada <ada@example.org> ${1_600_000_000 + next(40)} +0000`, 'data 1', 'm')
    if (first !== undefined) lines.push(`from :${first}`)
    for (const other of others) lines.push(`merge :${other}`)
    for (const file of FILES) {
      const dice = next(10)
      if (dice === 0) lines.push(`D ${file}`)
      else if (dice < 3) lines.push(`M 100644 :${1 + next(contents)} ${file}`)
    }
    lines.push('')
    commits.push(mark)
  }
  return `${lines.join('\n')}\ndone\n`
}

function randomRepo(seed: number): Repo {
  const next = random(seed)
  const repo = makeRepo({ format: seed % 5 === 0 ? 'sha256' : 'sha1' })
  const done = repo.tryGit(['fast-import', '--quiet', '--done'], { input: historyScript(next) })
  if (done.status !== 0) throw new Error(done.stderr)
  const commits = repo
    .git('for-each-ref', '--format=%(refname) %(objectname)', 'refs/work')
    .trim()
    .split('\n')
  const updates = commits.map((line) => `delete ${line.split(' ')[0]}`)
  const kinds = ['refs/heads/', 'refs/remotes/origin/', 'refs/tags/', 'refs/notes/', 'refs/remotes/fork/']
  for (const [i, line] of commits.entries()) {
    if (next(3) === 0) updates.push(`create ${kinds[next(kinds.length)]}r${i} ${line.split(' ')[1]}`)
  }
  updates.push(`create refs/heads/main ${commits[next(commits.length)]!.split(' ')[1]}`)
  repo.tryGit(['update-ref', '--stdin'], { input: `${updates.join('\n')}\n` })
  return repo
}

function plain(history: BlobHistory) {
  const ids = (list: BlobHistory['introduced']) => list.map(({ commit }) => commit).sort()
  return { ...history, introduced: ids(history.introduced), removed: ids(history.removed) }
}

/** At the path it names, the commit has the blob; of a removal, one of the parents has. */
function expectPaths(repo: Repo, histories: ReadonlyMap<string, BlobHistory>): void {
  const asked: { blob: string; names: string[] }[] = []
  for (const [blob, { introduced, removed }] of histories) {
    for (const { commit, path } of introduced) asked.push({ blob, names: [`${commit}:${path}`] })
    for (const { commit, path } of removed)
      asked.push({ blob, names: [1, 2, 3, 4].map((parent) => `${commit}^${parent}:${path}`) })
  }
  const input = asked.flatMap(({ names }) => names.map((name) => `${name}\n`)).join('')
  const lines = repo.tryGit(['cat-file', '--batch-check=%(objectname)'], { input }).stdout.split('\n')
  for (const { blob, names } of asked) expect(lines.splice(0, names.length)).toContain(blob)
}

describe('attribution of random histories', () => {
  const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
  it.each(seeds)('seed %i', { timeout: 60_000 }, async (seed) => {
    const repo = randomRepo(seed)
    const truth = oracle(repo)
    expect(truth.size).toBeGreaterThan(0)
    const gitDir = `${repo.path}/.git`
    const { histories, problems } = await attribute(gitDir, [...truth.keys()], { trees: gitObjects(gitDir) })
    expect(problems).toEqual([])
    expect(new Map([...histories].map(([blob, history]) => [blob, plain(history)]))).toEqual(truth)
    expectPaths(repo, histories)
    for (const { introduced } of histories.values())
      expect(introduced.map(({ date }) => date)).toEqual(introduced.map(({ date }) => date).sort())
  })
})
