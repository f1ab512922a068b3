// Secrets in archives are found under their path in it; what can not be opened is said; a bomb does no harm.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openArchive } from '../../src/sources/archive/open.ts'
import { tarOf, zipOf } from '../helpers/archives.ts'
import { unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const LINE = `x=1\nOPENAI_API_KEY=${openaiKey()}\n`
const LIMITS = { depth: 3, files: 50, fileBytes: 1 << 20, bytes: 4 << 20, ratio: 100, freeBytes: 1 << 20 }

function contents(bytes: Uint8Array, name = 'a', limits = LIMITS): string[] {
  const items = [...openArchive(bytes, name, limits)]
  return items.map((item) =>
    'bytes' in item ? `${item.path} ${item.bytes.length}` : `${item.path} ${item.closed}`,
  )
}

describe('what is opened', () => {
  it('zip: deflated, stored, behind something else', () => {
    const files = [
      { name: 'a/b.txt', content: 'one' },
      { name: 'c.txt', content: 'four', stored: true },
      { name: 'dir/', content: '', stored: true },
    ]
    expect(contents(zipOf(files))).toEqual(['a/b.txt 3', 'c.txt 4'])
  })

  it('tar with long names, gzip of a tar, gzip of a file, archives in archives', () => {
    const long = `${'folder/'.repeat(30)}file.txt`
    const tar = tarOf([
      { name: long, content: 'abc' },
      { name: 'b', content: '' },
    ])
    expect(contents(tar)).toEqual([`${long} 3`, 'b 0'])
    expect(contents(gzipSync(tar))).toEqual([`${long} 3`, 'b 0'])
    expect(contents(gzipSync('some text of a log'), 'logs/a.log.gz')).toEqual(['a.log 18'])
    const jar = zipOf([{ name: 'x.properties', content: 'key=value' }])
    expect(contents(zipOf([{ name: 'lib/a.jar', content: jar }]))[1]).toBe('lib/a.jar!/x.properties 9')
  })

  it('what the system’s own tar writes', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'a.env'), LINE)
    for (const format of ['ustar', 'pax']) {
      execFileSync('tar', [`--format=${format}`, '-czf', 'a.tgz', 'a.env'], { cwd: folder })
      expect(contents(readFileSync(join(folder, 'a.tgz')))).toContain(`a.env ${LINE.length}`)
    }
  })
})

