// For a blocked commit: does HEAD hold the secret already, and which files name its variable.
import type { Finding, RulesetAbout, ScanPlan } from '../model/index.ts'
import { decodePath, splitNul } from './paths.ts'
import { runGit } from './run.ts'

/** A person is waiting: what takes longer is left out, and the report says nothing of it. */
const TIMEOUT_MS = 4000
const MAX_ASKED = 5
const MAX_FILES = 8

/** Adds what HEAD and the index know to the first findings. The secret goes to git through stdin only. */
export async function describeStaged(
  findings: readonly Finding[],
  plan: ScanPlan,
  about: RulesetAbout,
): Promise<Finding[]> {
  const [asked, rest] = [findings.slice(0, MAX_ASKED), findings.slice(MAX_ASKED)]
  return [...(await Promise.all(asked.map((finding) => describe(finding, plan, about)))), ...rest]
}

async function describe(finding: Finding, plan: ScanPlan, about: RulesetAbout): Promise<Finding> {
  const [atHead, files] = await Promise.all([isAtHead(finding, plan), filesNaming(finding, plan, about)])
  return {
    ...finding,
    ...(atHead === undefined
      ? {}
      : {
          history: { introduced: null, removed: null, atHead, refs: atHead ? ['HEAD'] : [], published: [] },
        }),
    response: finding.response.map((step) =>
      step.step === 'update' && files.length > 0 ? { ...step, files } : step,
    ),
  }
}

/** Undefined when git did not say within the time. */
async function isAtHead(finding: Finding, plan: ScanPlan): Promise<boolean | undefined> {
  const longestLine = finding.secret
    .reveal()
    .split(/\r?\n/)
    .reduce((a, b) => (b.length > a.length ? b : a))
  const input = Buffer.from(`${longestLine}\n`, 'latin1')
  const args = ['grep', '-q', '-F', '--no-textconv', '-f', '-', 'HEAD', '--']
  const asked = await runGit(args, plan.root, { input, timeoutMs: TIMEOUT_MS }).catch(() => undefined)
  if (asked?.status === 0) return true
  return asked?.status === 1 ||
    /unknown revision|bad revision|ambiguous argument|unable to resolve revision/.test(asked?.stderr ?? '')
    ? false
    : undefined
}

async function filesNaming(finding: Finding, plan: ScanPlan, about: RulesetAbout): Promise<string[]> {
  const known = about.providers[finding.provider]?.env ?? []
  const names = new Set([...known, ...finding.places.flatMap((p) => (p.name ? [p.name] : []))])
  const envLike = [...names].filter((name) => /^[A-Z][A-Z0-9_]{4,60}$/.test(name)).sort()
  if (envLike.length === 0) return []
  const args = [
    'grep',
    '--cached',
    '-l',
    '-z',
    '-F',
    '-w',
    '--no-textconv',
    ...envLike.flatMap((n) => ['-e', n]),
    '--',
  ]
  const asked = await runGit(args, plan.root, { timeoutMs: TIMEOUT_MS }).catch(() => undefined)
  if (asked?.status !== 0) return []
  return splitNul(asked.stdout).map(decodePath).slice(0, MAX_FILES)
}
