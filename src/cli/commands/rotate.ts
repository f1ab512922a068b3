// `unleak rotate`: a new key on the same service account, put where the old one is; after the grace period the old one goes.

import { adminKeyFrom } from '../../health/gather.ts'
import { systemClock } from '../../http/index.ts'
import { ExitCode, type Secret, ToolError } from '../../model/index.ts'
import { createOpenAI, matchesRedacted, type OpenAI, type ProjectKey } from '../../openai/index.ts'
import { envFilesOf, projectFiles } from '../../places/find.ts'
import { fingerprintOf } from '../../places/key.ts'
import { findingOfKey, rootOf } from '../../respond/find-key.ts'
import type { Case, Step, StepState } from '../../respond/model.ts'
import { namedTarget, openCase } from '../../respond/open.ts'
import { openRotation } from '../../respond/resumable.ts'
import { runResponse } from '../../respond/run.ts'
import { graceStep } from '../../respond/steps/grace.ts'
import { prove } from '../../respond/steps/prove.ts'
import { replace } from '../../respond/steps/replace.ts'
import { revoke } from '../../respond/steps/revoke.ts'
import { testNew } from '../../respond/steps/test-new.ts'
import { update } from '../../respond/steps/update.ts'
import { goOn } from '../../respond/words.ts'
import { stateDirectory } from '../../state/directory.ts'
import { withLock } from '../../state/lock.ts'
import { personOf } from '../acceptance.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { canAsk, confirm } from '../confirm.ts'
import { type Network, withNetwork } from '../network.ts'
import { asStarted } from '../program.ts'
import { planText, stepText, summaryText } from './respond-output.ts'
import { valueNamed } from './respond-subject.ts'
import { scheduleText } from './rotate-schedule.ts'

const DAY_S = 86_400

export const runRotate: RunCommand = async (context) => {
  const { args, terminal, cwd, env } = context
  const grace = numberOf(context, 'grace', 24)
  if (args.has('schedule')) {
    terminal.out(scheduleText(args, cwd))
    return ExitCode.clean
  }
  const adminKey = adminKeyFrom(env)
  if (!adminKey)
    throw new ToolError('E_USAGE', 'rotating needs an admin key that may write, in OPENAI_ADMIN_KEY.', {
      hint: 'Make one at https://platform.openai.com/settings/organization/admin-keys; a key made by hand is put in place by: unleak respond',
    })
  const root = await rootOf(cwd)
  const stateDir = stateDirectory(args.one('state-dir'), env)
  const maxAge = args.has('if-older') ? numberOf(context, 'if-older', 0) : undefined
  let standing = 'Nothing was changed.'
  return await withNetwork(
    context,
    async (network) => {
      const key = await oldKey(context, root, stateDir, adminKey, network)
      const incident = await open(context, { key, root, stateDir, adminKey, network })
      if (network.signal.aborted) return ExitCode.interrupted
      if (maxAge !== undefined && isYounger(incident, maxAge)) {
        terminal.tell(`The key ${key.redacted} is younger than ${maxAge} days: nothing to do.\n`)
        return ExitCode.clean
      }
      const steps = [replace, update, testNew, graceStep(grace), revoke, prove]
      if (!(await isWanted(incident, steps, context))) return ExitCode.found
      standing = `What is done is remembered, and the next run goes on from there: ${asStarted(goOn(incident), env)}`
      return await withLock(stateDir, incident.id, () => carryOut(incident, steps, context))
    },
    () => standing,
  )
}

/** Shows the plan unless it was confirmed before, and asks. */
async function isWanted(incident: Case, steps: readonly Step[], context: CommandContext): Promise<boolean> {
  const { args, terminal, env } = context
  if (args.has('confirm')) return true
  terminal.out(planText(incident, steps, context, { rotates: true }))
  if (canAsk() && (await confirm('Do this now?'))) return true
  terminal.out(`\nThis was a dry run: nothing was changed. To do it:\n  ${asStarted(goOn(incident), env)}\n`)
  return false
}

