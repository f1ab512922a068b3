// Jenkins: change requests name their target; other builds start from the last one that succeeded.
import { type Detect, remoteBranch, revision, SERVER_HEAD, unshallow } from './detect.ts'

export const JENKINS_FIX = unshallow(
  'Switch "Shallow clone" off in the clone behaviours, or run: git fetch --unshallow origin',
)

export const jenkins: Detect = (env) => {
  if (!env.JENKINS_URL && !(env.JENKINS_HOME && env.BUILD_ID)) return undefined
  const head = [...revision(env.GIT_COMMIT), 'HEAD']
  if (env.CHANGE_TARGET) {
    return {
      kind: 'commits',
      source: `Jenkins, change request ${env.CHANGE_ID ?? ''}`.trim(),
      head,
      base: remoteBranch(env.CHANGE_TARGET),
      testMerge: 'HEAD',
      fix: JENKINS_FIX,
    }
  }
  return {
    kind: 'commits',
    source: `Jenkins, ${env.BRANCH_NAME ?? env.GIT_BRANCH ?? 'build'}`,
    head,
    base: revision(env.GIT_PREVIOUS_SUCCESSFUL_COMMIT),
    isBaseOptional: true,
    trunk: [SERVER_HEAD],
    otherwise: 'files',
    fix: JENKINS_FIX,
  }
}
