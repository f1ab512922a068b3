// Buildkite: pull requests name their base branch; other builds are compared with the pipeline's default branch.
import { type Detect, remoteBranch, revision, unshallow } from './detect.ts'

export const BUILDKITE_FIX = unshallow('Run this before unleak: git fetch --unshallow origin')

export const buildkite: Detect = (env) => {
  if (!env.BUILDKITE) return undefined
  const { BUILDKITE_PULL_REQUEST: number, BUILDKITE_TAG: tag } = env
  const head = [...(tag ? [`refs/tags/${tag}`] : []), ...revision(env.BUILDKITE_COMMIT), 'HEAD']
  const base = remoteBranch(env.BUILDKITE_PULL_REQUEST_BASE_BRANCH)
  if (number && number !== 'false' && base.length > 0)
    return { kind: 'commits', source: `Buildkite, pull request ${number}`, head, base, fix: BUILDKITE_FIX }
  const name = tag || env.BUILDKITE_BRANCH || ''
  return {
    kind: 'commits',
    source: `Buildkite${name ? `, ${name}` : ''}`,
    head,
    base: [],
    trunk: remoteBranch(env.BUILDKITE_PIPELINE_DEFAULT_BRANCH),
    otherwise: 'files',
    fix: BUILDKITE_FIX,
  }
}
