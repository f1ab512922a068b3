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

  it('of folders outside of git, one in the other, two that are written the same', () => {
    const folder = tempFolder()
    for (const name of ['d\xe9/in/\xe8', 'd\xe8', 'd\xe9/node_modules'])
      mkdirSync(at(folder, name), { recursive: true })
    writeFileSync(at(folder, 'd\xe9/a.env'), `A=${openaiKey('sk-proj-', 74)}\n`)
    writeFileSync(at(folder, 'd\xe8/a.env'), `A=${openaiKey('sk-admin-', 58)}\n`)
    writeFileSync(at(folder, 'd\xe9/in/\xe8/caf\xe9.env'), `B=${openaiKey('sk-svcacct-', 74)}\n`)
    writeFileSync(at(folder, 'd\xe9/node_modules/left-out.env'), `B=${openaiKey('sk-proj-', 58)}\n`)
    const paths = ['d\ufffd/a.env', 'd\ufffd/a.env', 'd\ufffd/in/\ufffd/caf\ufffd.env']
    expect(found(folder)).toEqual([1, 'complete', 3, paths])
  })

  it('of a folder that is named on the command line is told when it is not there', () => {
    const run = unleak(['scan', 'd\ufffd'], tempFolder())
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('no such file or folder')])
  })
})
