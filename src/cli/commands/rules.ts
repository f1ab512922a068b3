// `unleak rules`: lists, explains and self-tests the rules.
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { createEngine } from '../../engine/index.ts'
import { judgeMatch } from '../../filters/contest.ts'
import { PROOFS } from '../../filters/proofs/index.ts'
import {
  ExitCode,
  hasFragments,
  patternOf,
  type Ruleset,
  type RulesetAbout,
  STEPS,
  ToolError,
  wholeChunk,
} from '../../model/index.ts'
import { type CheckTools, checkRules } from '../../rules/check.ts'
import { compileRules } from '../../rules/compile.ts'
import type { Told } from '../../rules/foreign/foreign.ts'
import { loadRules, type RuleChoice } from '../../rules/load.ts'
import { readAnyRuleFile, readRuleFolder } from '../../rules/read.ts'
import type { RuleFile } from '../../rules/schema.ts'
import type { CommandContext, RunCommand } from '../commands.ts'

export const runRules: RunCommand = async (context) => {
  const [verb, ...names] = context.args.positionals
  if (verb === 'list') return await listRules(context, names)
  if (verb === 'show' && names.length > 0) return await showRules(context, names)
  if (verb === 'check') return await checkRuleFiles(context, names)
  throw new ToolError('E_USAGE', 'unleak rules needs one of: list, show ID, check [FILE…].')
}

/** All rules, or those of the named rules and providers. */
async function listRules(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  const only = names.length > 0 ? { only: names } : {}
  const { ruleset, about } = await loadRules({ ...choiceOf(context), ...only })
  const texts = await about()
  if (context.args.many('format').includes('json')) {
    const list = ruleset.rules.map((r) => ({
      id: r.id,
      provider: r.provider,
      severity: r.severity,
      title: texts.rules[r.id]?.title,
    }))
    context.terminal.out(`${JSON.stringify(list, null, 2)}\n`)
    return ExitCode.clean
  }
  const width = Math.max(...ruleset.rules.map((r) => r.id.length))
  for (const rule of ruleset.rules) {
    context.terminal.tell(
      `${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${texts.rules[rule.id]?.title ?? ''}\n`,
    )
  }
  const providers = new Set(ruleset.rules.map((r) => r.provider)).size
  context.terminal.tell(
    `${counted(ruleset.rules.length, 'rule')} of ${counted(providers, 'provider')}; rule set ${ruleset.hash}\n`,
  )
  return ExitCode.clean
}

