// Files whose names are not UTF-8: none is passed over, in git or out of it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

/** `folder` and a name below it, of which \xNN are bytes. */
const at = (folder: string, name: string) =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')])

// Other systems refuse such names.
describe.skipIf(process.platform !== 'linux')('a name that is not UTF-8', () => {
  const fill = (folder: string) => {
    writeFileSync(at(folder, 'caf\xe9.env'), `A=${openaiKey('sk-proj-', 74)}\n`)
    writeFileSync(at(folder, 'caf\xe8.env'), `B=${openaiKey('sk-svcacct-', 74)}\n`)
    symlinkSync('caf\u00e9', at(folder, 'li\xe9n'))
  }
  const found = (folder: string) => {
    const { status, report } = unleakJson(['scan', '.'], folder)
    const paths = report.findings.flatMap(({ places }) => places.map(({ path }) => path)).sort()
    return [status, report.scan.state, report.scan.counts.files, paths]
  }

  it('in a folder', () => {
    const folder = tempFolder()
    fill(folder)
    expect(found(folder)).toEqual([1, 'complete', 3, ['caf\ufffd.env', 'caf\ufffd.env']])
  })

  it('in a repository, untracked and tracked', () => {
    const repo = makeRepo()
    fill(repo.path)
    const expected = [1, 'complete', 3, ['caf\\350.env', 'caf\\351.env']]
    expect(found(repo.path)).toEqual(expected)
    repo.git('add', '-A')
    expect(found(repo.path)).toEqual(expected)
  })

  it('of a folder outside of git is told, and the scan is partial', () => {
    const folder = tempFolder()
    mkdirSync(at(folder, 'd\xe9'))
    writeFileSync(at(folder, 'd\xe9/a.env'), `A=${openaiKey('sk-proj-', 74)}\n`)
    const run = unleak(['scan', '.'], folder)
    expect([run.status, run.stdout]).toEqual([
      2,
      expect.stringContaining('the name of a folder is not UTF-8'),
    ])
  })
})
