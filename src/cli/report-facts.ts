// What some formats say beside the report: about its rules, and the repository it is of.
import { runGit } from '../git/run.ts'
import type { RulesetAbout } from '../model/index.ts'
import type { RepositoryFacts } from '../reporters/reporter.ts'
import { loadRules } from '../rules/load.ts'
import type { CommandContext } from './commands.ts'
import { createMask } from './mask.ts'

export interface ReportFacts {
  readonly about: RulesetAbout
  readonly repository?: RepositoryFacts
}

/** `root`: top of the repository, or undefined for a report of another time. */
export async function reportFacts({ args }: CommandContext, root: string | undefined): Promise<ReportFacts> {
  const rules = await loadRules({ rules: args.many('rules') })
  const repository = root === undefined ? undefined : await repositoryFacts(root)
  return { about: await rules.about(), ...(repository ? { repository } : {}) }
}

/** Nothing when there is no remote, or none that can be told. */
async function repositoryFacts(root: string): Promise<RepositoryFacts | undefined> {
  const remote = await answer(['remote', 'get-url', 'origin'], root)
  const uri = remote === undefined ? undefined : publicAddress(remote)
  if (uri === undefined || (await createMask())(uri) !== uri) return undefined
  const [revisionId, branch] = await Promise.all([
    answer(['rev-parse', '--verify', 'HEAD'], root),
    answer(['symbolic-ref', '--short', 'HEAD'], root),
  ])
  return { uri, ...(revisionId ? { revisionId } : {}), ...(branch ? { branch } : {}) }
}

async function answer(args: readonly string[], root: string): Promise<string | undefined> {
  const asked = await runGit(args, root).catch(() => undefined)
  return asked?.status === 0 ? asked.stdout.toString('utf8').trim() || undefined : undefined
}

/** The address of a remote without names, passwords and queries; `git@host:path` as a URL. */
export function publicAddress(remote: string): string | undefined {
  const short = /^(?:[^@/\s]+@)?([A-Za-z0-9.-]{2,}):(?!\/\/)(\S+)$/.exec(remote)
  const text = short ? `ssh://${short[1]}/${short[2]!.replace(/^\//, '')}` : remote
  if (!URL.canParse(text)) return undefined
  const { protocol, host, pathname } = new URL(text)
  return /^(?:https?|ssh|git):$/.test(protocol) ? `${protocol}//${host}${pathname}` : undefined
}
