// Keeps secrets out of every text that leaves; the only file of this room that opens a sealed secret.
import type { Secret } from '../model/index.ts'

/** Shortest run of a secret's characters that is masked. */
const RUN = 8
const MASK = '[redacted]'

export interface Redactor {
  /** For text the scanned data wrote (paths, names, messages): masks secrets and every run of 8 of their characters. */
  readonly foreign: (text: string) => string
  /**
   * For our own words and those of rule files: masks whole secrets only. Such text is the same for every
   * secret, so what it shares with one (`https://`, `password`) tells nothing, while a mask there would.
   */
  readonly known: (text: string) => string
}

const OPEN: Redactor = { foreign: (text) => text, known: (text) => text }

/** Masks `secrets` in text; with `reveal` it lets everything pass. */
export function createRedactor(secrets: readonly Secret[], reveal = false): Redactor {
  if (reveal || secrets.length === 0) return OPEN
  const shown = new Map<string, string>()
  for (const secret of secrets) if (secret.isKnown) shown.set(secret.reveal(), secret.redacted)
  if (shown.size === 0) return OPEN // a saved report: its texts were masked when it was made
  const values = [...shown.keys()].sort((a, b) => b.length - a.length)
  const runs = hiddenRuns(values, [...shown.values()])
  const heads = new Set(values.map((value) => value.slice(0, RUN)))
  const short = values.filter((value) => value.length < RUN)
  const replaceWhole = (text: string): string => {
    for (const value of values)
      if (text.includes(value)) text = text.replaceAll(value, () => shown.get(value)!)
    return text
  }
  const mayHold = (text: string, grams: ReadonlySet<string>): boolean =>
    holdsRun(text, grams) || short.some((value) => text.includes(value))
  return {
    foreign: (text) => (mayHold(text, runs) ? maskRuns(replaceWhole(text), runs) : text),
    known: (text) => (mayHold(text, heads) ? replaceWhole(text) : text),
  }
}

/** `text` without `secrets` and without any run of 8 of their characters that their redacted forms don't show. */
export function redactText(text: string, secrets: readonly Secret[]): string {
  return createRedactor(secrets).foreign(text)
}

/** A secret as a report shows it. */
export function shownSecret(secret: Secret, reveal: boolean): string {
  return reveal && secret.isKnown ? secret.reveal() : secret.redacted
}

/** True when `text` is the secret, or with `isBegun` the beginning of one that goes on in the next line. */
export function isSecretAt(secret: Secret, text: string, isBegun: boolean): boolean {
  if (!secret.isKnown || text === '') return false
  return isBegun ? secret.reveal().startsWith(text) : secret.reveal() === text
}

/** Every run of 8 characters of the values that no redacted form shows. */
function hiddenRuns(values: readonly string[], redacted: readonly string[]): Set<string> {
  const runs = new Set<string>()
  for (const value of values) for (let i = 0; i + RUN <= value.length; i++) runs.add(value.slice(i, i + RUN))
  for (const form of redacted)
    for (const part of form.split('…'))
      for (let i = 0; i + RUN <= part.length; i++) runs.delete(part.slice(i, i + RUN))
  return runs
}

function holdsRun(text: string, runs: ReadonlySet<string>): boolean {
  for (let i = 0; i + RUN <= text.length; i++) if (runs.has(text.slice(i, i + RUN))) return true
  return false
}

function maskRuns(text: string, runs: ReadonlySet<string>): string {
  let out = ''
  let kept = 0
  let end = -1
  for (let i = 0; i + RUN <= text.length; i++) {
    if (!runs.has(text.slice(i, i + RUN))) continue
    if (i > end) {
      if (end >= 0) kept = end
      out += text.slice(kept, i) + MASK
    }
    end = i + RUN
  }
  return end < 0 ? text : out + text.slice(end)
}
