// Finds the key that a response is about: by a finding's id in a fresh scan, or the key itself from a variable or stdin.
import { resolvePlan } from '../config/resolve.ts'
import { shallowCommits } from '../git/revisions.ts'
import { type Finding, isPartial, type Secret, type Settings, ToolError } from '../model/index.ts'
import { envFilesOf, projectFiles } from '../places/find.ts'
import { looksLikeOpenAIKey } from '../places/key.ts'
import { loadRules } from '../rules/load.ts'
import { runScan } from '../scan.ts'
import { version } from '../version.ts'

/** The top of the project that `cwd` is in. */
export async function rootOf(cwd: string): Promise<string> {
  return (await resolvePlan({ cwd })).plan.root
}

/**
 * Everything that a fresh scan finds: what is staged, every file, env files that git ignores, the full history.
 * `onPartial` hears of what could not be read: then a key may be older, and in more places, than is found.
 */
export async function scanAll(
  root: string,
  isGit: boolean,
  onPartial: (command: string, why: string) => void,
): Promise<Finding[]> {
  const files = await projectFiles(root)
  const envFiles = envFilesOf(files, root).map((each) => each.file)
  const scans: Settings[] = [
    { command: 'scan', cwd: root, paths: ['.'] },
    ...(envFiles.length > 0 ? [{ command: 'scan' as const, cwd: root, paths: envFiles }] : []),
    ...(isGit
      ? [
          { command: 'staged' as const, cwd: root },
          { command: 'audit' as const, cwd: root },
        ]
      : []),
  ]
  const found: Finding[] = []
  for (const settings of scans) found.push(...(await scanOnce(settings, onPartial)))
  if (isGit && (await shallowCommits(root)).size > 0)
    onPartial('audit', 'this clone is shallow; `git fetch --unshallow` brings the rest')
  return mergeFindings(found)
}

async function scanOnce(
  settings: Settings,
  onPartial: (command: string, why: string) => void = () => {},
): Promise<readonly Finding[]> {
  const { plan, choice } = await resolvePlan({ ...settings, minSeverity: 'low' })
  const report = await runScan(plan, { version, rules: () => loadRules(choice), ignores: async () => [] })
  if (report.scan.state === 'partial') {
    const { code, message } = report.scan.problems.find(isPartial)!
    onPartial(report.scan.command, message ?? code)
  }
  return report.findings
}

/** One finding for each id: all places together, and what the history knows. */
function mergeFindings(found: readonly Finding[]): Finding[] {
  const byId = new Map<string, Finding>()
  for (const finding of found) {
    const before = byId.get(finding.id)
    const history = finding.history?.introduced ? finding.history : (before?.history ?? finding.history)
    const places = [...(before?.places ?? []), ...finding.places]
    const distinct = new Map(
      places.map((place) => [JSON.stringify([place.kind, place.path, place.line, place.commit]), place]),
    )
    byId.set(finding.id, {
      ...(before ?? finding),
      ...(history ? { history } : {}),
      places: [...distinct.values()],
    })
  }
  return [...byId.values()]
}

/** The finding that a key makes, standing alone. Throws ToolError when no rule knows it. */
export async function findingOfKey(key: Secret): Promise<Finding> {
  const value = key.reveal()
  const text = looksLikeOpenAIKey(value) ? `OPENAI_API_KEY=${value}\n` : `${value}\n`
  const stdin = (async function* () {
    yield Buffer.from(text)
  })()
  const [finding] = await scanOnce({ command: 'stdin', paths: ['-'], stdin, cwd: '.' })
  if (finding) return { ...finding, places: [] }
  throw new ToolError('E_NOT_FOUND', 'what was given is not a key that a rule knows.', {
    hint: 'Give the whole key and nothing else, without quotes.',
  })
}
