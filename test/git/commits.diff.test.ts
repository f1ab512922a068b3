// What listChanges says a commit adds, against the plain definition, on made-up histories full of merges.
import { describe, expect, it } from 'vitest'
import { deletedBlobs, listChanges, listCommits, parseCommit } from '../../src/git/commits.ts'
import { seededRandom } from '../../src/rules/template.ts'
import { makeRepo, type Repo } from '../helpers/repo.ts'

const PATHS = ['a', 'b', 'dir/a', 'dir/c', 'dir/sub/d', 'é', ':x']

/** Commits with up to three parents; files come, go, change, swap their type and their mode. */
function makeHistory(seed: number, commits: number): Repo {
  const repo = makeRepo()
  const random = seededRandom(seed)
  const pick = (n: number) => Math.floor(random() * n)
  let stream = ''
  for (let i = 1; i <= commits; i++) {
    stream += `commit refs/heads/main\nmark :${i}\ncommitter A <a@b> ${1_700_000_000 + i} +0000\ndata 2\nc\n`
    const parents = [
      ...new Set(Array.from({ length: random() < 0.35 ? 1 + pick(3) : 1 }, () => 1 + pick(i))),
    ].filter((p) => p < i)
    if (i === 1 || parents.length === 0) stream += random() < 0.2 ? 'deleteall\n' : ''
    parents.forEach((parent, n) => {
      stream += `${n === 0 ? 'from' : 'merge'} :${parent}\n`
    })
    for (let change = pick(4); change > 0; change--) {
      const path = PATHS[pick(PATHS.length)]!
      const text = `text ${pick(5)}\n`
      const mode = ['100644', '100755', '120000'][random() < 0.8 ? 0 : pick(3)]
      stream += random() < 0.25 ? `D ${path}\n` : `M ${mode} inline ${path}\ndata ${text.length}\n${text}\n`
    }
    stream += '\n'
  }
  const done = repo.tryGit(['fast-import', '--quiet', '--force'], { input: stream })
  if (done.status !== 0) throw new Error(done.stderr)
  return repo
}

function filesOf(repo: Repo, commit: string): Map<string, string> {
  const lines = repo.git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean)
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/)[2]!]))
}

describe.each([1, 2, 3, 4])('history %i', (seed) => {
  it('adds what no parent has at that path, and names what each parent has', async () => {
    const repo = makeHistory(seed, 120)
    const ids: string[] = []
    for await (const batch of listCommits([repo.git('rev-parse', 'main').trim()], [], repo.path))
      ids.push(...batch)
    const files = new Map(ids.map((id) => [id, filesOf(repo, id)]))
    const seen: string[] = []
    for await (const answer of listChanges(ids, repo.path)) {
      seen.push(answer.commit)
      if ('failed' in answer) throw new Error(answer.failed.stderr)
      const raw = Buffer.from(repo.git('cat-file', 'commit', answer.commit))
      const { parents } = parseCommit(answer.commit, raw)
      const expected = [...files.get(answer.commit)!].flatMap(([path, blob]) => {
        const before = parents.map((parent) => files.get(parent)!.get(path))
        return before.includes(blob)
          ? []
          : [{ path, blob, before: before.length === 0 ? [undefined] : before }]
      })
      const actual = answer.changes.map(({ path, blob, before }) => ({ path, blob, before }))
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
      expect(actual.sort(byPath)).toEqual(expected.sort(byPath))
      for (const parent of parents) {
        const gone = [...files.get(parent)!].filter(([path]) => !files.get(answer.commit)!.has(path))
        expect((await deletedBlobs(parent, answer.commit, repo.path)).sort()).toEqual(
          gone.map(([, blob]) => blob).sort(),
        )
      }
    }
    expect(seen).toEqual(ids)
  })
})

it('a commit header with everything in it', () => {
  const raw = [
    `tree ${'1'.repeat(40)}`,
    `parent ${'2'.repeat(40)}`,
    `parent ${'3'.repeat(40)}`,
    'author Jos\xe9 <j@example.org> 1700000000 +0100',
    'committer Ada <a@example.org> 1700000060 -0200',
    'encoding ISO-8859-1',
    `mergetag object ${'4'.repeat(40)}\n type commit\n tag v1\n tagger T <t@t> 1 +0000\n \n the tag's text\n -----BEGIN PGP SIGNATURE-----`,
    'gpgsig -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----',
    '',
    'subject\n\nbody\n',
  ].join('\n')
  const commit = parseCommit('5'.repeat(40), Buffer.from(raw, 'latin1'))
  expect(commit).toMatchObject({
    parents: ['2'.repeat(40), '3'.repeat(40)],
    author: 'José <j@example.org>',
    date: '2023-11-14T22:14:20Z',
  })
  expect(commit.message.toString()).toBe('subject\n\nbody\n')
  expect(commit.mergedTags.toString()).toContain("the tag's text")
  expect(commit.mergedTags.toString()).not.toContain('abc')
  expect(parseCommit('6', Buffer.from('tree x'))).toMatchObject({ parents: [], author: '' })
})
