// The rules of a run: the bundled ones from one data file, and the user's own on top.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Automata,
  type Rule,
  type RuleLayout,
  type Ruleset,
  type RulesetAbout,
  ToolError,
} from '../model/index.ts'

export interface LoadedRules {
  readonly ruleset: Ruleset
  /** The same rules laid out, where the build did that. */
  readonly layout?: RuleLayout
  /** Titles, responses and references; read when something was found or is to be listed. */
  readonly about: () => Promise<RulesetAbout>
  /** What tells early that no match begins at a keyword; worth loading where much is read. */
  readonly automata: () => Promise<Automata>
}

export interface RuleChoice {
  /** More rule files. */
  readonly rules?: readonly string[]
  /** Rule or provider ids; only these run. */
  readonly only?: readonly string[]
  /** Rule or provider ids that don't run. */
  readonly skip?: readonly string[]
}

/** The layout alone says what to look for; a rule is read and parsed when a keyword of it is met. */
function readBundled(): { bundled: Ruleset; layout: RuleLayout } {
  const { hash, ...layout } = readJson<{ hash: string } & Omit<RuleLayout, 'ruleAt'>>('rules-layout.json')
  const rules: Rule[] = []
  let lines: Buffer[] | undefined
  const ruleAt = (index: number) => {
    lines ??= readRuleLines()
    rules[index] ??= JSON.parse(lines[index]!.toString('utf8')) as Rule
    return rules[index]
  }
  const bundled = {
    hash,
    get rules() {
      return readJson<Ruleset>('rules.json').rules
    },
  }
  return { bundled, layout: { ...layout, ruleAt } }
}

/** rules.json has one rule a line, between a line that opens the list and one that closes it. */
function readRuleLines(): Buffer[] {
  const file = readFileSync(asset('rules.json'))
  const lines: Buffer[] = []
  for (let start = file.indexOf('\n') + 1; start > 0; ) {
    const end = file.indexOf('\n', start)
    if (end === -1) break
    lines.push(file.subarray(start, file[end - 1] === COMMA ? end - 1 : end))
    start = end + 1
  }
  return lines
}

const COMMA = 0x2c

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(asset(name), 'utf8')) as T
}

/** Data files lie beside the bundle, or in dist/ when running from source. */
function asset(name: string): string {
  const beside = join(import.meta.dirname, name)
  return existsSync(beside) ? beside : join(import.meta.dirname, '../../dist', name)
}

/** Loads the rules of a run. Throws ToolError for broken files and for ids that no rule or provider has. */
export async function loadRules(choice: RuleChoice = {}): Promise<LoadedRules> {
  const { bundled, layout } = readBundled()
  const bundledAbout = async () => readJson<RulesetAbout>('rules-about.json')
  const bundledAutomata = async () => readJson<Automata>('rules-automata.json')
  if (!choice.rules?.length && !choice.only?.length && !choice.skip?.length) {
    return { ruleset: bundled, layout, about: bundledAbout, automata: bundledAutomata }
  }
  const own = await loadOwn(choice.rules ?? [])
  const ownIds = new Set(own.ruleset.rules.map((rule) => rule.id))
  const all = [...bundled.rules.filter((rule) => !ownIds.has(rule.id)), ...own.ruleset.rules]
  return {
    ruleset: await rehash(choose(all, choice)),
    automata: async () => {
      const automata = { ...(await bundledAutomata()) }
      for (const id of ownIds) delete automata[id]
      return { ...automata, ...own.automata }
    },
    about: async () => {
      const base = await bundledAbout()
      return {
        providers: { ...base.providers, ...own.about.providers },
        rules: { ...base.rules, ...own.about.rules },
      }
    },
  }
}

async function loadOwn(files: readonly string[]) {
  const [{ readRuleFile }, { compileRules }] = await Promise.all([
    import('./read.ts'),
    import('./compile.ts'),
  ])
  return compileRules(files.map(readRuleFile))
}

function choose(rules: readonly Rule[], { only, skip }: RuleChoice): Rule[] {
  const names = (rule: Rule) => [rule.id, rule.provider]
  const known = new Set(rules.flatMap(names))
  for (const id of [...(only ?? []), ...(skip ?? [])]) {
    if (known.has(id)) continue
    throw new ToolError('E_USAGE', `"${id}" is neither a rule nor a provider.`, {
      hint: 'See: unleak rules list',
    })
  }
  return rules.filter(
    (rule) =>
      (!only?.length || names(rule).some((n) => only.includes(n))) &&
      !names(rule).some((n) => skip?.includes(n)),
  )
}

async function rehash(rules: readonly Rule[]): Promise<Ruleset> {
  const { createHash } = await import('node:crypto')
  return { rules, hash: createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 16) }
}
