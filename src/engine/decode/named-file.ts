// A file that holds one word and nothing else, such as `config/master.key` or `secrets/api_token.txt`: its name is the
// value's name.
import { assigned } from './assignment.ts'
import type { Decoded } from './decoded.ts'

/** Longer files are more than a value. */
const MAX_BYTES = 512

/** Names that say so; `master.key` alone tells no provider. */
const TELLING = /(?:key|token|secret|password|passwd|credentials?|pat)$/i
const RAILS_KEY = /(?:^|\/)config\/(?:master|credentials\/[\w-]+)\.key$/

/** The value with its name before it, as in an assignment; undefined when the file is something else. */
export function namedByFile(bytes: Uint8Array, path: string): Decoded | undefined {
  if (bytes.length > MAX_BYTES || bytes.length < 8) return undefined
  const name = nameOf(path)
  if (name === undefined) return undefined
  const value = /^\s{0,8}([!-~]{8,})\s{0,8}$/.exec(Buffer.from(bytes).toString('latin1'))
  if (!value) return undefined
  const text = value[1]!
  const start = value[0].indexOf(text)
  return assigned(name, '=', {
    text,
    start,
    end: start + text.length,
    via: undefined,
    toSource: (offset) => start + offset,
  })
}

function nameOf(path: string): string | undefined {
  if (RAILS_KEY.test(path)) return 'RAILS_MASTER_KEY'
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/^\./, '')
    .replace(/\.(?:txt|key|secret|token)$/i, '')
  return TELLING.test(name) ? name : undefined
}
