// unleak verify, and --verify of the scanning commands: a plan of what is sent where, then the verdicts.
import { ExitCode, type Finding, type Report, type Ruleset, type RulesetAbout } from '../../model/index.ts'
import { createReopener } from '../../reopen.ts'
import { verdicts } from '../../reporters/verdicts.ts'
import { type LoadedRules, loadRules } from '../../rules/load.ts'
import { askAll, type Planned, planQuestions } from '../../verify/index.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { createMask } from '../mask.ts'
import { type Network, openNetwork, withNetwork } from '../network.ts'
import { planOutputs, writeReport } from '../output.ts'
import { readVerifyInput } from '../verify-input.ts'

export const runVerify: RunCommand = async (context) => {
  const { args, cwd, terminal } = context
  const outputs = planOutputs(context)
  const { report, texts, lost } = await readVerifyInput(context)
  const ask = async (network: Network): Promise<ExitCode> => {
    const rules = await loadRules({ rules: args.many('rules') })
    const named = args.many('host')
    const planned = await plan(report.findings, rules, network, (finding) => [
      ...named,
      texts.get(finding.id) ?? '',
    ])
    const mask = await createMask()
    const text = mask(planText(planned, lost))
    if (args.has('dry-run')) {
      terminal.tell(`${text}A dry run: nothing was sent.\n`)
      return ExitCode.clean
    }
    terminal.err(text)
    const asked = await askAll(planned, { http: network.http, openaiUrl: network.openaiUrl, now: Date.now })
    const told = { ...report, scan: { ...report.scan, command: 'verify' }, findings: asked }
    await writeReport(told, outputs, context, cwd, verdicts)
    return exitCodeOf(asked, lost.length > 0)
  }
  return await withNetwork(context, ask, () => 'What was not asked by then is told as unknown.')
}

/** 1: something is alive. 2: nothing is known to be, but not everything could be found out. 0: all dead. */
function exitCodeOf(findings: readonly Finding[], isIncomplete: boolean): ExitCode {
  if (findings.some(({ verdict }) => verdict.state.startsWith('live'))) return ExitCode.found
  return isIncomplete || findings.some(({ verdict }) => verdict.state !== 'dead')
    ? ExitCode.failed
    : ExitCode.clean
}

/** The report of a scan with verdicts. Rules that came from the scanned repository are never asked with. */
export async function addVerdicts(
  report: Report,
  context: CommandContext,
  scanned: LoadedRules,
  root: string,
): Promise<Report> {
  if (report.findings.length === 0) return report
  const network = openNetwork(context)
  try {
    const trusted = await loadRules({ rules: context.args.many('rules') })
    const same = sameRules(scanned.ruleset, trusted.ruleset)
    const texts = await textsAround(report.findings, trusted, [context.cwd, root])
    const near = ({ id }: Finding) => [...context.args.many('host'), texts.get(id) ?? '']
    const planned = await plan(report.findings, trusted, network, near, same)
    return { ...report, findings: await announceAndAsk(planned, [], context, network) }
  } finally {
    network.close()
  }
}

/** Says what is sent where, and sends it. */
async function announceAndAsk(
  planned: readonly Planned[],
  lost: readonly string[],
  { terminal }: CommandContext,
  { http, openaiUrl }: Network,
): Promise<Finding[]> {
  terminal.err((await createMask())(planText(planned, lost)))
  return await askAll(planned, { http, openaiUrl, now: Date.now })
}

/** The files around those findings whose service needs more than the secret: a host, or a public half. */
async function textsAround(
  findings: readonly Finding[],
  rules: LoadedRules,
  folders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const about = await rules.about()
  const reopen = createReopener(rules.ruleset, folders)
  const texts = new Map<string, string>()
  for (const finding of findings) {
    const spec = about.rules[finding.rule]?.verify
    if (!spec || !('request' in spec) || !(spec.request.host || spec.request.near)) continue
    const found = await reopen(finding)
    if (found) texts.set(finding.id, found.text)
  }
  return texts
}

/** Ids of the rules that are the same in both sets: what only one has may not decide what is sent where. */
function sameRules(scanned: Ruleset, trusted: Ruleset): ReadonlySet<string> {
  const texts = new Map(trusted.rules.map((rule) => [rule.id, JSON.stringify(rule)]))
  return new Set(
    scanned.rules.filter((rule) => texts.get(rule.id) === JSON.stringify(rule)).map(({ id }) => id),
  )
}

async function plan(
  findings: readonly Finding[],
  rules: LoadedRules,
  { openaiUrl }: Network,
  texts: (finding: Finding) => readonly string[],
  allowed?: ReadonlySet<string>,
): Promise<Planned[]> {
  const about: RulesetAbout = await rules.about()
  const specs = Object.fromEntries(
    Object.values(about.rules)
      .filter(({ id }) => allowed?.has(id) ?? true)
      .map(({ id, verify }) => [id, verify]),
  )
  return planQuestions(findings, { specs, openaiUrl, texts })
}

/** What is sent where, and what is not asked at all and why. */
function planText(planned: readonly Planned[], lost: readonly string[]): string {
  const lines = new Map<string, string[]>()
  const add = (line: string, { title, secret }: Finding) => {
    lines.set(line, [...(lines.get(line) ?? []), `    ${title} ${secret}`])
  }
  for (const { finding, question } of planned)
    if (!('cannot' in question)) {
      const { method, host, path, carries, maybe } = question
      const also = maybe ? `; ${maybe}` : ''
      add(`  ${host}: ${method} ${path}, with the secret in ${carries}${also}`, finding)
    }
  const questions = lines.size
  for (const { finding, question } of planned)
    if ('cannot' in question) add(`  not asked: ${question.cannot}`, finding)
  if (lost.length > 0)
    lines.set(
      '  not asked: it is no longer where the report says',
      lost.map((title) => `    ${title}`),
    )
  const head =
    questions === 0
      ? 'unleak: nothing to ask.'
      : 'unleak: this asks the issuers. Ask only about secrets that are yours, or yours to test.'
  return `${[head, ...[...lines].flatMap(([line, secrets]) => [line, ...new Set(secrets)])].join('\n')}\n`
}
