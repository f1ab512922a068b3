// Azure Pipelines: pull requests name their target branch; pushes do not say what was there before.
import { type Detect, remoteBranch, revision, SERVER_HEAD, unshallow } from './detect.ts'

export const AZURE_FIX = unshallow('Make this the first step of the job: - { checkout: self, fetchDepth: 0 }')

export const azure: Detect = (env) => {
  if (!env.TF_BUILD) return undefined
  const built = [...revision(env.BUILD_SOURCEVERSION), 'HEAD']
  const target = env.SYSTEM_PULLREQUEST_TARGETBRANCH
  if (target) {
    const number = env.SYSTEM_PULLREQUEST_PULLREQUESTNUMBER ?? env.SYSTEM_PULLREQUEST_PULLREQUESTID ?? ''
    return {
      kind: 'commits',
      source: `Azure Pipelines, pull request ${number}`.trim(),
      head: [...revision(env.SYSTEM_PULLREQUEST_SOURCECOMMITID), ...built],
      base: remoteBranch(target),
      testMerge: built[0]!,
      fix: AZURE_FIX,
    }
  }
  return {
    kind: 'commits',
    source: `Azure Pipelines, ${env.BUILD_REASON || 'build'}`,
    head: built,
    base: [],
    trunk: [SERVER_HEAD],
    otherwise: 'files',
    fix: AZURE_FIX,
  }
}
