// CircleCI: the address of the comparison names both ends, where it is set; else the server's own branch counts.
import { type Detect, revision, SERVER_HEAD, unshallow } from './detect.ts'

export const CIRCLECI_FIX = unshallow('Run this after the step `checkout`: git fetch --unshallow origin')

export const circleci: Detect = (env) => {
  if (!env.CIRCLECI) return undefined
  const compared = comparison(env.CIRCLE_COMPARE_URL ?? '')
  const name = env.CIRCLE_TAG ?? env.CIRCLE_BRANCH ?? ''
  const head = [
    ...(env.CIRCLE_TAG ? [`refs/tags/${env.CIRCLE_TAG}`] : []),
    ...revision(env.CIRCLE_SHA1),
    'HEAD',
  ]
  return {
    kind: 'commits',
    source: `CircleCI${name ? `, ${name}` : ''}`,
    head,
    // `pipeline.git.base_revision` reaches a job only when its configuration hands it over.
    base: [...revision(env.CIRCLE_BASE_REVISION), ...revision(compared)],
    isBaseOptional: true,
    trunk: [SERVER_HEAD],
    otherwise: 'files',
    fix: CIRCLECI_FIX,
  }
}

/** The older end of `…/compare/OLD...NEW` (GitHub), `…/branches/compare/NEW%0DOLD` (Bitbucket) or `…/commit/ONE`. */
function comparison(url: string): string {
  const github = /\/compare\/([0-9a-f]{7,64}\^?)\.{2,3}[0-9a-f]{7,64}$/.exec(url)?.[1]
  const bitbucket = /\/branches\/compare\/[0-9a-f]{7,64}(?:%0D|\.\.)([0-9a-f]{7,64})/i.exec(url)?.[1]
  const single = /\/commit\/([0-9a-f]{7,64})$/.exec(url)?.[1]
  return github ?? bitbucket ?? (single ? `${single}^` : '')
}
