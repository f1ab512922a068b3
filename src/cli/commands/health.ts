// `unleak health`: gathers, checks, reports; sets limits and calls a webhook when asked to.
import { resolve } from 'node:path'
import { loadConfig } from '../../config/load.ts'
import { resolvePlan } from '../../config/resolve.ts'
import type { HealthConfig } from '../../config/schema.ts'
import { CHECKS } from '../../health/checks/index.ts'
import { applyLimits, planLimits } from '../../health/fix-limits.ts'
import { adminKeyFrom, gatherFacts } from '../../health/gather.ts'
import { canSpend, isAccepted } from '../../health/join.ts'
import type { Check, HealthFacts, HealthPolicy, HealthReport } from '../../health/model.ts'
import { notify, webhookFrom } from '../../health/notify.ts'
import { runChecks } from '../../health/run.ts'
import type { Http } from '../../http/index.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import { createOpenAI } from '../../openai/index.ts'
import { stateDirectory } from '../../state/directory.ts'
import { remember } from '../../state/memory.ts'
import type { Arguments } from '../arguments.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { confirm } from '../confirm.ts'
import { createMask } from '../mask.ts'
import { type Network, withNetwork } from '../network.ts'
import { planHealthOutputs, writeHealth } from './health-output.ts'

export const runHealth: RunCommand = async (context) => {
  const { args, env } = context
  const outputs = planHealthOutputs(context)
  const checks = chosenChecks(args)
  const webhook = args.one('notify') === undefined ? undefined : webhookFrom(args.one('notify')!, env)
  const isOffline = args.has('offline')
  if (isOffline && (webhook || args.has('fix') || args.has('spend-test')))
    throw new ToolError(
      'E_USAGE',
      '--offline asks nothing over the network: leave out --notify, --fix and --spend-test.',
    )
  const work = (network?: Network) => check(context, { outputs, checks, webhook, network })
  if (isOffline) return await work()
  const standing = args.has('fix')
    ? 'Look at the limits again: unleak health --check limits'
    : 'The check did not end, so it says nothing of your keys.'
  return await withNetwork(context, work, () => standing)
}

interface Asked {
  readonly outputs: ReturnType<typeof planHealthOutputs>
  readonly checks: readonly Check[]
  readonly webhook: ReturnType<typeof webhookFrom> | undefined
  /** Undefined: nothing is asked over the network. */
  readonly network: Network | undefined
}

async function check(
  context: CommandContext,
  { outputs, checks, webhook, network: opened }: Asked,
): Promise<ExitCode> {
  const { args, env, terminal } = context
  const network = opened && { http: opened.http, baseUrl: opened.openaiUrl }
  const { root, policy, names } = await settings(context)
  const stateDir = stateDirectory(args.one('state-dir'), env)
  const now = new Date()
  const spendTest = args.has('spend-test')
  const facts = await gatherFacts({ root, env, policy, names, stateDir, now, network, spendTest })
  if (opened?.signal.aborted) return ExitCode.interrupted
  rememberTests(facts, stateDir)
  if (args.has('fix')) return await fixLimits(facts, context, network)
  const wanted = !network ? checks.filter((check) => check.needs === 'disk') : checks
  const report = await masked(runChecks(facts, wanted))
  writeHealth(report, policy, outputs, context)
  if (webhook) {
    await notify(report, webhook, network!.http)
    terminal.err('unleak: the webhook has the news.\n')
  }
  return exitCodeOf(report)
}

function exitCodeOf({ verdict }: HealthReport): ExitCode {
  if (verdict === 'well') return ExitCode.clean
  return verdict === 'not-checked' ? ExitCode.failed : ExitCode.found
}

