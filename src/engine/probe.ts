// What makes a keyword worth a look: the bytes that a match of one of its rules must hold lie near it.
import type { Automaton, Rule } from '../model/index.ts'
import { TOKEN } from './decode/joints.ts'

/** A run that a match holds; places are bytes from the keyword's start. */
export interface RunProbe {
  /** Source of the class of bytes, such as `[0-9a-f]`. */
  readonly bytes: string
  readonly length: number
  /** Where the run begins at the earliest and at the latest. */
  readonly from: number
  readonly to: number
  /** Source of the class of bytes one of which stands directly before the run. */
  readonly behind?: string
  /** A token can begin there; only with `behind`. */
  readonly edge?: boolean
  /** The keyword stands close before the run, or a general name of a secret does; only with `behind`. */
  readonly named?: boolean
  /** What reads such a name backwards from the run. Only the kernel asks it. */
  readonly before?: Automaton | undefined
  /** The run has not more bytes than this; only with `behind`. */
  readonly most?: number
  /** Where the match begins, for a rule whose matches begin at a boundary, at a fixed distance. */
  readonly start?: number
}

/** A token that is broken off at the end of its literal. */
export interface JointProbe {
  /** Source of the class of bytes that tokens are made of. */
  readonly joint: string
}

/** The beginning of a match, from the keyword on. */
export interface PrefixProbe {
  readonly automaton: Automaton
  /** Bytes that the automaton is run over at most: as many as a match can have. */
  readonly length: number
  /** Where the match begins. */
  readonly start: number
  /** What the match must hold as well. */
  readonly run?: RunProbe
}

export type Probe = RunProbe | JointProbe | PrefixProbe

/** Windows of rules are a little wider than their matches; see match.ts. */
const MARGIN = 16

/** The probe of a rule at one of its keywords; undefined when nothing is known of its matches. */
export function runProbe(rule: Rule, anchor: number, before: number, after: number): RunProbe | undefined {
  const { run } = rule
  if (run === undefined) return undefined
  const { from, to, ...what } = run
  if (anchor < 0) return { ...what, from: from - before, to: after + MARGIN - run.length }
  const at = { ...what, from: from - anchor, to: to - anchor }
  return rule.bounded && !run.edge ? { ...at, start: -anchor } : at
}

/** The general name that a value can need stands at most so far before it; see the kernel's probe. */
const NAME_REACH = 256
/** A joint: a token that is broken off, its quote, white space, an operator, white space, the next quote. */
const JOINT_PROBE_REACH = 300 + 1 + 40 + 2 + 40 + 1
/** An escape before a match. */
const BOUNDARY = 3

/** How far from the keyword's start, on either side, the bytes lie that decide about a probe. */
export function probeReach(probe: Probe): number {
  if ('joint' in probe) return JOINT_PROBE_REACH
  if ('automaton' in probe) {
    const { automaton, length, start, run } = probe
    const end = start + length + automaton.tail.length
    return Math.max(-start, end, run ? probeReach(run) : 0)
  }
  const { from, to, length, most = 0, start = 0 } = probe
  const first = Math.min(from, start) - BOUNDARY - (probe.named ? NAME_REACH : 0)
  return Math.max(-first, to + Math.max(length, most) + 1)
}

export const JOINT_PROBE: JointProbe = { joint: TOKEN }

const EVERY_BYTE = Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1')
const MEMBERS = new Map<string, Uint8Array>()

/** The bytes of a class as 256 flags. */
export function membersOf(source: string): Uint8Array {
  let members = MEMBERS.get(source)
  if (members === undefined) {
    members = new Uint8Array(256)
    for (const char of EVERY_BYTE.match(new RegExp(source, 'g')) ?? []) members[char.charCodeAt(0)] = 1
    MEMBERS.set(source, members)
  }
  return members
}

/** Whether a run of the probe stands near the keyword at `at` in latin1 `text`. */
export function holdsRun(text: string, at: number, probe: RunProbe): boolean {
  const members = membersOf(probe.bytes)
  const stop = Math.min(text.length, at + probe.to + probe.length)
  for (let begin = Math.max(0, at + probe.from); begin + probe.length <= stop; ) {
    let p = begin + probe.length
    while (p > begin && members[text.charCodeAt(p - 1)]) p -= 1
    if (p > begin) begin = p
    else if (probe.behind === undefined) return true
    else {
      const end = endOfRun(
        text,
        members,
        begin + probe.length,
        at + probe.to + (probe.most ?? probe.length) + 1,
      )
      if (beginsIn(text, begin, end, at + probe.to, probe)) return true
      begin = end + 1
    }
  }
  return false
}

function endOfRun(text: string, members: Uint8Array, from: number, limit: number): number {
  let end = from
  while (end < limit && end < text.length && members[text.charCodeAt(end)]) end += 1
  return end
}

/** Whether the run of [begin, end), or a part up to its end, has the byte before it that it needs. */
function beginsIn(text: string, begin: number, end: number, latest: number, probe: RunProbe): boolean {
  const behind = membersOf(probe.behind!)
  const first = Math.max(begin, probe.most === undefined ? 0 : end - probe.most)
  for (let p = first; p <= Math.min(latest, end - probe.length); p++) {
    if (p === 0 ? probe.edge : behind[text.charCodeAt(p - 1)] && (!probe.edge || isBoundary(text, p)))
      return true
  }
  return false
}

/** False when a letter or digit stands before `p` that can't be the end of an escape, such as `\\n` or `%22`. */
function isBoundary(text: string, p: number): boolean {
  if (!/[A-Za-z0-9]/.test(text[p - 1]!)) return true
  return text[p - 2] === '\\' || /[%x0]/.test(text[p - 3] ?? '')
}
