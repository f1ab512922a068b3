// Attribution where objects are missing: it goes on, says what it lacks, and makes nothing up.
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attribute, gitObjects, type ObjectSource } from '../../src/git/attribute.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const SECRET = 'the line to look for\n'

function attributeIn(repo: Repo, blobs: readonly string[], trees?: ObjectSource) {
  const gitDir = join(repo.path, '.git')
  return attribute(gitDir, blobs, { trees: trees ?? gitObjects(gitDir) })
}

const blobOf = (repo: Repo) => repo.tryGit(['hash-object', '--stdin'], { input: SECRET }).stdout.trim()

function drop(repo: Repo, name: string): string {
  const oid = repo.git('rev-parse', name).trim()
  rmSync(join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2)))
  return oid
}

/** Added in the second commit, removed in the last. */
function history(): { repo: Repo; commits: string[]; blob: string } {
  const repo = makeRepo()
  const commits = [repo.commit({ 'src/a': 'a' }), repo.commit({ 'src/key': SECRET })]
  commits.push(repo.commit({ 'src/a': 'b' }), repo.commit({ 'src/a': 'c' }))
  repo.git('rm', '-q', 'src/key')
  repo.git('commit', '-q', '-m', 'remove')
  commits.push(repo.git('rev-parse', 'HEAD').trim())
  return { repo, commits, blob: blobOf(repo) }
}

describe('missing objects', () => {
  it('a root tree or a folder in the middle: taken as unchanged', async () => {
    for (const name of ['HEAD~2^{tree}', 'HEAD~2:src']) {
      const { repo, commits, blob } = history()
      const missing = drop(repo, name)
      const { histories, problems } = await attributeIn(repo, [blob])
      expect(problems).toMatchObject([{ code: 'E_OBJECT_MISSING', count: 1, examples: [missing] }])
      expect(histories.get(blob)!.introduced.map(({ commit }) => commit)).toEqual([commits[1]])
      expect(histories.get(blob)!.removed.map(({ commit }) => commit)).toEqual([commits[4]])
    }
  })

  it('the tree before the removal: the removal is told, its path is not known', async () => {
    const { repo, commits, blob } = history()
    drop(repo, 'HEAD~1:src')
    const { histories } = await attributeIn(repo, [blob])
    expect(histories.get(blob)!.removed).toMatchObject([{ commit: commits[4] }])
    expect(histories.get(blob)!.removed[0]).not.toHaveProperty('path')
  })

  it('the tree at HEAD: no claim that it still holds the blob', async () => {
    const { repo, blob } = history()
    repo.git('reset', '-q', '--hard', 'HEAD~')
    repo.git('reflog', 'expire', '--expire=now', '--all')
    repo.git('prune', '--expire=now')
    drop(repo, 'HEAD:src')
    const { histories } = await attributeIn(repo, [blob])
    expect(histories.get(blob)).toMatchObject({ atHead: false, refs: [], removed: [], unreachable: false })
  })

  it('a commit: its child counts as a first commit', async () => {
    const { repo, commits, blob } = history()
    const missing = drop(repo, 'HEAD~2')
    const { histories, problems } = await attributeIn(repo, [blob])
    expect(problems).toMatchObject([{ code: 'E_OBJECT_MISSING', count: 1, examples: [missing] }])
    expect(histories.get(blob)!.introduced.map(({ commit }) => commit)).toHaveLength(2)
    expect(histories.get(blob)!.removed.map(({ commit }) => commit)).toEqual([commits[4]])
  })

  it('the commit of a branch, of a tag and of HEAD', async () => {
    const { repo, blob } = history()
    repo.git('tag', '-a', 'release', '-m', 'm')
    repo.git('branch', 'old', 'HEAD~')
    drop(repo, 'HEAD')
    const { histories, problems } = await attributeIn(repo, [blob])
    expect(problems).toMatchObject([
      { code: 'E_OBJECT_MISSING', count: 2, examples: ['refs/heads/main', 'refs/tags/release'] },
    ])
    expect(histories.get(blob)).toMatchObject({ refs: ['refs/heads/old'], atHead: false })
  })

  it('a ref that is no ref, and a reflog with commits that are gone', async () => {
    const { repo, commits, blob } = history()
    repo.git('reset', '-q', '--hard', commits[0]!)
    drop(repo, commits[4]!)
    writeFileSync(join(repo.path, '.git/refs/heads/broken'), 'nonsense\n')
    const { histories, problems } = await attributeIn(repo, [blob])
    expect(problems).toMatchObject([{ code: 'E_GIT', count: 1 }])
    expect(histories.get(blob)!.introduced).toHaveLength(1)
  })

  it('a corrupt loose tree', async () => {
    const { repo, commits, blob } = history()
    const oid = drop(repo, 'HEAD~2^{tree}')
    writeFileSync(join(repo.path, '.git/objects', oid.slice(0, 2), oid.slice(2)), 'nonsense')
    const { histories, problems } = await attributeIn(repo, [blob])
    expect(problems).toMatchObject([{ code: 'E_OBJECT_MISSING', examples: [oid] }])
    expect(histories.get(blob)!.introduced.map(({ commit }) => commit)).toEqual([commits[1]])
  })

  it('a tree that ends early is read as far as it goes', async () => {
    const { repo, blob } = history()
    const inner = gitObjects(join(repo.path, '.git'))
    const whole = repo.git('rev-parse', 'HEAD~:src').trim()
    const source: ObjectSource = {
      eachCommit: inner.eachCommit,
      eachTree: (visit) =>
        inner.eachTree((oid, bytes) =>
          visit(oid, oid === whole ? bytes.subarray(0, bytes.length - 1) : bytes),
        ),
    }
    const { problems } = await attributeIn(repo, [blob], source)
    expect(problems).toMatchObject([{ code: 'E_OBJECT_CORRUPT', examples: [whole] }])
  })
})

