// GitLab CI: merge requests name where they start; pushes name the former tip, or zeros.
import type { RangeFix } from '../model/index.ts'
import { type Detect, remoteBranch, revision, unshallow } from './detect.ts'

export const GITLAB_FIX: RangeFix = unshallow('Give the job in .gitlab-ci.yml: variables: { GIT_DEPTH: "0" }')

/** Pipelines that a person or a clock starts: for them the former tip is always zeros. */
const NO_PUSH = new Set([
  'schedule',
  'web',
  'api',
  'trigger',
  'pipeline',
  'parent_pipeline',
  'chat',
  'webide',
])

export const gitlab: Detect = (env) => {
  if (!env.GITLAB_CI) return undefined
  const cause = env.CI_PIPELINE_SOURCE ?? ''
  const head = revision(env.CI_COMMIT_SHA)
  if (env.CI_MERGE_REQUEST_IID) {
    return {
      kind: 'commits',
      source: `GitLab CI, merge request ${env.CI_MERGE_REQUEST_IID}`,
      head: [...revision(env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA), ...head],
      base: revision(env.CI_MERGE_REQUEST_DIFF_BASE_SHA),
      testMerge: 'HEAD',
      fix: GITLAB_FIX,
    }
  }
  const base = revision(env.CI_COMMIT_BEFORE_SHA)
  if (base.length === 0 && NO_PUSH.has(cause)) {
    const source = `GitLab CI, ${cause}`
    return { kind: 'files', source, head: head[0] ?? 'HEAD', reason: 'this pipeline adds no commits' }
  }
  const name = env.CI_COMMIT_REF_NAME ?? ''
  const isTrunk = !env.CI_COMMIT_TAG && name === env.CI_DEFAULT_BRANCH
  return {
    kind: 'commits',
    source: `GitLab CI, push${name ? ` to ${name}` : ''}`,
    head: [...(env.CI_COMMIT_TAG ? [`refs/tags/${env.CI_COMMIT_TAG}`] : []), ...head, 'HEAD'],
    base,
    isBaseOptional: true,
    trunk: isTrunk ? [] : remoteBranch(env.CI_DEFAULT_BRANCH),
    fix: GITLAB_FIX,
  }
}
