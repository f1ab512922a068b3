// A file that holds one word and nothing else, such as `config/master.key` or `secrets/api_token.txt`: its name is the
// value's name.
import { assigned } from './assignment.ts'
import type { Decoded } from './decoded.ts'

/** Longer files are more than a value, shorter ones none. */
const MAX_BYTES = 512
const LEAST_BYTES = 8

/** Names that say so; `master.key` alone tells no provider. */
const TELLING = /(?:key|token|secret|password|passwd|credentials?|pat)$/i
const RAILS_KEY = /(?:^|\/)config\/(?:master|credentials\/[\w-]+)\.key$/

/** The value with its name before it, as in an assignment; undefined when the file is something else. */
export function namedByFile(bytes: Uint8Array, path: string): Decoded | undefined {
  if (bytes.length > MAX_BYTES || bytes.length < LEAST_BYTES) return undefined
  const name = nameOf(path)
  if (name === undefined) return undefined
  const value = /^\s{0,8}([!-~]{8,})\s{0,8}$/.exec(Buffer.from(bytes).toString('latin1'))
  if (!value) return undefined
  const text = value[1]!
  const start = value[0].indexOf(text)
  const end = start + text.length
  // In quotes, for it is all of the value.
  return assigned(name, '="', {
    text: `${text}"`,
    start,
    end,
    via: undefined,
    toSource: (offset) => Math.min(end, start + offset),
  })
}

/** Paths whose names tell, one of each kind: who does not know the path of a word tries them. */
export const TELLING_PATHS: readonly string[] = ['config/master.key', 'secret_token', 'api_key', 'password']

/** Whether `size` bytes at `at` are one word and nothing else. */
export function isOneWord(bytes: Uint8Array, at = 0, size = bytes.length): boolean {
  if (size > MAX_BYTES || size < LEAST_BYTES) return false
  let [from, to] = [at, at + size]
  while (from < to && isSpace(bytes[from]!)) from++
  while (to > from && isSpace(bytes[to - 1]!)) to--
  for (let i = from; i < to; i++) if (bytes[i]! < 0x21 || bytes[i]! > 0x7e) return false
  return to - from >= LEAST_BYTES
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)

function nameOf(path: string): string | undefined {
  if (RAILS_KEY.test(path)) return 'RAILS_MASTER_KEY'
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/^\./, '')
    .replace(/\.(?:txt|key|secret|token)$/i, '')
  return TELLING.test(name) ? name : undefined
}
