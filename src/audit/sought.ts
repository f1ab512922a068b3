// What an audit searches for, laid out for the kernel: for the bundled rules at build time, else when it is asked for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Engine } from '../engine/index.ts'
import { createKernel } from '../engine/kernel/load.ts'
import type { Sought } from '../git/pack/contract.ts'
import { type LaidOut, layOut } from '../git/pack/tables.ts'
import type { Automata } from '../model/index.ts'
import type { LoadedRules } from '../rules/load.ts'

const FILE = 'audit-tables.gz'
const LINE_FEED = 0x0a

/** Keywords whose rules look farther than this are few: what holds one is searched whole. */
const LONG_REACH = 6000

/** More of a keyword tells little, and around each change of an object as much has to be looked at again. */
const LONGEST = 12

/** What the objects of a history are searched for, so that the engine needs to see no others. */
export function soughtBy(
  { keywords, probes }: Pick<Engine, 'keywords' | 'probes'>,
  automata: Automata,
): Sought {
  const reaches = keywords.map(({ reach }) => reach)
  return {
    keywords: keywords.map(({ text }) => text.slice(0, LONGEST)),
    longKeywords: reaches.flatMap((reach, i) => (reach > LONG_REACH ? [i] : [])),
    reach: Math.max(...reaches.filter((reach) => reach <= LONG_REACH)),
    keywordReach: reaches,
    probes: probes(automata),
  }
}

/** The tables for these rules, in memory that threads share. @param engine of the same rules */
export async function layOutRules(
  { ruleset, automata }: Pick<LoadedRules, 'ruleset' | 'automata'>,
  engine: () => Engine,
  module: WebAssembly.Module,
): Promise<LaidOut> {
  const laidOut =
    readTables(ruleset.hash) ?? layOut(createKernel(module), soughtBy(engine(), await automata()))
  const bytes = new Uint8Array(new SharedArrayBuffer(laidOut.bytes.length))
  bytes.set(laidOut.bytes)
  return { ...laidOut, bytes }
}

/** The content of the file beside the bundle: a line that says what the tables are, then their bytes. */
export function writeTables({ bytes, ...head }: LaidOut, rules: string): Uint8Array {
  return gzipSync(Buffer.concat([Buffer.from(`${JSON.stringify({ rules, ...head })}\n`), bytes]), {
    level: 9,
  })
}

/** Undefined when there are none for these rules. */
function readTables(rules: string): LaidOut | undefined {
  let file: Buffer
  try {
    file = gunzipSync(readFileSync(join(import.meta.dirname, FILE)))
  } catch {
    return undefined
  }
  const start = file.indexOf(LINE_FEED) + 1
  const head = JSON.parse(file.toString('latin1', 0, start))
  return head.rules === rules ? { ...head, bytes: file.subarray(start) } : undefined
}
