// The line a secret stands on, as the text report shows it: what is meant can be seen, and nothing that is secret.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { githubToken, openaiKey } from '../helpers/keys.ts'
import { leaksOf } from '../helpers/leaks.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const key = openaiKey()
const other = githubToken()

function scan(text: string, columns = '80') {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.ts'), text)
  return unleak(['scan', 'a.ts'], folder, { env: { COLUMNS: columns } }).stdout
}

describe('the line of a secret', () => {
  it('is shown with the secret masked', () => {
    expect(scan(`// one\n\tconst key = '${key}' // prod\n`)).toContain(
      `            2 | const key = 'sk-proj-…${key.slice(-4)}' // prod\n`,
    )
  })

  it('has every secret on it masked', () => {
    const text = scan(`f('${key}', '${other}', '${key}')\n`)
    const shown = `sk-proj-…${key.slice(-4)}`
    expect(text).toContain(`1 | f('${shown}', 'ghp_…${other.slice(-4)}', '${shown}')`)
    expect([...leaksOf(text, key.slice(8)), ...leaksOf(text, other.slice(4))]).toEqual([])
  })

  it('has what people accepted masked too, and what no rule knows', () => {
    const folder = tempFolder()
    const unknown = `${'q7'}Hs91kd${'Lw02'}mVbT4xZ8`
    writeFileSync(join(folder, 'a.ts'), `f('${key}', '${other}', '${unknown}')\n`)
    const { report } = unleakJson(['scan', 'a.ts'], folder)
    const { id } = report.findings.find(({ provider }) => provider === 'github')!
    expect(unleak(['ignore', id, '--reason', 'a test'], folder).status).toBe(0)
    const { stdout } = unleak(['scan', 'a.ts'], folder)
    expect(stdout).toContain('1 secret (')
    expect(stdout).toContain(`1 | f('sk-proj-…${key.slice(-4)}', 'ghp_…${other.slice(-4)}', '…')`)
  })

  it.each([60, 80, 200])('takes no more than %i columns, with the secret in sight', (width) => {
    const text = scan(`${'let a = 1; '.repeat(300)}k='${key}';${' let b = 2;'.repeat(300)}\n`, String(width))
    const line = text.split('\n').find((each) => each.includes('1 | '))!
    expect([...line].length).toBeLessThanOrEqual(width)
    expect(line).toContain(`k='sk-proj-…${key.slice(-4)}'`)
    expect(line).toMatch(/1 \| ….*…$/)
  })

  it('comes from the index, not from the file that has changed since', () => {
    const repo = makeRepo()
    repo.write({ 'a.ts': `const staged = '${key}'\n` })
    repo.git('add', '.')
    repo.write({ 'a.ts': 'const changed = 1\n' })
    const { stdout } = unleak(['staged'], repo.path)
    expect(stdout).toContain(`1 | const staged = 'sk-proj-…${key.slice(-4)}'`)
  })

  it('comes from the history for an audit', () => {
    const repo = makeRepo()
    repo.commit({ 'a.ts': `const gone = '${key}'\n` })
    repo.commit({ 'a.ts': '\n' })
    expect(unleak(['audit'], repo.path).stdout).toContain(`1 | const gone = 'sk-proj-…${key.slice(-4)}'`)
  })

  it('is left out where it can not be masked for sure', () => {
    const text = scan(`const key = atob('${Buffer.from(`x=${key};`).toString('base64')}')\n`)
    expect(text).toContain('decoded from base64')
    expect(text).not.toContain('1 | ')
  })
})
