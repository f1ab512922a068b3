// In an audit, what counts at some paths only is found at those, and at no other.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleakJson } from '../helpers/cli.ts'
import { alnum, hex, openaiKey, randomText } from '../helpers/keys.ts'
import { makeRepo, type Repo } from '../helpers/repo.ts'

/** A password that a person made up: believed in configuration only. */
const PASSWORD = ['Winter', '2031', '!x'].join('')
const CONFIG = `db:\n  user: app\n  password: ${PASSWORD}\n`

function found(repo: Repo, args: string[] = []) {
  const { report } = unleakJson(['audit', ...args], repo.path)
  expect(unleakJson(['audit', '--with-git', ...args], repo.path).report.findings).toEqual(report.findings)
  return report.findings.map(({ rule, places }) => [rule, places.map((p) => `${p.path}:${p.line}`)])
}

describe('a password in configuration', () => {
  it('is found where the same bytes are configuration, and only there', () => {
    const repo = makeRepo()
    repo.commit({ 'deploy/app.yml': CONFIG, 'src/app.ts': CONFIG, 'deploy/app.example.yml': CONFIG })
    expect(found(repo)).toEqual([['generic-password-assignment', ['deploy/app.yml:3']]])
    const code = makeRepo()
    code.commit({ 'src/app.ts': CONFIG })
    expect(found(code)).toEqual([])
  })

  it('is found in every version of a packed file, and says since when', () => {
    const repo = makeRepo()
    const filler = Array.from({ length: 300 }, (_, i) => `key${i}: value\n`).join('')
    const first = repo.commit({ 'app.yml': filler + CONFIG })
    for (let i = 0; i < 5; i++) repo.commit({ 'app.yml': `n: ${i}\n${filler}${CONFIG}` })
    repo.git('repack', '-adfq', '--depth=50', '--window=50')
    const { report } = unleakJson(['audit'], repo.path)
    const [finding] = report.findings
    expect(new Set(finding?.places.map(({ blob }) => blob)).size).toBe(6)
    expect(finding?.history).toMatchObject({ introduced: { commit: first }, atHead: true })
  })
})

describe('a rule for certain paths', () => {
  const secret = randomText('abcdefghijklmnopqrstuvwxyz0123456789', 20, 5)
  function repoWithRule(): Repo {
    const repo = makeRepo()
    const steps = ['revoke', 'replace', 'update', 'billing', 'review'].map((s) => `  ${s}: { text: ${s} }`)
    const rule = [
      ...['provider: inhouse', 'name: In-house', 'response:', ...steps, 'rules:'],
      ...['  - id: inhouse-token', '    title: In-house token', '    severity: high'],
      ...["    pattern: 'acmetok=(?<secret>[a-z0-9]{20})'", "    paths: ['conf/**', '*.acme']"],
      "    examples: ['acmetok={alnum_lower:20}']",
    ]
    writeFileSync(join(repo.path, 'inhouse.yml'), `${rule.join('\n')}\n`)
    return repo
  }

  it('finds there, not elsewhere', () => {
    const repo = repoWithRule()
    const text = `x\nacmetok=${secret}\n`
    repo.commit({ 'conf/a.txt': text, 'src/a.txt': text, 'deep/er/b.acme': text })
    expect(found(repo, ['--rules', 'inhouse.yml'])).toEqual([
      ['inhouse-token', ['conf/a.txt:2', 'deep/er/b.acme:2']],
    ])
  })

  it('does not hide at other paths what another rule finds', () => {
    const repo = repoWithRule()
    const text = `api_secret: "acmetok=${secret}"\n`
    repo.commit({ 'src/a.yml': text })
    const plain = found(repo)
    expect(found(repo, ['--rules', 'inhouse.yml'])).toEqual(plain)
  })
})

describe('a file that is nothing but a value', () => {
  it('is found by the name it has, or had', () => {
    const repo = makeRepo()
    const [master, token, plain] = [hex(32, 1), alnum(40, 2), alnum(40, 3)]
    const first = repo.commit({
      'config/master.key': master,
      'secrets/deploy_token.txt': `${token}\n`,
      'data/id': plain,
    })
    repo.git('rm', '-q', 'config/master.key')
    repo.commit({ 'README.md': 'What it is.\n' })
    const expected = [
      ['rails-master-key', ['config/master.key:1']],
      ['generic-secret-assignment', ['secrets/deploy_token.txt:1']],
    ]
    expect(found(repo, ['--no-cache'])).toEqual(expected)
    repo.git('gc', '-q', '--prune=now')
    expect(found(repo, ['--no-cache'])).toEqual(expected)
    const { report } = unleakJson(['audit', '--no-cache'], repo.path)
    expect(report.findings[0]?.history).toMatchObject({ introduced: { commit: first }, atHead: false })
    // Twice: the second audit knows which blobs to look at again.
    const folder = ['--cache-dir', join(repo.path, '.git', 'cache')]
    for (const _ of [1, 2])
      expect(unleakJson(['audit', ...folder], repo.path).report.findings).toEqual(report.findings)
  })

  it('is found once when it says itself what it is', () => {
    const repo = makeRepo()
    repo.commit({ 'openai_api_key.txt': openaiKey() })
    expect(found(repo)).toEqual([['openai-project-key', ['openai_api_key.txt:1']]])
  })
})
