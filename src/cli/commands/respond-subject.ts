// Which key a response is about: from an id, a report, a variable or standard input; never from the command line.
import { resolve } from 'node:path'
import { type Finding, Secret, ToolError } from '../../model/index.ts'
import { readEnvFile } from '../../places/env-file.ts'
import { envFilesOf, projectFiles } from '../../places/find.ts'
import { fingerprintOf, sealKey } from '../../places/key.ts'
import { findingOfKey, scanAll } from '../../respond/find-key.ts'
import { isGitTree } from '../../respond/open.ts'
import { keptKey } from '../../respond/resumable.ts'
import type { CommandContext } from '../commands.ts'
import { readReportFile } from '../report-file.ts'
import { readKeyFromStdin } from '../stdin.ts'
import type { Terminal } from '../terminal.ts'

const ID = /^[0-9a-f]{16}$/

/** Throws ToolError when there is no such key, or more than one. */
export async function findSubject(context: CommandContext, root: string, stateDir: string): Promise<Finding> {
  const { args, terminal } = context
  const [first, ...more] = args.positionals
  if (more.length > 0) throw new ToolError('E_USAGE', 'unleak respond takes one finding at a time.')
  if (first !== undefined && first !== '-' && !ID.test(first)) {
    throw new ToolError(
      'E_USAGE',
      'that is not the id of a finding: ids are 16 hex digits, as the report shows them.',
      {
        hint: 'Never type a key on a command line, where others see it. Give it on standard input: unleak respond -',
      },
    )
  }
  if (first === '-')
    return await placed(await findingOfKey(sealKey(await readKeyFromStdin())), root, terminal)
  const name = args.one('env')
  if (name !== undefined)
    return await placed(await findingOfKey(await valueNamed(name, context, root)), root, terminal)
  return await findingById(first, context, root, stateDir)
}

/** The same finding as the project has it, with its places and history, if it stands there. */
async function placed(finding: Finding, root: string, terminal: Terminal): Promise<Finding> {
  const found = await scanAll(root, await isGitTree(root), tellPartial(terminal))
  return found.find((each) => each.id === finding.id) ?? finding
}

function tellPartial(terminal: Terminal): (command: string, why: string) => void {
  return (command, why) => {
    const what = command === 'audit' ? 'history' : 'files'
    terminal.err(
      `unleak: a part of the ${what} could not be read (${why}): the key may be older, and in more places, than is shown.\n`,
    )
  }
}

/** The value of a variable: of the environment, or of the env files when all of them agree. */
export async function valueNamed(
  name: string,
  { args, env, cwd }: CommandContext,
  root: string,
): Promise<Secret> {
  if (!/^[A-Za-z_][\w.-]{0,80}$/.test(name))
    throw new ToolError('E_USAGE', '--env takes the NAME of a variable, never a key.')
  const explicit = args.one('env-file')
  const fromEnvironment = explicit === undefined ? env[name]?.trim() : undefined
  if (fromEnvironment) return sealKey(fromEnvironment)
  const files =
    explicit === undefined
      ? envFilesOf(await projectFiles(root), root)
      : [readEnvFile(resolve(cwd, explicit), explicit)]
  const holding = files
    .filter((file) => !file.isExample || explicit !== undefined)
    .flatMap((file) =>
      file.variables
        .filter((each) => each.name === name)
        .map((each) => ({ path: file.path, secret: each.secret })),
    )
  const distinct = new Map(holding.map(({ secret, path }) => [fingerprintOf(secret), path]))
  if (distinct.size === 1) return holding[0]!.secret
  if (distinct.size === 0)
    throw new ToolError(
      'E_NOT_FOUND',
      `there is no variable ${name}, neither in the environment nor in an env file.`,
    )
  throw new ToolError('E_USAGE', `${name} has different values in ${[...distinct.values()].join(' and ')}.`, {
    hint: `Say which: --env ${name} --env-file ${[...distinct.values()][0]}`,
  })
}

async function findingById(
  id: string | undefined,
  { args, cwd, terminal }: CommandContext,
  root: string,
  stateDir: string,
): Promise<Finding> {
  const report = args.one('report')
  const reported = report === undefined ? [] : readReportFile(resolve(cwd, report)).findings
  const wanted = id ?? (reported.length === 1 ? reported[0]!.id : undefined)
  const kept = wanted === undefined ? undefined : keptKey(wanted, stateDir)
  const found = await scanAll(root, await isGitTree(root), tellPartial(terminal))
  const fresh =
    wanted === undefined
      ? found.length === 1
        ? found[0]
        : undefined
      : found.find((finding) => finding.id === wanted)
  const told = reported.find((finding) => finding.id === (wanted ?? fresh?.id))
  if (fresh)
    return told?.history?.introduced && !fresh.history?.introduced
      ? { ...fresh, history: told.history }
      : fresh
  if (told?.secret.value)
    return { ...told, secret: new Secret(told.secret.value, told.secret.redacted.split('…')[0]) }
  if (kept !== undefined) return { ...(await findingOfKey(kept)), id: wanted! }
  throw notFound(wanted, found.length > 0 ? found : reported)
}

function notFound(
  id: string | undefined,
  known: readonly Pick<Finding, 'id' | 'title' | 'places'>[],
): ToolError {
  const list = known
    .slice(0, 10)
    .map(
      ({ id, title, places }) =>
        `unleak respond ${id}  ${title}${places[0]?.path ? `, in ${places[0].path}` : ''}`,
    )
  const what =
    id === undefined
      ? known.length === 0
        ? 'nothing was found here that needs a response'
        : `${known.length} secrets were found; say which`
      : `no secret with the id ${id} was found in the files, the index or the history`
  return new ToolError('E_NOT_FOUND', `${what}.`, {
    hint:
      list.length > 0
        ? list.join('\n  ')
        : 'Give the key itself on standard input (unleak respond -), or the name of its variable (--env NAME).',
  })
}
