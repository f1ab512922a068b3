// `init --ci`: the check of each push and merge request in CI, which nobody can leave out as they can a hook.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { applyChanges } from './apply.ts'
import { readOptional, realFile, surveySite } from './site.ts'
import type { FileChange } from './types.ts'

interface CiSystem {
  readonly id: string
  readonly name: string
  /** Where it reads what to do. */
  readonly file: string
  /** What shows that it is used; none: its own file. */
  readonly trace?: string
  /** The lines, in docs/ci. */
  readonly sample: string
  /** Its file is unleak's alone: it can be taken away again. */
  readonly isOwn?: boolean
}

const SYSTEMS: readonly CiSystem[] = [
  {
    id: 'github',
    name: 'GitHub Actions',
    file: '.github/workflows/unleak.yml',
    trace: '.github',
    sample: 'github-actions.yml',
    isOwn: true,
  },
  { id: 'gitlab', name: 'GitLab CI', file: '.gitlab-ci.yml', sample: 'gitlab-ci.yml' },
  { id: 'azure', name: 'Azure Pipelines', file: 'azure-pipelines.yml', sample: 'azure-pipelines.yml' },
  { id: 'bitbucket', name: 'Bitbucket', file: 'bitbucket-pipelines.yml', sample: 'bitbucket-pipelines.yml' },
  {
    id: 'circleci',
    name: 'CircleCI',
    file: '.circleci/config.yml',
    trace: '.circleci',
    sample: 'circleci.yml',
  },
  {
    id: 'buildkite',
    name: 'Buildkite',
    file: '.buildkite/pipeline.yml',
    trace: '.buildkite',
    sample: 'buildkite.yml',
  },
  { id: 'jenkins', name: 'Jenkins', file: 'Jenkinsfile', sample: 'Jenkinsfile' },
]

export const CI_IDS: readonly string[] = SYSTEMS.map(({ id }) => id)

export const nameOfCi = (id: string): string => SYSTEMS.find((system) => system.id === id)?.name ?? id

/** The systems that left a trace below `root`. */
export function foundCi(root: string): readonly string[] {
  return SYSTEMS.filter(({ trace, file }) => existsSync(join(root, trace ?? file))).map(({ id }) => id)
}

export interface CiOptions {
  readonly cwd: string
  readonly env: Environment
  /** One of CI_IDS; undefined: the one that left a trace here. */
  readonly system: string | undefined
  readonly dryRun: boolean
  readonly remove: boolean
}

export interface CiResult {
  readonly root: string
  readonly changes: readonly FileChange[]
  readonly line: string
  /** Lines for a file that is there already: to be put in by hand, since each such file is built its own way. */
  readonly byHand?: string
}

/** Writes the check where no file is, and hands out its lines where one is. Throws ToolError `E_HOOK`. */
export async function runCiFile({ cwd, env, system, dryRun, remove }: CiOptions): Promise<CiResult> {
  const site = await surveySite(cwd, env)
  const { name, file, sample, isOwn = false } = systemOf(system, site.top)
  const path = realFile(site, join(site.top, file))
  const before = readOptional(path)
  const text = sampleText(sample)
  const isSame = before?.toString() === text
  const none = { root: site.top, changes: [] }
  if (remove && !(isSame && isOwn))
    return {
      ...none,
      line: before ? `${file} was left alone: take unleak's lines out yourself.` : `${file} is not there.`,
    }
  if (isSame && !remove) return { ...none, line: `${file} is as it should be.` }
  if (before !== undefined && !remove)
    return { ...none, line: `${file} is there already: add these lines to it, for ${name}.`, byHand: text }
  const why = remove ? 'is removed' : `has ${name} scan what each run adds`
  const change: FileChange = { path, before, after: remove ? undefined : Buffer.from(text), mode: 0o644, why }
  if (!dryRun) applyChanges([change])
  return { root: site.top, changes: [change], line: `${file} ${why}.${remove ? '' : ' Commit it.'}` }
}

function systemOf(id: string | undefined, root: string): CiSystem {
  const [found, ...more] = id === undefined ? foundCi(root) : [id]
  const system = SYSTEMS.find((each) => each.id === found)
  if (system !== undefined && more.length === 0) return system
  throw new ToolError(
    'E_HOOK',
    found === undefined ? 'no CI system has left a trace here' : `there is more than one CI system here`,
    { hint: `Name it: unleak init --ci=${found === undefined ? CI_IDS[0] : found}` },
  )
}

/** Beside the bundle, or in the source tree. */
function sampleText(name: string): string {
  const beside = new URL(`./ci/${name}`, import.meta.url)
  return readFileSync(existsSync(beside) ? beside : new URL(`../../docs/ci/${name}`, import.meta.url), 'utf8')
}
