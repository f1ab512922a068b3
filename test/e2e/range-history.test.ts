// A finding of `ci` or `push` says who brought the secret, who took it out again, and whether it is still there.
import { describe, expect, it } from 'vitest'
import { zipOf } from '../helpers/archives.ts'
import { unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo } from '../helpers/repo.ts'

const LINE = `OPENAI_API_KEY=${openaiKey()}\n`

function history(repo: Repo, base: string) {
  const { report } = unleakJson(['ci', '--range', `${base}..HEAD`], repo.path)
  expect(report.findings).toHaveLength(1)
  return report.findings[0]!.history
}

function start(): { repo: Repo; base: string } {
  const repo = makeRepo()
  return { repo, base: repo.commit({ 'a.txt': 'x\n' }) }
}

describe('history in a range', () => {
  it('added, edited beside it, still there', () => {
    const { repo, base } = start()
    const added = repo.commit({ 'b.env': LINE })
    repo.commit({ 'b.env': `# more\n${LINE}` })
    expect(history(repo, base)).toEqual({
      introduced: {
        commit: added,
        author: expect.stringContaining('Ada'),
        date: expect.any(String),
        path: 'b.env',
      },
      removed: null,
      atHead: true,
      refs: ['HEAD', 'refs/heads/main'],
      published: [],
    })
  })

  it('added, then removed', () => {
    const { repo, base } = start()
    const added = repo.commit({ 'deep/b.env': `y=1\n${LINE}` })
    const removed = repo.commit({ 'deep/b.env': 'y=1\n' })
    repo.commit({ 'deep/b.env': 'y=2\n' })
    expect(history(repo, base)).toMatchObject({
      introduced: { commit: added },
      removed: { commit: removed, path: 'deep/b.env' },
      atHead: false,
      refs: [],
    })
  })

  it('moved to another file, where it stays, or is removed', () => {
    const { repo, base } = start()
    repo.commit({ 'b.env': LINE })
    repo.git('mv', 'b.env', 'c d.env')
    repo.commit({})
    expect(history(repo, base)).toMatchObject({ removed: null, atHead: true })
    repo.git('rm', '-q', 'c d.env')
    repo.git('commit', '-q', '-m', 'gone')
    const gone = repo.git('rev-parse', 'HEAD').trim()
    expect(history(repo, base)).toMatchObject({ removed: { commit: gone, path: 'c d.env' }, atHead: false })
  })

  it('removed on one side of a merge, in an archive, in a message', () => {
    const { repo, base } = start()
    const added = repo.commit({ 'b.zip': zipOf([{ name: 'x.env', content: LINE }]) })
    expect(history(repo, base)).toMatchObject({ introduced: { path: 'b.zip!/x.env' }, atHead: true })
    repo.git('checkout', '-q', '-b', 'side')
    const removed = repo.commit({ 'b.zip': zipOf([{ name: 'x.env', content: 'none' }]) })
    repo.git('checkout', '-q', 'main')
    repo.commit({ 'c.txt': 'c\n' })
    repo.git('merge', '-q', '--no-edit', 'side')
    expect(history(repo, base)).toMatchObject({
      introduced: { commit: added },
      removed: { commit: removed },
      atHead: false,
    })
    const other = start()
    const commit = other.repo.commit({ 'b.txt': 'b\n' }, `subject\n\n${LINE}`)
    expect(history(other.repo, other.base)).toMatchObject({
      introduced: { commit },
      removed: null,
      atHead: true,
    })
  })

  it('push tells it of what is pushed', () => {
    const { repo } = start()
    const added = repo.commit({ 'b.env': LINE })
    const head = repo.commit({ 'b.env': 'none\n' })
    const input = `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`
    const { report } = unleakJson(['push', 'origin', 'url'], repo.path, { input })
    expect(report.findings[0]?.history).toMatchObject({
      introduced: { commit: added },
      removed: { commit: head },
    })
  })
})