describe('what stays closed is said', () => {
  it.each<[string, Uint8Array, string]>([
    ['encrypted', zipOf([{ name: 'a', content: 'x', says: { flags: 1 } }]), 'a encrypted'],
    ['a checksum that does not fit', zipOf([{ name: 'a', content: 'x', says: { crc: 7 } }]), 'a damaged'],
    ['an unknown method', zipOf([{ name: 'a', content: 'x', says: { method: 12 } }]), 'a method 12'],
    ['a zip cut off', zipOf([{ name: 'a', content: 'x'.repeat(99) }]).subarray(0, 60), ' damaged'],
    ['a gzip cut off', gzipSync(openaiKey()).subarray(0, 60), ' damaged'],
    ['xz', Buffer.from('\xfd7zXZ\0 and so on, and on and on', 'latin1'), ' of a kind that is not opened'],
  ])('%s', (_, bytes, said) => {
    expect(contents(bytes)).toEqual([said])
  })

  it('bombs: by size, by ratio, by number, by depth, by a lie', () => {
    const zeros = Buffer.alloc(3 << 20)
    expect(contents(gzipSync(zeros))).toEqual([' unpacks to too much'])
    expect(contents(zipOf([{ name: 'a', content: zeros, says: { size: 10 } }]))).toEqual([
      'a unpacks to too much',
    ])
    const many = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(1 << 19) }))
    expect(contents(zipOf(many)).filter((line) => line.endsWith('too much')).length).toBeGreaterThan(6)
    const files = Array.from({ length: 60 }, (_, i) => ({ name: `${i}`, content: 'x' }))
    expect(contents(zipOf(files)).at(-1)).toBe(' too many files')
    let nested: Buffer = Buffer.from('deep')
    for (let i = 0; i < 5; i++) nested = zipOf([{ name: 'n', content: nested }])
    expect(contents(nested).at(-1)).toBe('n!/n!/n nested too deep')
  })

  it('damage of any kind ends with a word', () => {
    const tar = gzipSync(tarOf([{ name: 'a', content: LINE }]), { level: 0 })
    const whole = [
      zipOf([
        { name: 'a', content: LINE },
        { name: 'b.tgz', content: tar },
      ]),
      tar,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.nat(255), fc.nat(), (bytes, at, value, end) => {
        const spoiled = Buffer.from(bytes.subarray(0, bytes.length - (end % 40)))
        spoiled[4 + (at % (spoiled.length - 4))] = value
        for (const line of contents(spoiled)) expect(line).toMatch(/ (?:\d+|[a-z ]+\d*)$/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('commands', () => {
  const jar = zipOf([{ name: 'conf/app.env', content: LINE, stored: true }])
  const files = {
    'lib/app.jar': jar,
    'backup.tar.gz': gzipSync(tarOf([{ name: 'home/.env', content: LINE }])),
  }
  const expected = ['backup.tar.gz!/home/.env:2:16', 'lib/app.jar!/conf/app.env:2:16']
  const places = (report: ReturnType<typeof unleakJson>['report']) =>
    report.findings.flatMap((f) => f.places.map((p) => `${p.path}:${p.line}:${p.column}`))

  it('scan, staged, ci and audit', () => {
    const repo = makeRepo()
    const base = repo.commit({ 'a.txt': 'x\n' })
    repo.write(files)
    expect(places(unleakJson(['scan'], repo.path).report)).toEqual(expected)
    repo.git('add', '-A')
    expect(places(unleakJson(['staged'], repo.path).report)).toEqual(expected)
    const commit = repo.commit({})
    expect(places(unleakJson(['ci', '--range', `${base}..HEAD`], repo.path).report)).toEqual(expected)
    const { report } = unleakJson(['audit'], repo.path)
    expect(places(report)).toEqual(expected)
    expect(unleakJson(['audit', '--with-git'], repo.path).report.findings).toEqual(report.findings)
    expect(report.findings[0]).toMatchObject({ history: { introduced: { commit }, atHead: true } })
    expect(places(unleakJson(['scan', '-'], repo.path, { input: jar }).report)).toEqual([
      'stdin!/conf/app.env:2:16',
    ])
  })

  it('a new version of an archive tells only what is new in it', () => {
    const repo = makeRepo()
    repo.commit({ 'app.jar': jar })
    repo.write({
      'app.jar': zipOf([
        { name: 'conf/app.env', content: LINE },
        { name: 'b', content: 'more' },
      ]),
    })
    repo.git('add', '-A')
    expect(places(unleakJson(['staged'], repo.path).report)).toEqual([])
  })

  it('what is not opened is a note, and the same in a second audit', () => {
    const repo = makeRepo()
    repo.commit({ 'a.zip': zipOf([{ name: 'a', content: LINE, says: { flags: 1 } }]), 'b.jar': jar })
    const note = { code: 'W_ARCHIVE', count: 1, message: 'encrypted' }
    expect(unleakJson(['scan'], repo.path).report.scan.problems).toMatchObject([note])
    const args = ['audit', '--cache-dir', tempFolder()]
    const first = unleakJson(args, repo.path, { env: { UNLEAK_NO_CACHE: '' } }).report
    const second = unleakJson(args, repo.path, { env: { UNLEAK_NO_CACHE: '' } }).report
    expect(first.scan.problems).toMatchObject([note])
    expect(second.scan.problems).toEqual(first.scan.problems)
    expect(second.findings).toEqual(first.findings)
    expect(second.scan.remembered).toBeDefined()
  })
})
