// The rules of a run: the bundled ones from one data file, and the user's own on top.
import { type Automata, type Rule, type Ruleset, type RulesetAbout, ToolError } from '../model/index.ts'
import { bundledAbout, bundledAutomata, bundledRules } from './bundled.ts'
import type { Told } from './foreign/foreign.ts'
import type { RuleFile } from './schema.ts'

export interface LoadedRules {
  readonly ruleset: Ruleset
  /** Titles, responses and references; read when something was found or is to be listed. */
  readonly about: () => Promise<RulesetAbout>
  /** What tells early that no match begins at a keyword; worth loading where much is read. */
  readonly automata: () => Promise<Automata>
}

export interface RuleChoice {
  /** More rule files. */
  readonly rules?: readonly string[]
  /** Ids that settings by path name: each must be one of a rule or provider. */
  readonly named?: readonly string[]
  /** Take what can be taken of foreign rule files, where not everything can. */
  readonly partialRules?: boolean
  /** Rule or provider ids; only these run. */
  readonly only?: readonly string[]
  /** Rule or provider ids that don't run. */
  readonly skip?: readonly string[]
}

/** Loads the rules of a run. Throws ToolError for broken files and for ids that no rule or provider has. */
export async function loadRules(choice: RuleChoice = {}): Promise<LoadedRules> {
  const bundled = bundledRules()
  if (![choice.rules, choice.only, choice.skip, choice.named].some((each) => each?.length)) {
    return { ruleset: bundled, about: async () => bundledAbout(), automata: async () => bundledAutomata() }
  }
  const own = await loadOwn(choice.rules ?? [], choice.partialRules ?? false)
  const ownIds = new Set(own.ruleset.rules.map((rule) => rule.id))
  const all = [...bundled.rules.filter((rule) => !ownIds.has(rule.id)), ...own.ruleset.rules]
  return {
    ruleset: await rehash(choose(all, choice)),
    automata: async () => {
      const automata = { ...bundledAutomata() }
      for (const id of ownIds) delete automata[id]
      return { ...automata, ...own.automata }
    },
    about: async () => {
      const base = bundledAbout()
      return {
        providers: { ...base.providers, ...own.about.providers },
        rules: { ...base.rules, ...own.about.rules },
      }
    },
  }
}

async function loadOwn(files: readonly string[], isPartial: boolean) {
  const [{ readAnyRuleFile }, { compileRules }] = await Promise.all([
    import('./read.ts'),
    import('./compile.ts'),
  ])
  const read = await Promise.all(files.map(readAnyRuleFile))
  if (!isPartial)
    for (const [i, { left }] of read.entries()) if (left.length > 0) throw untranslated(files[i]!, left)
  return compileRules(joined(read.map(({ file }) => file)))
}

/** Several files of one foreign tool are one provider. */
function joined(files: readonly RuleFile[]): RuleFile[] {
  const all = new Map<string, RuleFile>()
  for (const file of files) {
    const known = FOREIGN.has(file.provider.id) ? all.get(file.provider.id) : undefined
    if (known === undefined && all.has(file.provider.id)) return [...files] // compiling them tells the mistake
    all.set(file.provider.id, known ? { ...known, rules: [...known.rules, ...file.rules] } : file)
  }
  return [...all.values()]
}

const FOREIGN: ReadonlySet<string> = new Set(['gitleaks', 'kingfisher', 'noseyparker'])

function untranslated(file: string, left: readonly Told[]): ToolError {
  const lines = left.map(({ rule, message }) => `  rule "${rule}": ${message}`)
  const count = left.length === 1 ? 'a rule has' : `${left.length} rules have`
  return new ToolError('E_RULES', `${file}: ${count} no equal in unleak.\n${lines.join('\n')}`, {
    hint: 'Nothing was scanned. --partial-rules goes on with the rules that have one.',
  })
}

function choose(rules: readonly Rule[], { only, skip, named }: RuleChoice): Rule[] {
  const names = (rule: Rule) => [rule.id, rule.provider]
  const known = new Set(rules.flatMap(names))
  for (const id of [...(only ?? []), ...(skip ?? []), ...(named ?? [])]) {
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
