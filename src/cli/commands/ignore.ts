// `unleak ignore ID`: writes an accepted finding into the ignore file.
import { isDay, writeIgnore } from '../../config/ignores.ts'
import { resolvePlan } from '../../config/resolve.ts'
import { runGit } from '../../git/run.ts'
import { ExitCode, type IgnoreEntry, ToolError } from '../../model/index.ts'
import type { Arguments } from '../arguments.ts'
import type { RunCommand } from '../commands.ts'

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

export const runIgnore: RunCommand = async ({ args, terminal, cwd }) => {
  const [id, ...more] = args.positionals
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{16}$/.test(id)) {
    throw new ToolError(
      'E_USAGE',
      'unleak ignore needs one finding id: the 16 hex digits that the report shows.',
    )
  }
  const reason = args.one('reason')?.trim()
  if (!reason)
    throw new ToolError('E_USAGE', 'unleak ignore needs --reason: what will you want to know in a year?')
  const ignoreFile = args.one('ignore-file')
  const config = args.one('config')
  const settings = { cwd, ...(ignoreFile ? { ignoreFile } : {}), ...(config ? { config } : {}) }
  const { plan } = await resolvePlan(settings)
  const owner = args.one('owner') ?? (await gitUser(cwd))
  const until = endOf(args)
  const entry: IgnoreEntry = { id, reason, ...(owner ? { owner } : {}), ...(until ? { until } : {}) }
  const done = await writeIgnore(plan.ignoreFile, entry)
  const end = until ? `until ${until}` : 'without an end'
  terminal.out(
    `unleak: ${id} is accepted ${end} (${done} in ${plan.ignoreFile}). Commit that file with your change.\n`,
  )
  return ExitCode.clean
}

function endOf(args: Arguments): string | undefined {
  const until = args.one('until')
  if (until === undefined) return new Date(Date.now() + YEAR_MS).toISOString().slice(0, 10)
  if (until === 'never') return undefined
  if (isDay(until)) return until
  throw new ToolError('E_USAGE', `--until: "${until}" is not a day. Write it as 2027-01-31, or "never".`)
}

async function gitUser(cwd: string): Promise<string | undefined> {
  const asked = await runGit(['config', 'user.email'], cwd).catch(() => undefined)
  return asked?.status === 0 ? asked.stdout.toString('utf8').trim() || undefined : undefined
}
