// PEM private keys: matching labels, a base64 body, and inside it one DER structure of the right length.
import type { Proof, ProofOutcome } from '../candidate.ts'
import { type Armour, readArmour } from './pem-body.ts'

/** Shorter bodies hold no key: an Ed25519 key in PKCS#8 has 64 characters. */
const SHORTEST_BODY = 60
const OPENSSH_MAGIC = 'openssh-key-v1\0'

export const pem: Proof = {
  name: 'pem',
  check({ text }) {
    const armour = readArmour(text)
    return armour ? checkPem(armour) : { verdict: 'silent' }
  },
}

/** Judges one armoured block; also used for keys inside JSON. */
export function checkPem(armour: Armour): ProofOutcome {
  if (armour.label !== armour.endLabel) return refuted('BEGIN and END labels differ')
  const wrong = placeholderReason(armour.body)
  if (wrong) return refuted(wrong)
  const der = Buffer.from(armour.body, 'base64')
  if (der.subarray(0, OPENSSH_MAGIC.length).toString('latin1') === OPENSSH_MAGIC) return checkOpenSsh(der)
  if (armour.headers.some((line) => /^Proc-Type: ?4, ?ENCRYPTED/.test(line))) {
    return { verdict: 'proven', confidence: 'high', evidence: ['encrypted with a pass phrase'] }
  }
  return checkDer(der, armour.label === 'ENCRYPTED PRIVATE KEY' ? ['encrypted with a pass phrase'] : [])
}

function checkDer(der: Buffer, more: readonly string[] = []): ProofOutcome {
  const length = derLength(der)
  if (length === der.length)
    return {
      verdict: 'proven',
      confidence: 'high',
      evidence: ['the body is one complete DER structure', ...more],
    }
  if (length === undefined) return doubtful('the body is base64, but no DER structure')
  return doubtful(length > der.length ? 'the body is cut short' : 'something follows the key in the body')
}

/** A key without its armour: base64 of one DER structure on a line, as some services hand keys out. */
export const derKey: Proof = {
  name: 'der-key',
  check({ secret }) {
    const wrong = placeholderReason(secret)
    return wrong ? refuted(wrong) : checkDer(Buffer.from(secret, 'base64'))
  },
}

function refuted(reason: string): ProofOutcome {
  return { verdict: 'refuted', reason }
}

function doubtful(evidence: string): ProofOutcome {
  return { verdict: 'doubtful', confidence: 'medium', evidence: [evidence] }
}

/** Why this text is no key body, or undefined when it may be one. */
export function placeholderReason(body: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(body)) return 'the body is not base64'
  if (body.length < SHORTEST_BODY) return 'the body is too short for a key'
  if (/(.)\1{23}/.test(body.replace(/A{24,}/g, ''))) return 'the body repeats one character'
  if (new Set(body).size < 16) return 'the body uses too few different characters'
  return undefined
}

/** Length in bytes of the SEQUENCE that a DER structure opens with, its header included. */
function derLength(der: Buffer): number | undefined {
  const first = der[1]
  if (der[0] !== 0x30 || first === undefined) return undefined
  if (first < 0x80) return 2 + first
  const count = first - 0x80
  if (count < 1 || count > 3 || der.length < 2 + count) return undefined
  return 2 + count + der.readUIntBE(2, count)
}

/** Magic, then cipher, key derivation and its options as length-prefixed texts, one public and one private part. */
function checkOpenSsh(der: Buffer): ProofOutcome {
  const parts = lengthPrefixed(der, OPENSSH_MAGIC.length)
  const cipher = parts?.[0]?.toString('latin1')
  if (!parts || cipher === undefined) return doubtful('the body is cut short')
  const kind = parts[3]
    ?.subarray(4, 4 + (parts[3].length > 4 ? parts[3].readUInt32BE(0) : 0))
    .toString('latin1')
  const evidence = [`OpenSSH key${kind && /^[a-z0-9@.-]+$/.test(kind) ? ` of type ${kind}` : ''}`]
  if (cipher !== 'none')
    evidence.push(`encrypted with ${/^[a-z0-9@.-]+$/.test(cipher) ? cipher : 'a cipher'}`)
  return { verdict: 'proven', confidence: 'high', evidence }
}

/** Cipher, kdf, kdf options, public key, private part. */
function lengthPrefixed(bytes: Buffer, start: number): Buffer[] | undefined {
  const parts: Buffer[] = []
  let at = start
  for (let i = 0; i < 5; i++) {
    if (i === 3) at += 4 // the number of keys
    if (at + 4 > bytes.length) return undefined
    const end = at + 4 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    parts.push(bytes.subarray(at + 4, end))
    at = end
  }
  return parts
}