async function showRules(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  const { ruleset, about } = await loadRules({ ...choiceOf(context), only: names })
  const texts = await about()
  const last = new Map(ruleset.rules.map((rule) => [rule.provider, rule.id]))
  const parts = ruleset.rules.map((rule) => {
    const steps = last.get(rule.provider) === rule.id ? responseLines(rule.provider, texts) : []
    return `${[...describeRule(rule, texts), ...steps].join('\n')}\n`
  })
  context.terminal.tell(parts.join('\n'))
  return ExitCode.clean
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

/** The steps of a provider, told once; what a rule says otherwise stands with the rule. */
function responseLines(id: string, { providers }: RulesetAbout): string[] {
  const provider = providers[id]
  if (provider === undefined) return []
  return [
    '',
    `When a secret of ${provider.name} is out:`,
    ...STEPS.flatMap((step, i) => stepLines(`  ${i + 1}. ${step.padEnd(8)}  `, provider.response[step])),
  ]
}

function stepLines(
  head: string,
  step: { readonly text: string; readonly url?: string } | undefined,
): string[] {
  if (step === undefined) return []
  return [head + step.text, ...(step.url ? [' '.repeat(head.length) + step.url] : [])]
}

function describeRule(rule: Ruleset['rules'][number], { rules, providers }: RulesetAbout): string[] {
  const about = rules[rule.id]
  const provider = providers[rule.provider]
  return [
    `${rule.id}: ${about?.title ?? ''}`,
    ...(about?.description ? [`  ${about.description.trim()}`] : []),
    `  provider    ${provider?.name ?? rule.provider}`,
    `  severity    ${rule.severity}, confidence ${rule.confidence}`,
    `  keywords    ${rule.keywords.join(', ')}`,
    ...(rule.context
      ? [
          `  context     /${rule.context.pattern}/i within ${rule.context.before} bytes before, ${rule.context.after} after`,
        ]
      : []),
    ...patternLines(rule),
    ...(rule.proofs.length > 0 ? [`  proofs      ${rule.proofs.join(', ')}`] : []),
    ...(about?.references ?? []).map((url) => `  reference   ${url}`),
    ...STEPS.flatMap((step) => stepLines(`  ${step.padEnd(10)}  `, about?.response?.[step])),
  ]
}

/** Of an assigned value the value: its names are said by the keywords, and written out they fill a screen. */
function patternLines(rule: Ruleset['rules'][number]): string[] {
  const isAssigned = rule.secretPart !== undefined && hasFragments(rule.source)
  if (!isAssigned) return [`  pattern     ${patternOf(rule)}`]
  return [
    `  value       /${rule.secretPart}/`,
    '  named       for the provider where it is assigned, or as a secret with the provider near',
  ]
}

async function checkRuleFiles(context: CommandContext, names: readonly string[]): Promise<ExitCode> {
  const { rules, about, left } = await rulesToCheck(context, names)
  const tools = checkTools(rules)
  let texts = 0
  const scan: CheckTools['scan'] = (bytes) => {
    texts++
    context.terminal.progress(() => `${rules.rules.length} rules, ${texts} texts tried so far`)
    return tools.scan(bytes)
  }
  const troubles = [...left, ...checkRules({ ruleset: rules, about }, { ...tools, scan })]
  context.terminal.progress(undefined)
  for (const { rule, message } of troubles) context.terminal.out(`${rule}: ${message}\n`)
  const wrong = new Set(troubles.map((t) => t.rule)).size
  context.terminal.out(`${rules.rules.length + left.length} rules checked, ${wrong} with trouble.\n`)
  return troubles.length > 0 ? ExitCode.found : ExitCode.clean
}

/** Named files and folders on their own, else the bundled rules. Of foreign files it is told what came over changed. */
async function rulesToCheck(context: CommandContext, names: readonly string[]) {
  if (names.length === 0) {
    const { ruleset, about } = await loadRules(choiceOf(context))
    return { rules: ruleset, about: await about(), left: [] }
  }
  const files: RuleFile[] = []
  const left: Told[] = []
  for (const name of names) {
    const path = resolve(context.cwd, name)
    if (existsSync(path) && statSync(path).isDirectory()) {
      files.push(...readRuleFolder(path))
      continue
    }
    const read = await readAnyRuleFile(path)
    for (const { rule, message } of read.notes) context.terminal.out(`${rule}: note: ${message}\n`)
    files.push(read.file)
    left.push(...read.left)
  }
  const { ruleset, about } = compileRules(files)
  return { rules: ruleset, about, left }
}

function choiceOf({ args }: CommandContext): RuleChoice {
  return { rules: args.many('rules'), partialRules: args.has('partial-rules') }
}

/** What the self-test runs rules with: the real engine and the real filters. */
export function checkTools(rules: Ruleset): CheckTools {
  const engine = createEngine(rules)
  return {
    scan: (bytes) => {
      const chunk = wholeChunk(bytes, { kind: 'file', path: 'example.txt' })
      return engine
        .match(chunk)
        .matches.map((match) => judgeMatch(match, chunk))
        .filter(({ judgement }) => judgement.kept)
        .map(({ candidate }) => ({ rule: candidate.rule.id, secret: candidate.secret }))
    },
    complete: (name, text) => {
      const proof = PROOFS.find((p) => p.name === name)
      if (!proof?.complete) throw new ToolError('E_RULES', `the proof "${name}" can't complete a template.`)
      return proof.complete(text)
    },
  }
}
