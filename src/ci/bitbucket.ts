// Bitbucket Pipelines: pull requests name their destination; pushes do not say what was there before.
import { type Detect, remoteBranch, revision, SERVER_HEAD, unshallow } from './detect.ts'

export const BITBUCKET_FIX = unshallow('Write in bitbucket-pipelines.yml: clone: { depth: full }')

export const bitbucket: Detect = (env) => {
  if (!env.BITBUCKET_BUILD_NUMBER) return undefined
  const head = [...revision(env.BITBUCKET_COMMIT), 'HEAD']
  if (env.BITBUCKET_PR_ID) {
    return {
      kind: 'commits',
      source: `Bitbucket Pipelines, pull request ${env.BITBUCKET_PR_ID}`,
      head,
      base: [
        ...revision(env.BITBUCKET_PR_DESTINATION_COMMIT),
        ...remoteBranch(env.BITBUCKET_PR_DESTINATION_BRANCH),
      ],
      fix: BITBUCKET_FIX,
    }
  }
  const name = env.BITBUCKET_TAG ?? env.BITBUCKET_BRANCH ?? ''
  return {
    kind: 'commits',
    source: `Bitbucket Pipelines, ${name || 'custom'}`,
    head: [...(env.BITBUCKET_TAG ? [`refs/tags/${env.BITBUCKET_TAG}`] : []), ...head],
    base: [],
    trunk: [SERVER_HEAD],
    otherwise: 'files',
    fix: BITBUCKET_FIX,
  }
}