describe('cut histories', () => {
  it('the end of a shallow clone is nothing missing', async () => {
    const { repo, commits, blob } = history()
    repo.git('reset', '-q', '--hard', 'HEAD~')
    const path = join(tempFolder(), 'clone')
    repo.git('clone', '-q', '--depth=1', `file://${repo.path}`, path)
    const clone = repoAt(path)
    const { histories, problems } = await attributeIn(clone, [blob])
    expect(problems).toEqual([])
    expect(histories.get(blob)).toMatchObject({
      introduced: [{ commit: commits[3], path: 'src/key' }],
      published: ['origin/main'],
      refs: ['refs/heads/main', 'refs/remotes/origin/main'],
    })
  })

  it('a partial clone without trees', async () => {
    const { repo, blob } = history()
    repo.git('config', 'uploadpack.allowFilter', 'true')
    const path = join(tempFolder(), 'clone')
    repo.git('clone', '-q', '--filter=tree:0', '--no-checkout', `file://${repo.path}`, path)
    const before = readdirSync(join(path, '.git/objects/pack'))
    const { histories, problems } = await attributeIn(repoAt(path), [blob])
    expect(problems).toMatchObject([{ code: 'E_OBJECT_MISSING', count: 5 }])
    expect(histories.get(blob)).toMatchObject({ introduced: [], removed: [], paths: [] })
    expect(readdirSync(join(path, '.git/objects/pack'))).toEqual(before)
  })
})

describe('the source', () => {
  it('may give ids as bytes, in one buffer used again, in any order, and twice', async () => {
    const { repo, blob } = history()
    const inner = gitObjects(join(repo.path, '.git'))
    const trees: [string, Buffer][] = []
    await inner.eachTree((oid, bytes) => trees.push([oid as string, Buffer.from(bytes)]))
    const shared = Buffer.alloc(4096)
    const source: ObjectSource = {
      eachCommit: inner.eachCommit,
      async eachTree(visit) {
        for (const [oid, bytes] of [...trees].reverse().concat(trees)) {
          const at = shared.fill(0xff).write(oid, 3, 'hex') + 3
          bytes.copy(shared, at)
          visit(shared.subarray(3, at), shared.subarray(at, at + bytes.length))
        }
      },
    }
    expect(await attributeIn(repo, [blob], source)).toEqual(await attributeIn(repo, [blob]))
  })

  it('may give no tags', async () => {
    const { repo, blob } = history()
    repo.git('tag', '-a', 'release', '-m', 'm', 'HEAD~')
    repo.git('tag', '-a', 'again', '-m', 'm', 'release')
    const { eachTree, eachCommit } = gitObjects(join(repo.path, '.git'))
    const whole = await attributeIn(repo, [blob])
    expect(whole.histories.get(blob)!.refs).toEqual(['refs/tags/again', 'refs/tags/release'])
    expect(await attributeIn(repo, [blob], { eachTree, eachCommit })).toEqual(whole)
  })

  it('can be interrupted', async () => {
    const { repo, blob } = history()
    const gitDir = join(repo.path, '.git')
    const stop = new AbortController()
    const inner = gitObjects(gitDir)
    const trees: ObjectSource = {
      eachCommit: inner.eachCommit,
      eachTree: (visit) =>
        inner.eachTree((oid, bytes) => {
          visit(oid, bytes)
          stop.abort()
        }),
    }
    await expect(attribute(gitDir, [blob], { trees, signal: stop.signal })).rejects.toThrow('aborted')
  })

  it('is not asked when nothing is wanted, and ids that are none are refused', async () => {
    const { repo } = history()
    expect((await attributeIn(repo, [])).histories.size).toBe(0)
    await expect(attributeIn(repo, ['not an id'])).rejects.toThrow('not the id of a blob')
  })
})
