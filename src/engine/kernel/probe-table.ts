// Lays the probes of all keywords out in the kernel's memory, as assembly/probe.ts reads them.
import { membersOf, type Probe } from '../probe.ts'
import type { Kernel } from './load.ts'

const PROBE_BYTES = 24
const LAST = 1
const BOUNDED = 2
const JOINT = 4

/** Reserves and fills the table; returns its address. A keyword whose probes are undefined is always worth a look. */
export function createProbeTable(kernel: Kernel, probes: readonly (readonly Probe[] | undefined)[]): number {
  const classes = [...new Set(probes.flatMap((of) => of?.map(classOf) ?? []))]
  const firstProbe = probes.length * 4
  const firstClass = firstProbe + probes.reduce((sum, of) => sum + (of?.length ?? 0), 0) * PROBE_BYTES
  const at = kernel.reserve(firstClass + classes.length * 256)
  const memory = kernel.bytes()
  const view = new DataView(memory.buffer, at)
  for (const [i, source] of classes.entries()) memory.set(membersOf(source), at + firstClass + i * 256)
  const addressOf = new Map(classes.map((source, i) => [source, at + firstClass + i * 256]))
  let next = firstProbe
  for (const [keyword, of] of probes.entries()) {
    view.setUint32(keyword * 4, of?.length ? at + next : 0, true)
    for (const [i, probe] of of?.entries() ?? []) {
      writeProbe(view, next, probe, addressOf.get(classOf(probe))!, i === of!.length - 1)
      next += PROBE_BYTES
    }
  }
  return at
}

function classOf(probe: Probe): string {
  return 'joint' in probe ? probe.joint : probe.bytes
}

function writeProbe(view: DataView, at: number, probe: Probe, members: number, isLast: boolean): void {
  const last = isLast ? LAST : 0
  const isJoint = 'joint' in probe
  const fields = isJoint
    ? [members, 0, 0, 0, 0, JOINT | last]
    : [members, probe.length, probe.from, probe.to, probe.start ?? 0, last | boundedFlag(probe.start)]
  for (const [i, field] of fields.entries()) view.setInt32(at + i * 4, field, true)
}

function boundedFlag(start: number | undefined): number {
  return start === undefined ? 0 : BOUNDED
}
