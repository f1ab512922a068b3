// Lays the probes of all keywords out in the kernel's memory, as assembly/probe.ts reads them.
import type { Automaton } from '../../model/index.ts'
import { membersOf, type Probe, type RunProbe } from '../probe.ts'
import type { Kernel } from './load.ts'

const PROBE_BYTES = 48
const LAST = 1
const BOUNDED = 2
const JOINT = 4
const PREFIX = 8
const VALUE = 16
const ALSO = 32
const EDGE = 64
const NAMED = 128

/** Reserves and fills the table; returns its address. A keyword whose probes are undefined is always worth a look. */
export function createProbeTable(kernel: Kernel, probes: readonly (readonly Probe[] | undefined)[]): number {
  const parts = createParts(kernel)
  const rows = probes.map((of) => of?.flatMap((probe) => fieldsOf(probe, parts)))
  const firstProbe = probes.length * 4
  const at = kernel.reserve(firstProbe + rows.reduce((sum, of) => sum + (of?.length ?? 0), 0) * PROBE_BYTES)
  const view = new DataView(kernel.bytes().buffer, at)
  let next = firstProbe
  for (const [keyword, of] of rows.entries()) {
    view.setUint32(keyword * 4, of?.length ? at + next : 0, true)
    for (const [i, { flags, ...fields }] of of?.entries() ?? []) {
      const last = i === of!.length - 1 ? LAST : 0
      const row = [
        fields.bytes,
        fields.length ?? 0,
        fields.from ?? 0,
        fields.to ?? 0,
        fields.start ?? 0,
        flags | last,
        ...(fields.more ?? []),
      ]
      for (const [j, field] of row.entries()) view.setInt32(next + j * 4, field, true)
      next += PROBE_BYTES
    }
  }
  return at
}

interface Fields {
  readonly bytes: number
  readonly length?: number
  readonly from?: number
  readonly to?: number
  readonly start?: number
  readonly flags: number
  readonly more?: readonly number[]
}

interface Parts {
  /** Address of the flags of a class. */
  members(source: string): number
  /** Addresses of an automaton's columns and of its next states. */
  automaton(of: Automaton): readonly [columns: number, next: number]
}

/** What several probes share is laid out once. */
function createParts(kernel: Kernel): Parts {
  const classes = new Map<string, number>()
  const automata = new Map<Automaton, readonly [number, number]>()
  const put = (bytes: Uint8Array) => {
    const at = kernel.reserve(bytes.length)
    kernel.bytes().set(bytes, at)
    return at
  }
  return {
    members: (source) => known(classes, source, () => put(membersOf(source))),
    automaton: (of) =>
      known(automata, of, () => [
        put(Uint8Array.from(of.columns)),
        put(new Uint8Array(Uint16Array.from(of.next).buffer)),
      ]),
  }
}

function known<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

/** One row, or two that must both hold. */
function fieldsOf(probe: Probe, parts: Parts): Fields[] {
  if ('joint' in probe) return [{ bytes: parts.members(probe.joint), flags: JOINT }]
  if ('automaton' in probe) {
    const { automaton, length, start, run } = probe
    const [bytes, next] = parts.automaton(automaton)
    const tail = [parts.members(automaton.tail.bytes), automaton.tail.length]
    const prefix = { bytes, length, start, flags: PREFIX, more: [next, automaton.width, ...tail] }
    return run ? [{ ...prefix, flags: PREFIX | ALSO }, runFields(run, parts)] : [prefix]
  }
  return [runFields(probe, parts)]
}

function runFields(probe: RunProbe, parts: Parts): Fields {
  const { bytes, behind, edge, most = 0, before, ...places } = probe
  const run = { ...places, bytes: parts.members(bytes) }
  const bounded = places.start === undefined ? 0 : BOUNDED
  if (behind === undefined) return { ...run, flags: bounded }
  const flags = bounded | VALUE | (edge ? EDGE : 0)
  const value = [parts.members(behind), most]
  if (before === undefined) return { ...run, flags, more: value }
  return { ...run, flags: flags | NAMED, more: [...value, ...parts.automaton(before), before.width] }
}
