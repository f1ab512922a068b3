// The registry of CI systems: one file each, one line here. A range that a person names goes before all of them.
import { type RangeFix, type RangeRequest, ToolError } from '../model/index.ts'
import { AZURE_FIX, azure } from './azure.ts'
import { BITBUCKET_FIX, bitbucket } from './bitbucket.ts'
import { BUILDKITE_FIX, buildkite } from './buildkite.ts'
import { CIRCLECI_FIX, circleci } from './circleci.ts'
import { type Detect, type Environment, FETCH_ALL, type ReadEvent } from './detect.ts'
import { GITHUB_FIX, github } from './github.ts'
import { GITLAB_FIX, gitlab } from './gitlab.ts'
import { JENKINS_FIX, jenkins } from './jenkins.ts'

/** The first that knows the environment counts. Jenkins stands last: an agent of it may run inside another system. */
export const SYSTEMS: Readonly<Record<string, { readonly detect: Detect; readonly fix: RangeFix }>> = {
  github: { detect: github, fix: GITHUB_FIX },
  gitlab: { detect: gitlab, fix: GITLAB_FIX },
  bitbucket: { detect: bitbucket, fix: BITBUCKET_FIX },
  azure: { detect: azure, fix: AZURE_FIX },
  circleci: { detect: circleci, fix: CIRCLECI_FIX },
  buildkite: { detect: buildkite, fix: BUILDKITE_FIX },
  jenkins: { detect: jenkins, fix: JENKINS_FIX },
}

/** What this run adds, by `--range` or by the environment. Throws ToolError when neither says it. */
export function findRange(named: string | undefined, env: Environment, readEvent: ReadEvent): RangeRequest {
  if (named !== undefined) return parseRange(named, fixFor(env))
  for (const { detect } of Object.values(SYSTEMS)) {
    const request = detect(env, readEvent)
    if (request !== undefined) return request
  }
  throw new ToolError('E_USAGE', "this is no CI system that unleak knows, so it can't tell what is new.", {
    hint: 'Name the commits: unleak ci --range origin/main..HEAD',
  })
}

/** What brings a missing commit here, whoever named it. */
function fixFor(env: Environment): RangeFix | undefined {
  return Object.values(SYSTEMS).find(({ detect }) => detect(env, () => ({})) !== undefined)?.fix
}

/** `A..B` or `A...B`, which is the same here: what B has and A has not. */
export function parseRange(named: string, fix: RangeFix = FETCH): RangeRequest {
  const [, base = '', head = ''] = /^(.*?)\.{2,3}(.*)$/.exec(named.trim()) ?? []
  // An empty end would mean HEAD: with a variable that is not set, a range without commits, which looks clean.
  if (base === '' || head === '' || head.startsWith('.') || head.includes('..')) {
    throw new ToolError('E_USAGE', `--range: "${named}" is not a range: it takes two revisions.`, {
      hint: 'Write it as A..B, such as origin/main..HEAD; for a range without a beginning, see: unleak audit',
    })
  }
  return { kind: 'commits', source: '--range', head: [head], base: [base], fix }
}

const FETCH: RangeFix = {
  shallow: 'Run this first: git fetch --unshallow',
  missing: `Fetch it first, such as with: ${FETCH_ALL}`,
}
