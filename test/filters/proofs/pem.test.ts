// PEM and OpenSSH keys made by Node, in every quoting, against placeholders and damaged ones.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { pem } from '../../../src/filters/proofs/pem.ts'
import { readArmour } from '../../../src/filters/proofs/pem-body.ts'
import { candidate } from './candidates.ts'

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const ed = generateKeyPairSync('ed25519').privateKey
const KEYS = {
  pkcs8: ec.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
  sec1: ec.export({ type: 'sec1', format: 'pem' }).toString().trim(),
  ed25519: ed.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
}
const encrypted = ec
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString()
  .trim()
const legacy = ec
  .export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
  .toString()
  .trim()

const QUOTINGS: Readonly<Record<string, (key: string) => string>> = {
  'as it is': (key) => key,
  'with CRLF': (key) => key.replaceAll('\n', '\r\n'),
  'on one line with \\n': (key) => key.replaceAll('\n', '\\n'),
  'in JSON in a string': (key) => key.replaceAll('\n', '\\\\n'),
  'on one line with spaces': (key) => key.replaceAll('\n', ' '),
  'indented, as in YAML': (key) => key.replaceAll('\n', '\n      '),
  'joined with +': (key) => key.replaceAll('\n', "\\n' +\n  '"),
  'joined without operator': (key) => key.replaceAll('\n', '\\n"\n    "'),
  'joined with .': (key) => key.replaceAll('\n', '\\n" .\n "'),
  'a list of lines': (key) => key.replaceAll('\n', '",\n  "'),
  'in a comment': (key) => key.replaceAll('\n', '\n# '),
  'quoted in Markdown': (key) => key.replaceAll('\n', '\n> '),
  'in a doc comment': (key) => key.replaceAll('\n', '\n * '),
  'continued lines': (key) => key.replaceAll('\n', '\\\n'),
  'added by a diff': (key) => key.replaceAll('\n', '\n+'),
}

describe('pem', () => {
  for (const [name, quote] of Object.entries(QUOTINGS)) {
    it.each(Object.entries(KEYS))(`proves a key ${name}: %s`, (_kind, key) => {
      expect(pem.check(candidate(quote(key)))).toMatchObject({ verdict: 'proven', confidence: 'high' })
    })
  }

  it('says that a key is encrypted', () => {
    for (const key of [encrypted, legacy, legacy.replaceAll('\n', '\\n')]) {
      const outcome = pem.check(candidate(key))
      expect(outcome).toMatchObject({ verdict: 'proven' })
      expect(JSON.stringify(outcome)).toContain('pass phrase')
    }
  })

  it('reads cipher and kind of OpenSSH keys', () => {
    expect(pem.check(candidate(openSsh('none')))).toEqual({
      verdict: 'proven',
      confidence: 'high',
      evidence: ['OpenSSH key of type ssh-ed25519'],
    })
    expect(JSON.stringify(pem.check(candidate(openSsh('aes256-ctr'))))).toContain('encrypted with aes256-ctr')
  })

  it.each([
    ['dots', `${'-'.repeat(5)}BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----`],
    ['words', `${'-'.repeat(5)}BEGIN PRIVATE KEY-----\nYOUR_KEY_HERE\n-----END PRIVATE KEY-----`],
    ['a short body', `${'-'.repeat(5)}BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----`],
    ['one character', `${'-'.repeat(5)}BEGIN PRIVATE KEY-----\n${'x'.repeat(64)}\n-----END PRIVATE KEY-----`],
    ['another END label', KEYS.sec1.replace('END EC', 'END RSA')],
  ])('drops %s', (_name, text) => {
    expect(pem.check(candidate(text)).verdict).toBe('refuted')
  })

  it('doubts a key that was cut', () => {
    const lines = KEYS.pkcs8.split('\n')
    const cut = [...lines.slice(0, 2), lines.at(-1)].join('\n')
    expect(pem.check(candidate(cut))).toMatchObject({
      verdict: 'doubtful',
      evidence: ['the body is cut short'],
    })
  })

  it('is silent without a frame', () => {
    expect(pem.check(candidate('MIIB')).verdict).toBe('silent')
  })
})

describe('readArmour', () => {
  it('cuts the PGP checksum off and keeps headers apart', () => {
    const text = '-----BEGIN PGP MESSAGE-----\nVersion: 2\n\nAAAA\nBBBB\n=AbCd\n-----END PGP MESSAGE-----'
    expect(readArmour(text)).toEqual({
      label: 'PGP MESSAGE',
      endLabel: 'PGP MESSAGE',
      headers: ['Version: 2'],
      body: 'AAAABBBB',
      checksum: 'AbCd',
    })
  })
})

/** An OpenSSH key file with this cipher; its numbers are made up. */
function openSsh(cipher: string): string {
  const text = (value: string | Buffer) => {
    const bytes = Buffer.from(value)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const count = Buffer.from([0, 0, 0, 1])
  const numbers = Buffer.from(Array.from({ length: 96 }, (_, i) => (i * 89 + 7) % 256))
  const publicKey = Buffer.concat([text('ssh-ed25519'), text(numbers.subarray(0, 32))])
  const parts = [text(cipher), text('none'), text(''), count, text(publicKey), text(numbers)]
  const body = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...parts]).toString('base64')
  const label = 'OPENSSH PRIVATE KEY-----'
  return `-----BEGIN ${label}\n${body.replace(/.{70}/g, '$&\n')}\n-----END ${label}`
}
