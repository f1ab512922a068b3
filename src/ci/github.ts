// GitHub Actions, and what runs its workflows (Gitea, Forgejo): the event file says what happened.
import type { RangeFix, RangeRequest } from '../model/index.ts'
import { type Detect, FETCH_ALL, record, remoteBranch, revision, text } from './detect.ts'

export const GITHUB_FIX: RangeFix = {
  shallow: 'Give the step that uses actions/checkout: with: { fetch-depth: 0 }',
  missing: `Run this before unleak: ${FETCH_ALL}`,
}

export const github: Detect = (env, readEvent) => {
  if (env.GITHUB_ACTIONS !== 'true') return undefined
  const name = env.GITHUB_EVENT_NAME ?? ''
  const source = `GitHub Actions, ${name || 'unknown event'}`
  const head = revision(env.GITHUB_SHA)[0] ?? 'HEAD'
  const event = env.GITHUB_EVENT_PATH ? record(readEvent(env.GITHUB_EVENT_PATH)) : undefined
  if (event?.deleted === true) return { kind: 'files', source, head, reason: 'a deletion adds no commits' }
  if (event && name === 'push') return pushed(event, env.GITHUB_REF ?? '', head)
  if (event && /^pull_request/.test(name)) return pullRequest(event, name)
  if (event && name === 'merge_group') return mergeGroup(event)
  return { kind: 'files', source, head, reason: 'this event adds no commits' }
}

type Event = Readonly<Record<string, unknown>>

function pushed(event: Event, ref: string, sha: string): RangeRequest {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  const trunk = text(record(event.repository).default_branch)
  return {
    kind: 'commits',
    source: `GitHub Actions, push${ref ? ` to ${ref.replace(/^refs\/(heads|tags)\//, '')}` : ''}`,
    // For an annotated tag the checkout may hold its commit only.
    head: [...(ref.startsWith('refs/tags/') ? [ref] : []), ...revision(text(event.after)), sha],
    base: revision(text(event.before)),
    isBaseOptional: event.forced === true || revision(text(event.before)).length === 0,
    trunk: branch === trunk ? [] : remoteBranch(trunk),
    fix: GITHUB_FIX,
  }
}

function pullRequest(event: Event, name: string): RangeRequest {
  const request = record(event.pull_request)
  const number = text(event.number) || text(request.number)
  // From a fork; and pull_request_target checks out the base: neither has the head in its branches.
  const fetchHead = `Run this before unleak, too: git fetch origin refs/pull/${number}/head`
  const isTarget = name === 'pull_request_target'
  return {
    kind: 'commits',
    source: `GitHub Actions, pull request ${number}`,
    head: revision(text(record(request.head).sha)),
    base: revision(text(record(request.base).sha)),
    testMerge: 'HEAD',
    fix: {
      shallow: isTarget ? `${GITHUB_FIX.shallow}. ${fetchHead}` : GITHUB_FIX.shallow,
      missing: `${GITHUB_FIX.missing} '+refs/pull/${number}/head'`,
    },
  }
}

function mergeGroup(event: Event): RangeRequest {
  const group = record(event.merge_group)
  return {
    kind: 'commits',
    source: 'GitHub Actions, merge group',
    head: revision(text(group.head_sha)),
    base: revision(text(group.base_sha)),
    fix: GITHUB_FIX,
  }
}
