// In an audit, what counts at some paths only is found at those, and at no other.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleakJson } from '../helpers/cli.ts'
import { randomText } from '../helpers/keys.ts'
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