function chosenChecks(args: Arguments): readonly Check[] {
  const names = (flag: string) => args.many(flag).flatMap((value) => value.split(','))
  const [only, skip] = [names('check'), names('skip-check')]
  const ids = CHECKS.map((check) => check.id)
  const wrong = [...only, ...skip].find((id) => !ids.includes(id))
  if (wrong !== undefined)
    throw new ToolError('E_USAGE', `"${wrong}" is not a check.`, {
      hint: `The checks are ${ids.join(', ')}.`,
    })
  return CHECKS.filter(({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id))
}

async function settings({ args, cwd }: CommandContext) {
  const explicit = args.one('config')
  const { plan } = await resolvePlan({ cwd, ...(explicit ? { config: explicit } : {}) })
  const { config } = await loadConfig(plan.root, explicit && resolve(cwd, explicit))
  const health = config.health ?? {}
  const names = [
    ...(health.keys ?? []),
    ...args.many('key'),
    ...args.many('backup'),
    ...(health.backup ?? []),
  ]
  for (const name of names) assertName(name)
  return { root: plan.root, policy: policyOf(health, args), names }
}

function policyOf(health: HealthConfig, args: Arguments): HealthPolicy {
  return {
    budget: dollarsOf(args.one('budget')) ?? health.budget,
    rotateAfterDays: health.rotateAfterDays ?? 90,
    expireAfterDays: health.expireAfterDays ?? 180,
    unusedAfterDays: health.unusedAfterDays ?? 30,
    testBackupAfterDays: health.testBackupAfterDays ?? 31,
    gateway: health.gateway,
    backup: [...args.many('backup'), ...(health.backup ?? [])],
  }
}

function dollarsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const usd = Number(text.replace(/^\$/, ''))
  if (Number.isFinite(usd) && usd > 0) return usd
  throw new ToolError('E_USAGE', `--budget: "${text}" is not an amount of dollars.`)
}

function assertName(name: string): void {
  if (/^[A-Za-z_][\w.-]{0,80}$/.test(name)) return
  throw new ToolError('E_USAGE', 'a key is given by the NAME of its variable, never by its value.', {
    hint: 'For example: unleak health --key MY_APP_KEY',
  })
}

/** A backup key that answered was tested today. */
function rememberTests({ keys, answers, memory, now }: HealthFacts, stateDir: string): void {
  if (!answers.ok) return
  const tested = keys.filter((key) => {
    const answer = answers.value.get(key.fingerprint)
    return key.isBackup && answer && isAccepted(answer) && (!answer.spending || canSpend(answer.spending))
  })
  if (tested.length === 0) return
  const at = tested.map((key) => [key.fingerprint, now.toISOString()])
  remember(stateDir, { tested: { ...memory.tested, ...Object.fromEntries(at) } })
}

/** Names come from the account and from files: none of them may be a secret. */
async function masked(report: HealthReport): Promise<HealthReport> {
  const text = JSON.stringify(report)
  const mask = await createMask()
  const clean = mask(text)
  if (clean === text) return report
  const each = (value: unknown): unknown => {
    if (typeof value === 'string') return mask(value)
    if (Array.isArray(value)) return value.map(each)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, each(content)]))
  }
  return each(report) as HealthReport
}

async function fixLimits(
  { account, policy }: HealthFacts,
  { args, env, terminal }: CommandContext,
  network: { http: Http; baseUrl: string } | undefined,
): Promise<ExitCode> {
  if (args.one('fix') !== 'limits') throw new ToolError('E_USAGE', '--fix: only "limits" can be set.')
  const admin = adminKeyFrom(env)
  if (!account.ok || !admin || !network)
    throw new ToolError('E_USAGE', `limits can't be set: ${account.ok ? 'no admin key' : account.why}.`, {
      hint: 'Setting them needs an admin key that may write.',
    })
  const plan = planLimits(account.value, policy.budget, args.many('mail'))
  for (const obstacle of plan.obstacles) terminal.err(`unleak: ${obstacle}\n`)
  if (plan.lines.length === 0) {
    terminal.tell(plan.obstacles.length > 0 ? 'Nothing was set.\n' : 'The limits are as they should be.\n')
    return plan.obstacles.length > 0 ? ExitCode.failed : ExitCode.clean
  }
  terminal.tell(`This sets, for the whole organization:\n${plan.lines.map((line) => `  ${line}\n`).join('')}`)
  if (!args.has('yes') && !(await confirm('Set it?'))) {
    terminal.tell('Nothing was set. In a script, confirm with --yes.\n')
    return ExitCode.failed
  }
  for (const line of await applied(createOpenAI({ key: admin, ...network }), plan)) terminal.tell(`${line}\n`)
  return plan.obstacles.length > 0 ? ExitCode.failed : ExitCode.clean
}

async function applied(admin: ReturnType<typeof createOpenAI>, plan: ReturnType<typeof planLimits>) {
  try {
    return await applyLimits(admin, plan)
  } catch (error) {
    if ((error as Error).name !== 'ApiError') throw error
    throw new ToolError('E_NETWORK', `OpenAI did not set it: ${(error as Error).message}.`, {
      hint: 'The admin key needs the permission to write (api.management.write).',
    })
  }
}
