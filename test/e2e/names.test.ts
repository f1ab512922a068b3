// A secret in the name of a file, folder, branch or tag is a finding of its own, and its name is never printed whole.
import { describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const OTHER = openaiKey('sk-proj-', 74, 5)
const shown = (key: string) => `sk-proj-…${key.slice(-4)}`

/** Place kinds and masked paths of the findings; no output may hold a key. */
function names(repo: Repo, args: string[], options: Parameters<typeof unleakJson>[2] = {}) {
  const { stdout, stderr, report } = unleakJson(args, repo.path, options)
  const text = unleak(args, repo.path, options)
  for (const output of [stdout, stderr, text.stdout, text.stderr])
    for (const key of [KEY, OTHER]) expect(output).not.toContain(key)
  if (report.findings.length > 0) expect(text.stdout).toContain('in the name itself')
  return report.findings.flatMap(({ places }) =>
    places.map((p) => `${p.kind} ${p.path}:${p.line}:${p.column}`),
  )
}

describe('names', () => {
  it('of files, for scan and staged; a name that was there is not new', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.write({ [`deep/${KEY}.txt`]: 'y\n' })
    const expected = [`name deep/${shown(KEY)}.txt:1:6`]
    expect(names(repo, ['scan'])).toEqual(expected)
    repo.git('add', '-A')
    expect(names(repo, ['staged'])).toEqual(expected)
    repo.commit({})
    repo.write({ [`deep/${KEY}.txt`]: 'z\n' })
    repo.git('add', '-A')
    expect(names(repo, ['staged'])).toEqual([])
  })

  it('of files and tags, for ci; of files and pushed branches, for push', () => {
    const repo = makeRepo()
    const base = repo.commit({ 'a.txt': 'x\n' })
    const added = repo.commit({ [`${KEY}/b.txt`]: 'y\n', [`${KEY}/c.txt`]: 'z\n' })
    const expected = `name ${shown(KEY)}:1:1`
    expect(names(repo, ['ci', '--range', `${base}..HEAD`])).toEqual([expected])
    const { history } = unleakJson(['ci', '--range', `${base}..HEAD`], repo.path).report.findings[0]!
    expect(history).toMatchObject({ introduced: { commit: added }, atHead: true })
    const input = `refs/heads/main ${added} refs/heads/${OTHER} ${'0'.repeat(40)}\n`
    expect(names(repo, ['push', 'origin', 'url'], { input })).toEqual([
      `name refs/heads/${shown(OTHER)}:1:12`,
      expected,
    ])
  })

  it('of files, folders, branches and tags, for audit', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    const added = repo.commit({ [`deep/${KEY}/b.txt`]: 'y\n', [`deep/${KEY}/c.txt`]: 'z\n' })
    for (let i = 0; i < 4; i++) repo.commit({ [`deep/${KEY}/b.txt`]: `y${i}\n`, 'n.txt': `${i}` })
    repo.git('rm', '-rq', 'deep')
    repo.commit({ 'd.txt': 'd\n' })
    repo.git('tag', `v-${OTHER}`)
    const expected = [`name deep/${shown(KEY)}:1:6`, `name refs/tags/v-${shown(OTHER)}:1:13`]
    expect(names(repo, ['audit'])).toEqual(expected)
    expect(names(repo, ['audit', '--with-git'])).toEqual(expected)
    repo.git('repack', '-adfq', '--depth=50', '--window=50')
    const { report } = unleakJson(['audit'], repo.path)
    expect(names(repo, ['audit'])).toEqual(expected)
    expect(unleakJson(['audit', '--with-git'], repo.path).report.findings).toEqual(report.findings)
    expect(report.findings[0]?.history).toMatchObject({ introduced: { commit: added }, atHead: false })
    expect(report.findings[1]?.history).toMatchObject({ refs: [`refs/tags/v-${shown(OTHER)}`] })
    const args = ['audit', '--cache-dir', tempFolder()]
    for (const _ of [1, 2])
      expect(unleakJson(args, repo.path, { env: { UNLEAK_NO_CACHE: '' } }).report.findings).toEqual(
        report.findings,
      )
  })

  it('neighbours give a name no context', () => {
    const repo = makeRepo()
    const hash = '3a7bd3e2360a3d29eea436fcfb7e44c735d117c4'
    repo.commit({ 'aws/secret_key.ts': '1', [`aws/${hash}`]: '2', 'aws/token.ts': '3', 'password.ts': '4' })
    expect(names(repo, ['scan'])).toEqual([])
    expect(names(repo, ['audit'])).toEqual([])
  })
})
