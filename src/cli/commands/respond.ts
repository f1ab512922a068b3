// `unleak respond`: finds the key, shows the plan, and carries it out once somebody has said yes.

import { systemClock } from '../../http/index.ts'
import { ExitCode, type Finding, ToolError } from '../../model/index.ts'
import { LINKS } from '../../openai/index.ts'
import { looksLikeOpenAIKey, sealKey } from '../../places/key.ts'
import { rootOf } from '../../respond/find-key.ts'
import { listedText } from '../../respond/identify.ts'
import type { Case, ListedKey } from '../../respond/model.ts'
import { namedTarget, openCase } from '../../respond/open.ts'
import { runResponse, undoResponse } from '../../respond/run.ts'
import { containedUntil } from '../../respond/steps/contain.ts'
import { RUNBOOK } from '../../respond/steps/index.ts'
import { goOn, isoMinute } from '../../respond/words.ts'
import { stateDirectory } from '../../state/directory.ts'
import { withLock } from '../../state/lock.ts'
import { personOf } from '../acceptance.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { ask, canAsk, confirm } from '../confirm.ts'
import { type Network, withNetwork } from '../network.ts'
import { asStarted } from '../program.ts'
import { planIncidentOutputs, planText, stepText, summaryText, writeIncident } from './respond-output.ts'
import { findSubject } from './respond-subject.ts'

export const runRespond: RunCommand = async (context) => {
  const { args, env, terminal, cwd } = context
  const outputs = planIncidentOutputs(context)
  const stateDir = stateDirectory(args.one('state-dir'), env)
  const root = await rootOf(cwd)
  const finding = await findSubject(context, root, stateDir)
  let standing = 'Nothing was changed.'
  return await withNetwork(
    context,
    async (network) => {
      const incident = await open(context, { finding, root, stateDir, network })
      if (network.signal.aborted) return ExitCode.interrupted
      const alone = (work: () => Promise<ExitCode>) => withLock(stateDir, incident.id, work)
      if (args.has('undo')) return await alone(() => undo(incident, context))
      if (!args.has('confirm')) {
        terminal.out(planText(incident, RUNBOOK, context))
        if (!mayAsk(context) || !(await confirm('Do all of this now?'))) return dryEnd(incident, context)
      }
      standing = `What is done is remembered, and the next run goes on from there: ${asStarted(goOn(incident), context.env)}`
      return await alone(() => apply(incident, context, outputs))
    },
    () => standing,
  )
}

/** Somebody is there, and standard input is not the key's. */
const mayAsk = ({ args }: CommandContext): boolean => canAsk() && !args.positionals.includes('-')

interface Opening {
  readonly finding: Finding
  readonly root: string
  readonly stateDir: string
  readonly network: Network
}

async function open(context: CommandContext, { finding, root, stateDir, network }: Opening): Promise<Case> {
  const { args, env, cwd } = context
  const adminValue = env.OPENAI_ADMIN_KEY?.trim()
  return await openCase({
    finding,
    root,
    stateDir,
    adminKey: adminValue && looksLikeOpenAIKey(adminValue) ? sealKey(adminValue) : undefined,
    givenKey: givenKey(context),
    keyId: args.one('key-id'),
    named: await Promise.all(args.many('target').map((target) => namedTarget(target, root, cwd))),
    since: sinceOf(args.one('since')),
    http: network.http,
    baseUrl: network.openaiUrl,
    clock: systemClock,
    signal: network.signal,
    options: {
      contain: args.has('contain'),
      revokeNow: args.has('revoke-now'),
      runRemote: args.has('run-remote'),
      noReplace: args.has('no-replace'),
      filterRepo: args.has('filter-repo'),
      filled: args.many('filled'),
    },
    choose: mayAsk(context) ? choose : undefined,
    askFilled: mayAsk(context) && !args.has('confirm') ? confirm : undefined,
    person: () => personOf(args, cwd),
  })
}

function dryEnd(incident: Case, { args, terminal, env }: CommandContext): ExitCode {
  const isHere = incident.finding.places.length > 0 || incident.targets.local.length > 0
  const source = isHere ? incident.id : args.one('env') ? `--env ${args.one('env')}` : '-'
  const command = asStarted(`unleak respond ${source} --confirm`, env)
  terminal.out(`\nThis was a dry run: nothing was changed. To do it:\n  ${command}\n`)
  return ExitCode.found
}

async function apply(
  incident: Case,
  context: CommandContext,
  outputs: ReturnType<typeof planIncidentOutputs>,
): Promise<ExitCode> {
  const { terminal } = context
  const toStdout = outputs.some((output) => output.file === undefined)
  const say = toStdout ? terminal.err : terminal.out
  say(`unleak respond: ${incident.finding.title} ${incident.key.redacted}\n`)
  let number = 0
  const response = await runResponse(incident, (result) => say(stepText(result, ++number, terminal)))
  const files = writeIncident(incident, response, outputs, context)
  say(summaryText(response, files, context))
  return response.state === 'done' ? ExitCode.clean : ExitCode.found
}

async function undo(incident: Case, { terminal }: CommandContext): Promise<ExitCode> {
  const { journal, owner } = incident
  const isDead = owner.answer?.state === 'dead'
  if (isDead || journal.last('revoke', 'done'))
    throw new ToolError(
      'E_USAGE',
      `the old key is ${isDead ? 'dead' : 'revoked'} already: going back to it would break everything.`,
    )
  const lines = await undone(incident)
  terminal.tell(lines.length > 0 ? `${lines.join('\n')}\n` : 'There was nothing to take back.\n')
  const contained = journal.last('contain', 'done')
  terminal.tell(
    contained
      ? `The leaked key ends at ${isoMinute(containedUntil(contained))} all the same: that can not be taken back.\n`
      : 'The leaked key still works: revoke it as soon as you can.\n',
  )
  return ExitCode.found
}

/** The files are back already when the account refuses; again does no harm. */
async function undone(incident: Case): Promise<readonly string[]> {
  try {
    return await undoResponse(incident)
  } catch (error) {
    if ((error as Error).name !== 'ApiError') throw error
    throw new ToolError(
      'E_NETWORK',
      `the env files are as they were, but the new key is not deleted: ${(error as Error).message}.`,
      { hint: `Run it again, or delete that key yourself: ${LINKS.keys}` },
    )
  }
}

async function choose(candidates: readonly ListedKey[]): Promise<string | undefined> {
  const lines = candidates.map((each, i) => `  ${i + 1}. ${listedText(each)}\n`)
  const answer = await ask(
    `${candidates.length} keys of the account look like it:\n${lines.join('')}Which one is it? Number, or nothing to stop: `,
  )
  return candidates[Number(answer) - 1]?.id
}

function givenKey({ args, env }: CommandContext) {
  const name = args.one('new-key-env')
  if (name === undefined) return undefined
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new ToolError('E_USAGE', '--new-key-env takes the NAME of a variable, never a key.')
  const value = env[name]?.trim()
  if (!value) throw new ToolError('E_USAGE', `--new-key-env: the environment variable ${name} is not set.`)
  return sealKey(value)
}

function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const at = Date.parse(text)
  if (!Number.isNaN(at) && at <= Date.now()) return Math.floor(at / 1000)
  throw new ToolError(
    'E_USAGE',
    `--since: "${text}" is not a day or time in the past. Write it as 2026-11-20.`,
  )
}
