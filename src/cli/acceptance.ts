// Who accepts a finding, and until when: the same for `unleak ignore` and `unleak review`.
import { userInfo } from 'node:os'
import { isDay } from '../config/ignores.ts'
import { runGit } from '../git/run.ts'
import { ToolError } from '../model/index.ts'
import type { Arguments } from './arguments.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

export const inAYear = (): string => new Date(Date.now() + YEAR_MS).toISOString().slice(0, 10)

/** What is wrong with the text of an end, or undefined. */
export function endComplaint(text: string): string | undefined {
  return text === 'never' || isDay(text) ? undefined : 'Write a day as 2027-01-31, or "never".'
}

/** The end that --until names: a day, or undefined for none. Throws ToolError `E_USAGE`. */
export function endOf(args: Arguments, otherwise: string | undefined = inAYear()): string | undefined {
  const until = args.one('until')
  if (until === undefined) return otherwise
  const complaint = endComplaint(until)
  if (complaint) throw new ToolError('E_USAGE', `--until: "${until}" is not a day. ${complaint}`)
  return until === 'never' ? undefined : until
}

/** Who accepts: --owner, else the person that git knows. */
export async function ownerOf(args: Arguments, cwd: string): Promise<string | undefined> {
  return args.one('owner') ?? (await gitPerson(cwd))
}

/** Whose word it is: --by, else the person that git or the system knows. */
export async function personOf(args: Arguments, cwd: string): Promise<string> {
  return args.one('by')?.trim() || ((await gitPerson(cwd)) ?? systemPerson())
}

function systemPerson(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody without a name' // a container may run under an id that has none
  }
}

async function gitPerson(cwd: string): Promise<string | undefined> {
  const asked = await runGit(['config', 'user.email'], cwd).catch(() => undefined)
  return asked?.status === 0 ? asked.stdout.toString('utf8').trim() || undefined : undefined
}
