// unleak report: a saved report in any format, in the browser, and what it says about a file that is none.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicAddress } from '../../src/cli/report-facts.ts'
import { unleak } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { tempFolder } from '../helpers/repo.ts'

const folder = tempFolder()
const key = openaiKey()
writeFileSync(join(folder, 'a.ts'), `const key = '${key}'\n`)
unleak(['scan', 'a.ts', '--format', 'json=report.json', '--format', 'jsonl=report.jsonl'], folder)
const saved = readFileSync(join(folder, 'report.json'), 'utf8')

describe('unleak report', () => {
  it.each(['report.json', 'report.jsonl'])('%s: the same report again', (name) => {
    expect(unleak(['report', name, '--format', 'json'], folder)).toMatchObject({ status: 0, stdout: saved })
  })

  it('reads standard input', () => {
    const run = unleak(['report', '-', '--format', 'sarif'], folder, { input: saved })
    expect(run.status).toBe(0)
    expect(JSON.parse(run.stdout).runs[0].tool.driver.rules[0].help.markdown).toContain('Revoke')
  })

  it('writes files and says so', () => {
    const run = unleak(['report', 'report.json', '--output', 'x.html', '--format', 'html'], folder)
    expect(run).toMatchObject({ status: 0, stdout: '', stderr: 'unleak: written: x.html\n' })
    expect(readFileSync(join(folder, 'x.html'), 'utf8')).toContain('<!doctype html>')
  })

  it('is text for people when nothing else is said', () => {
    expect(unleak(['report', 'report.json'], folder).stdout).toContain('a.ts:1:')
  })

  it.each([
    [['report'], 'takes one saved report'],
    [['report', 'none.json'], 'none.json: the report could not be read (ENOENT)'],
    [['report', 'a.ts'], 'a.ts is not a report of unleak: it is not JSON'],
  ])('%j', (args, text) => {
    const run = unleak(args, folder)
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain(text)
    expect(run.stderr).not.toContain(key.slice(10, 30))
  })

  it.skipIf(process.platform === 'win32')(
    '--open starts the browser with the page, through no shell',
    async () => {
      const bin = join(folder, 'bin')
      mkdirSync(bin, { recursive: true })
      const name = process.platform === 'darwin' ? 'open' : 'xdg-open'
      writeFileSync(
        join(bin, name),
        `#!/bin/sh\nprintf '%s\\n' "$#" "$1" >'${folder}/seen.tmp'\nmv '${folder}/seen.tmp' '${folder}/seen'\n`,
      )
      chmodSync(join(bin, name), 0o755)
      const env = { PATH: `${bin}${delimiter}${process.env.PATH}` }
      const page = '$(touch evil) a.html'
      expect(unleak(['report', 'report.json', '--output', page, '--open'], folder, { env }).status).toBe(0)
      await expect.poll(() => existsSync(join(folder, 'seen')), { timeout: 10_000 }).toBe(true)
      expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(`1\n${join(folder, page)}\n`)
      expect(existsSync(join(folder, 'evil'))).toBe(false)
    },
  )

  it.skipIf(process.platform === 'win32')('--open without a browser says where the page is', () => {
    const run = unleak(['report', 'report.json', '--open'], folder, {
      env: { PATH: '/nowhere', TMPDIR: tempFolder() },
    })
    expect(run.status).toBe(0)
    const [, page] = /open it yourself: (.*)\n/.exec(run.stderr)!
    expect(readFileSync(page!, 'utf8')).toContain('<!doctype html>')
  })
})

describe('the address of a remote', () => {
  it.each([
    ['https://user:pass@example.org/a/b.git?x=1#y', 'https://example.org/a/b.git'],
    ['git@example.org:a/b.git', 'ssh://example.org/a/b.git'],
    ['ssh://git@example.org:22/a', 'ssh://example.org:22/a'],
    ['/srv/git/a.git', undefined],
    ['../a', undefined],
    ['file:///srv/a', undefined],
    ['C:\\git\\a', undefined],
  ])('%s', (remote, uri) => {
    expect(publicAddress(remote)).toBe(uri)
  })
})
