// `unleak ignore ID`: writes an accepted finding into the ignore file.
import { writeIgnore } from '../../config/ignores.ts'
import { resolvePlan } from '../../config/resolve.ts'
import { ExitCode, type IgnoreEntry, ToolError } from '../../model/index.ts'
import { endOf, ownerOf } from '../acceptance.ts'
import type { RunCommand } from '../commands.ts'

export const runIgnore: RunCommand = async ({ args, terminal, cwd }) => {
  const [id, ...more] = args.positionals
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{16}$/.test(id)) {
    throw new ToolError(
      'E_USAGE',
      'unleak ignore needs one finding id: the 16 hex digits that the report shows.',
    )
  }
  const reason = args.one('reason')?.trim() || (await askReason())
  const ignoreFile = args.one('ignore-file')
  const config = args.one('config')
  const settings = { cwd, ...(ignoreFile ? { ignoreFile } : {}), ...(config ? { config } : {}) }
  const { plan } = await resolvePlan(settings)
  const owner = await ownerOf(args, cwd)
  const until = endOf(args)
  const entry: IgnoreEntry = { id, reason, ...(owner ? { owner } : {}), ...(until ? { until } : {}) }
  const done = await writeIgnore(plan.ignoreFile, entry)
  const end = until ? `until ${until}` : 'without an end'
  terminal.tell(
    `unleak: ${id} is accepted ${end} (${done} in ${plan.ignoreFile}). Commit that file with your change.\n`,
  )
  return ExitCode.clean
}

/** The reason is the one thing that has no default: it is asked for when somebody is there. */
async function askReason(): Promise<string> {
  const { canAsk } = await import('../confirm.ts')
  const missing = new ToolError(
    'E_USAGE',
    'unleak ignore needs --reason: what will you want to know in a year?',
  )
  if (!canAsk()) throw missing
  const { askText } = await import('../prompts.ts')
  const reason = await askText('Why is it accepted? You will want to know in a year.')
  if (!reason) throw missing
  return reason
}
