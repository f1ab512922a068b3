// Shapes that are public by nature: ids, hashes, integrity strings, pictures, certificates.
import type { Candidate, Filter } from './candidate.ts'

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i
const INTEGRITY = /(?:^|[^A-Za-z0-9])(?:sha(?:1|224|256|384|512)|md5|blake[23][bs]?|h1|q1)[-:=/]$/i
const INTEGRITY_WHOLE = /^(?:sha(?:1|224|256|384|512)|md5|blake[23][bs]?|h1)[-:=][A-Za-z0-9+/_=-]{16,}/i
/** What Bitwarden's vaults hold (a kind, an initial vector, a cipher text), and what sealed secrets do: 512 bytes of RSA first. */
const ENCRYPTED = /^\d\.[A-Za-z0-9+/]{2,}={0,2}\|[A-Za-z0-9+/]{2,}={0,2}(?:\||$)|^Ag[A-D][A-Za-z0-9+/]{250,}/
const HEX = /^(?:0x)?(?:[0-9a-f]{7,128}|[0-9A-F]{7,128})$/
/** The token that Mapbox means for web pages. */
const PUBLIC_TOKEN = /^pk\.eyJ1[A-Za-z0-9_-]{20,300}\.[A-Za-z0-9_-]{20,30}$/
const BASE64 = /^[A-Za-z0-9+/_-]{20,}={0,2}$/

/** Names of things that are hashes and ids, as the last words ahead of the value. */
const HASH_NAME =
  /(?:hash|sha-?\d{0,3}|md5|checksum|digest|integrity|fingerprint|thumbprint|etag|commit|revision|rev|git_?ref|tree|blob|oid|object_?id|crc\d{0,2}|signature|sig|cache_?key|build_?id|trace_?id|span_?id|request_?id|uuid|guid|public_?key(?:_?token)?|pub_?key|sitekey|content_?id|asset_?id|narHash|rekor)["'\]]{0,2}\s{0,4}(?:=>|:=|[:=@])?\s{0,4}["'`]?$/i
const BARE_KEY = /(?:^|[^\w.-])["']?key["']?\s{0,4}[:=]\s{0,4}["']?$/i
const PICTURE =
  /data:(?:image|font|audio|video|application\/(?:font|wasm|x-font|octet-stream|pdf))[\w/+.;=-]{0,60},[A-Za-z0-9+/=%_\s-]{0,1000}$/i
const SVG_PATH = /(?:\bd|points|path)\s{0,2}=\s{0,2}["'][MmLlHhVvCcSsQqTtAaZz0-9\s,.-]{0,1000}$/
const CERTIFICATE =
  /-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|SSH2 PUBLIC KEY|X509 CRL|PGP (?:PUBLIC KEY BLOCK|SIGNATURE)|PGP MESSAGE)[^-]{0,40}-----[^-]{0,1000}$/
const SSH_PUBLIC =
  /(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\w{4,20}|sk-(?:ssh|ecdsa)[\w@.-]{4,40})\s{1,4}[A-Za-z0-9+/=]{0,1000}$/
const LOCK_FILE =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lock|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|go\.sum|go\.work\.sum|Gemfile\.lock|composer\.lock|flake\.lock|Podfile\.lock|mix\.lock|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|MODULE\.bazel\.lock|conan\.lock|Package\.resolved|\.terraform\.lock\.hcl)$/

/** Text ahead of the secret. */
function ahead(candidate: Candidate, length: number): string {
  const both = candidate.around(length, 0)
  const before = both.slice(0, both.length - candidate.text.length)
  const inside = candidate.text.indexOf(candidate.secret)
  return before + candidate.text.slice(0, Math.max(0, inside))
}

/** Hashes and integrity strings, by their own form or by the name ahead of them. */
function isDigest(secret: string, before: string): boolean {
  if (INTEGRITY_WHOLE.test(secret)) return true
  if (!HEX.test(secret) && !BASE64.test(secret)) return false
  return INTEGRITY.test(before) || HASH_NAME.test(before)
}

/** `"key": "<UUID>"` is how content systems number things; a rule that takes any word knows no better. */
function isNumbering({ rule, secret }: Candidate, before: string): boolean {
  return rule.tier === 1 && rule.randomness !== undefined && UUID.test(secret) && BARE_KEY.test(before)
}

/** Inside something that is drawn, played or published whole; such text reaches further back than a name does. */
function isInsidePublicBlock(before: string): boolean {
  return PICTURE.test(before) || CERTIFICATE.test(before) || SSH_PUBLIC.test(before) || SVG_PATH.test(before)
}

export const publicShapeFilter: Filter = {
  reason: 'public shape',
  drops(candidate) {
    const { rule, secret } = candidate
    if (isInsidePublicBlock(ahead(candidate, 1024))) return true
    // A marked token stays one whatever it is called; weaker shapes must not look like an id or a hash.
    if (rule.tier === 2) return false
    if (ENCRYPTED.test(secret)) return true
    const before = ahead(candidate, 80)
    if (isDigest(secret, before) || isNumbering(candidate, before)) return true
    if ((HEX.test(secret) || BASE64.test(secret)) && LOCK_FILE.test(candidate.path ?? '')) return true
    return rule.tier === 0 && (UUID.test(secret) || PUBLIC_TOKEN.test(secret))
  },
}