async function carryOut(incident: Case, steps: readonly Step[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context
  terminal.out(`unleak rotate: ${incident.key.redacted}\n`)
  let number = 0
  const response = await runResponse(
    incident,
    (result) => terminal.out(stepText(result, ++number, terminal)),
    steps,
  )
  terminal.out(summaryText(response, [], context))
  const waits = response.results.some(({ id, state }) => id === 'grace' && state === 'stopped')
  return response.state === 'done' ||
    (waits && response.results.every(({ state, id }) => ENDED.has(state) || AFTER_GRACE.has(id)))
    ? ExitCode.clean
    : ExitCode.found
}

/** While the grace period lasts, these have to wait; that is how it should be. */
const AFTER_GRACE: ReadonlySet<string> = new Set(['grace', 'revoke', 'prove'])

const ENDED: ReadonlySet<StepState> = new Set(['done', 'not-needed'])

interface Opening {
  readonly key: Secret
  readonly root: string
  readonly stateDir: string
  readonly adminKey: Secret
  readonly network: Network
}

async function open(
  { args, cwd }: CommandContext,
  { key, root, stateDir, adminKey, network }: Opening,
): Promise<Case> {
  const finding = await findingOfKey(key)
  const [keyId] = args.positionals
  const by =
    keyId ?? `--env ${args.one('env')}${args.one('env-file') ? ` --env-file ${args.one('env-file')}` : ''}`
  return await openCase({
    finding,
    root,
    stateDir,
    adminKey,
    givenKey: undefined,
    keyId,
    named: await Promise.all(args.many('target').map((target) => namedTarget(target, root, cwd))),
    since: undefined,
    http: network.http,
    baseUrl: network.openaiUrl,
    clock: systemClock,
    signal: network.signal,
    options: {
      contain: false,
      revokeNow: args.has('revoke-now'),
      runRemote: args.has('run-remote'),
      noReplace: false,
      filterRepo: false,
      filled: args.many('filled'),
    },
    choose: undefined,
    askFilled: canAsk() && !args.has('confirm') ? confirm : undefined,
    person: () => personOf(args, cwd),
    journalName: `rotate-${finding.id}`,
    command: `unleak rotate ${by}`,
  })
}

/** The key to be replaced; for a variable that holds the new key of an open rotation already, the one before it. */
async function oldKey(
  context: CommandContext,
  root: string,
  stateDir: string,
  adminKey: Secret,
  network: Network,
): Promise<Secret> {
  const { args } = context
  const name = args.one('env')
  const [keyId, ...more] = args.positionals
  if (more.length > 0 || (name === undefined) === (keyId === undefined))
    throw new ToolError('E_USAGE', 'unleak rotate takes one key: its id, or --env NAME.', {
      hint: 'The ids are in: unleak health --check rotation --verbose',
    })
  if (name !== undefined) {
    const current = await valueNamed(name, context, root)
    return openRotation(current, stateDir) ?? current
  }
  return await keyWithId(keyId!, root, stateDir, adminKey, network)
}

/** The value of a listed key stands in an env file, or did before an open rotation. */
async function keyWithId(
  keyId: string,
  root: string,
  stateDir: string,
  adminKey: Secret,
  { http, openaiUrl }: Network,
): Promise<Secret> {
  const listed = await findListed(createOpenAI({ key: adminKey, http, baseUrl: openaiUrl }), keyId)
  if (!listed) throw new ToolError('E_NOT_FOUND', `no project of the account has a key with the id ${keyId}.`)
  const current = envFilesOf(await projectFiles(root), root).flatMap((file) =>
    file.variables.map((each) => each.secret),
  )
  const before = current.flatMap((secret) => openRotation(secret, stateDir) ?? [])
  const fitting = [...current, ...before].filter((secret) => matchesRedacted(secret, listed.redacted_value))
  const distinct = new Map(fitting.map((secret) => [fingerprintOf(secret), secret]))
  if (distinct.size === 1) return [...distinct.values()][0]!
  throw new ToolError(
    'E_NOT_FOUND',
    distinct.size === 0
      ? `the key "${listed.name}" stands in no env file here.`
      : `several keys here look like "${listed.name}".`,
    {
      hint: 'Name its variable: unleak rotate --env NAME --env-file FILE',
    },
  )
}

/** Throws ToolError when the account can't be asked: nothing was done then. */
async function findListed(admin: OpenAI, keyId: string): Promise<ProjectKey | undefined> {
  try {
    const projects = await admin.projects.list()
    const lists = await Promise.all(projects.map((project) => admin.projectKeys.list(project.id)))
    return lists.flat().find((key) => key.id === keyId)
  } catch (error) {
    if ((error as Error).name !== 'ApiError') throw error
    throw new ToolError('E_NETWORK', `the account could not be asked: ${(error as Error).message}.`, {
      hint: 'Nothing was changed. The admin key needs the permissions to read and write (api.management).',
    })
  }
}

function isYounger({ owner, clock, journal }: Case, days: number): boolean {
  const isOpen = journal.last('replace', 'done') !== undefined
  return !isOpen && owner.listed !== undefined && clock.now() / 1000 - owner.listed.createdAt < days * DAY_S
}

function numberOf({ args }: CommandContext, flag: string, otherwise: number): number {
  const text = args.one(flag)
  if (text === undefined) return otherwise
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw new ToolError('E_USAGE', `--${flag}: "${text}" is not a whole number.`)
}
