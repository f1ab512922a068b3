// The text report of `push` and `ci`: the right words, no broken command, no line too wide.
import { describe, expect, it } from 'vitest'
import type { Place, ScanSummary } from '../../src/model/index.ts'
import { REPORTERS } from '../../src/reporters/index.ts'
import {
  canonicalFindings,
  makeReport,
  openaiFinding,
  PLAIN,
  stagedPlace,
  VALUES,
} from '../helpers/report.ts'

const print = (findings: ReturnType<typeof canonicalFindings>, scan: Partial<ScanSummary>, width = 80) =>
  [...REPORTERS.text(makeReport(findings, scan), { ...PLAIN, width })].join('')

const COUNTS = { commits: 3, objects: 8, blobs: 5, files: 0, bytes: 12_345 }
const PUSH = { command: 'push', target: 'main → origin', counts: COUNTS }
const CI = {
  command: 'ci',
  target: '1a2b3c4d5e6f..0f9e8d7c6b5a (GitHub Actions, push to main)',
  counts: COUNTS,
}
const NONE = { commits: 0, objects: 0, blobs: 0, files: 0, bytes: 0 }

const place = (changes: Partial<Place>): Place => ({
  ...stagedPlace('src/a.ts', 3, 5),
  kind: 'history',
  commit: 'c'.repeat(40),
  author: 'Ann <ann@example.org>',
  date: '2026-02-01T10:00:00Z',
  ...changes,
})

describe('push', () => {
  it('says what stopped, and how to rewrite the oldest commit that holds a secret', () => {
    const older = place({ commit: 'd'.repeat(40), date: '2026-01-31T10:00:00Z' })
    const text = print([openaiFinding({ places: [place({}), older] })], PUSH)
    expect(text).toMatch(/^unleak stopped this push: 1 secret in what it would publish\.\n/)
    expect(text).toContain('To go on with this push:')
    expect(text).toContain('    git rebase -i -r dddddddddddd^\n')
    expect(text).toContain('    git commit --all --amend\n')
    expect(text).not.toMatch(/git add|unleak:allow|this commit/)
  })

  it('a tag’s message is written anew; a name that a shell would take apart is left to the reader', () => {
    const tag = (name: string): Place => ({
      kind: 'tag',
      tag: name,
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 9,
    })
    expect(print([openaiFinding({ places: [tag('v1')] })], PUSH)).toContain('    git tag -f -a v1 v1^{}\n')
    const odd = print([openaiFinding({ places: [tag('$(x)')] })], PUSH)
    expect(odd).toContain('    git tag -f -a TAG TAG^{}\n')
    expect(odd).not.toContain('git rebase')
  })

  it('nothing found, nothing new, nothing to push, and a part not scanned', () => {
    expect(print([], PUSH)).toBe('unleak: 3 commits, 5 blobs, 12 kB: no secrets.\n')
    expect(print([], { ...PUSH, counts: NONE })).toBe('unleak: 0 commits, nothing to scan: main → origin.\n')
    expect(print([], { ...PUSH, counts: NONE, target: 'nothing to push' })).toBe(
      'unleak: nothing to push, nothing to scan.\n',
    )
    const problems = [
      { code: 'E_SHALLOW', count: 1, examples: ['c'.repeat(40)], message: 'git fetch --unshallow' },
    ] as const
    const partial = print([], { ...PUSH, problems })
    expect(partial).toContain('unleak stopped this push: a part of what it would publish')
    expect(partial).toContain('git fetch --unshallow')
    expect(partial).toContain('The push is blocked because of it (exit code 2)')
  })
})

describe('ci', () => {
  it('says first what was found, in which range', () => {
    const text = print(canonicalFindings(), CI)
    expect(text).toMatch(
      /^unleak: 4 secrets in the commits that this run adds\.\nRange: 1a2b3c4d5e6f\.\.0f9e8d7c6b5a/,
    )
    expect(text.replace(/\s+/g, ' ')).toContain('treat each secret as leaked, in this order')
    expect(print(canonicalFindings(), { ...CI, counts: { ...COUNTS, commits: 0 } })).toMatch(
      /^unleak: 4 secrets in the files of this commit\.\n/,
    )
  })

  it('says the range when nothing was found, too, and that there was none', () => {
    expect(print([], CI)).toBe(
      'unleak: 3 commits, 5 blobs, 12 kB: no secrets.\nRange: 1a2b3c4d5e6f..0f9e8d7c6b5a (GitHub Actions, push to main).\n',
    )
    expect(print([], { ...CI, counts: NONE }).replace(/\s+/g, ' ')).toBe(
      'unleak: 0 commits, nothing to scan: 1a2b3c4d5e6f..0f9e8d7c6b5a (GitHub Actions, push to main). ',
    )
    expect(print([], { ...CI, counts: { ...NONE, commits: 1 } })).toContain(
      '1 commit, all empty, nothing to scan',
    )
  })
})

it.each([60, 80, 120])('fits in %i columns, shows no secret, obeys no control character', (width) => {
  const nasty = place({ path: 'a\x1b[2J.ts', author: 'A\u202eB', tag: 'v\n1' })
  for (const scan of [PUSH, CI]) {
    const text = print(
      [...canonicalFindings(), openaiFinding({ places: [nasty] })],
      { ...scan, target: `x\x1b${VALUES.project}` },
      width,
    )
    for (const value of Object.values(VALUES)) expect(text).not.toContain(value.slice(12, 40))
    expect(text).not.toMatch(/[\x1b\u202e]/)
    const long = text.split('\n').filter((line) => [...line].length > width)
    expect(long.filter((line) => !/https?:|連携|unleak ignore/.test(line))).toEqual([])
  }
})
