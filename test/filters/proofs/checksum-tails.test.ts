// Every checksum tail: completes a head so that it passes, and tells a changed character.
import { describe, expect, it } from 'vitest'
import type { Proof } from '../../../src/filters/candidate.ts'
import { atlassianCrc32 } from '../../../src/filters/proofs/atlassian-crc32.ts'
import { bech32 } from '../../../src/filters/proofs/bech32.ts'
import { base62Crc } from '../../../src/filters/proofs/checksum-tail.ts'
import { cloudflareCrc32 } from '../../../src/filters/proofs/cloudflare-crc32.ts'
import { confluentCrc32 } from '../../../src/filters/proofs/confluent-crc32.ts'
import { githubCrc32 } from '../../../src/filters/proofs/github-crc32.ts'
import { gitlabRoutable } from '../../../src/filters/proofs/gitlab-routable.ts'
import { grafanaCrc32 } from '../../../src/filters/proofs/grafana-crc32.ts'
import { npmCrc32 } from '../../../src/filters/proofs/npm-crc32.ts'
import { vercelCrc32 } from '../../../src/filters/proofs/vercel-crc32.ts'
import { candidate } from './candidates.ts'

const body = (length: number) => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zZ'.repeat(3).slice(0, length)
const bech32Data = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2).slice(0, 52)
const payload = Buffer.from('0123456789abcdefo:1\nu:2s\x08').toString('base64url')

const CASES: readonly (readonly [proof: Proof, head: string, wrong: 'refuted' | 'doubtful'])[] = [
  [githubCrc32, `ghp_${body(30)}`, 'doubtful'],
  [githubCrc32, `ghs_${body(30)}`, 'doubtful'],
  [npmCrc32, `npm_${body(30)}`, 'doubtful'],
  [vercelCrc32, `vcp_${body(50)}`, 'doubtful'],
  [cloudflareCrc32, `cfut_${body(40)}`, 'doubtful'],
  [cloudflareCrc32, `cfk_${body(40)}`, 'doubtful'],
  [confluentCrc32, `cflt${body(54)}`, 'doubtful'],
  [grafanaCrc32, `glsa_${body(32)}_`, 'doubtful'],
  [atlassianCrc32, `ATATT3xFfGF0${body(60)}=`, 'doubtful'],
  [gitlabRoutable, `glpat-${payload}.01.`, 'doubtful'],
  [gitlabRoutable, `glpat-${payload}.`, 'doubtful'],
  [bech32, `AGE-SECRET-KEY-1${bech32Data}`, 'doubtful'],
]

describe.each(CASES)('$name', (proof, head, wrong) => {
  const token = head + proof.complete!(`TOKEN=${head}`)

  it(`proves ${head.slice(0, 6)}… with its own tail`, () => {
    expect(proof.check(candidate(token))).toMatchObject({ verdict: 'proven', confidence: 'high' })
  })

  it(`tells a changed tail of ${head.slice(0, 6)}…`, () => {
    const last = token.at(-1)!
    const other = /[0-9]/.test(last) ? String((Number(last) + 1) % 10) : last === 'a' ? 'c' : 'a'
    const changed = proof.check(candidate(token.slice(0, -1) + (proof === bech32 ? 'Q' : other)))
    if (proof === bech32 && last === 'Q') return
    expect(changed.verdict).toBe(wrong)
  })

  it('is silent about other shapes', () => {
    expect(proof.check(candidate('hello')).verdict).toBe('silent')
  })

  it('refuses a template without a head', () => {
    expect(() => proof.complete!('hello')).toThrow(RangeError)
  })
})

describe('base62Crc', () => {
  it('pads to six digits, most significant first', () => {
    // The CRC-32 of this text is 0xcbf43926, the check value of the algorithm.
    const value = [...base62Crc('123456789')].reduce(
      (sum, c) => sum * 62 + '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.indexOf(c),
      0,
    )
    expect(value).toBe(0xcbf43926)
    expect(base62Crc('')).toBe('000000')
  })
})

describe('gitlab-routable', () => {
  it('names the organisation in the payload', () => {
    const head = `glpat-${payload}.01.`
    const outcome = gitlabRoutable.check(candidate(head + gitlabRoutable.complete!(head)))
    expect(outcome).toMatchObject({
      evidence: ['GitLab checksum is right', 'its payload names a GitLab organisation'],
    })
  })

  it('keeps medium confidence when only the sum differs: instances may have a prefix', () => {
    const head = `glpat-${payload}.01.`
    const tail = gitlabRoutable.complete!(head)
    expect(gitlabRoutable.check(candidate(`${head}${tail.slice(0, 2)}0000000`))).toMatchObject({
      confidence: 'medium',
    })
    expect(gitlabRoutable.check(candidate(`${head}zz0000000`))).toMatchObject({ confidence: 'low' })
  })
})
