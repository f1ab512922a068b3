// The rules that come with the program, and the data files that belong to them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Automata, Ruleset, RulesetAbout } from '../model/index.ts'
import { readAbout, readRules } from './bundle.ts'

/** Data files lie beside the bundle, or in dist/ when running from source. */
function asset(name: string): string {
  const beside = join(import.meta.dirname, name)
  return existsSync(beside) ? beside : join(import.meta.dirname, '../../dist', name)
}

/** Read once: what masks the report needs them as the scan does. */
let ruleset: Ruleset | undefined

export function bundledRules(): Ruleset {
  ruleset ??= readRules(asset('rules.jsonl'), asset('rules-index.bin'))
  return ruleset
}

export function bundledAbout(): RulesetAbout {
  return readAbout(asset('rules-about.jsonl'))
}

export function bundledAutomata(): Automata {
  return JSON.parse(gunzipSync(readFileSync(asset('rules-automata.gz'))).toString()) as Automata
}
