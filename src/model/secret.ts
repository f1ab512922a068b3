// A sealed value: it cannot be printed, serialised or inspected by accident.

const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/** What a report keeps of a secret. */
export interface SavedSecret {
  readonly redacted: string
  readonly length: number
  readonly value?: string
}

/**
 * A secret value that shows only its redacted form.
 * `reveal()` is for `verify/`, `respond/` and `--reveal`; a test holds the list of its callers.
 */
export class Secret {
  readonly #value: string
  /** What may be shown: public prefix, ellipsis, last four; less for short secrets. */
  readonly redacted: string
  /** Length in characters. */
  readonly length: number

  constructor(value: string, publicPrefix = '', saved?: SavedSecret) {
    this.#value = value
    this.length = saved?.length ?? value.length
    this.redacted = saved?.redacted ?? redact(value, publicPrefix)
  }

  /** A secret as a report has it: its value is known only when that was made with `--reveal`. */
  static saved(saved: SavedSecret): Secret {
    return new Secret(saved.value ?? '', '', saved)
  }

  /** False for one that came from a report, in its redacted form only. */
  get isKnown(): boolean {
    return this.#value !== ''
  }

  reveal(): string {
    return this.#value
  }

  /** Stable id of this secret under `rule`: 16 hex digits, the same in hook, CI and audit. */
  id(rule: string): string {
    const { createHash } = process.getBuiltinModule('node:crypto') // loads when something is found
    return createHash('sha256').update(`unleak-finding/1\0${rule}\0${this.#value}`).digest('hex').slice(0, 16)
  }

  toString(): string {
    return this.redacted
  }

  toJSON(): string {
    return this.redacted
  }

  [INSPECT](): string {
    return `Secret(${this.redacted})`
  }
}

/** Redacted form of `value`: never more than its public prefix and a quarter of the rest, at most four characters. */
export function redact(value: string, publicPrefix = ''): string {
  if (value.startsWith('-----BEGIN'))
    return `${/^-----BEGIN [A-Z0-9 ]{0,40}-----/.exec(value)?.[0] ?? '-----BEGIN'}…`
  const prefix = value.startsWith(publicPrefix) ? publicPrefix : ''
  const body = value.length - prefix.length
  const tail = body >= 16 ? 4 : body >= 12 ? 2 : 0
  return `${prefix}…${tail > 0 ? visible(value.slice(-tail)) : ''}`
}

/** Control characters would let a secret rewrite the terminal. */
function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·')
}
