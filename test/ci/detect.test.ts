// What each CI system's environment comes to, and what is not understood.
import { describe, expect, it } from 'vitest'
import { findRange, parseRange, SYSTEMS } from '../../src/ci/index.ts'
import type { CommitRange } from '../../src/model/index.ts'

const [OLD, NEW, ZERO] = ['a1'.repeat(20), 'b2'.repeat(20), '0'.repeat(40)]
const find = (env: Record<string, string>, event: unknown = {}) =>
  findRange(undefined, env, () => event) as CommitRange

const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: '/event', GITHUB_SHA: NEW }
const repository = { default_branch: 'main' }

describe('GitHub Actions', () => {
  it('push: before and after; to the default branch there is no trunk', () => {
    const env = { ...GITHUB, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/topic' }
    expect(find(env, { before: OLD, after: NEW, forced: false, repository })).toMatchObject({
      kind: 'commits',
      head: [NEW, NEW],
      base: [OLD],
      isBaseOptional: false,
      trunk: ['refs/remotes/origin/main'],
    })
    const main = { ...env, GITHUB_REF: 'refs/heads/main' }
    expect(find(main, { before: ZERO, after: NEW, repository })).toMatchObject({ base: [], trunk: [] })
    expect(find(main, { before: OLD, after: NEW, forced: true, repository }).isBaseOptional).toBe(true)
  })

  it('push of a tag: the tag itself first, so that its message counts', () => {
    const env = { ...GITHUB, GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/tags/v1' }
    expect(find(env, { before: ZERO, after: OLD, repository }).head).toEqual(['refs/tags/v1', OLD, NEW])
  })

  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])('%s', (name) => {
    const event = { number: 3, pull_request: { base: { sha: OLD }, head: { sha: NEW } } }
    expect(find({ ...GITHUB, GITHUB_EVENT_NAME: name }, event)).toMatchObject({
      source: 'GitHub Actions, pull request 3',
      head: [NEW],
      base: [OLD],
      testMerge: 'HEAD',
    })
  })

  it.each(['schedule', 'workflow_dispatch', 'release', ''])('event "%s": files', (name) => {
    expect(find({ ...GITHUB, GITHUB_EVENT_NAME: name })).toMatchObject({ kind: 'files', head: NEW })
  })

  it('a deleted branch: files; no event file: files', () => {
    const env = { ...GITHUB, GITHUB_EVENT_NAME: 'push' }
    expect(find(env, { deleted: true, before: OLD, after: ZERO })).toMatchObject({ kind: 'files' })
    expect(find({ GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push' })).toMatchObject({
      kind: 'files',
      head: 'HEAD',
    })
  })

  it.each([null, [], 'text', { pull_request: 7 }, { pull_request: { head: null } }])(
    'an odd event file: %j',
    (event) => {
      for (const name of ['push', 'pull_request', 'merge_group'])
        expect(() => find({ ...GITHUB, GITHUB_EVENT_NAME: name }, event)).not.toThrow()
    },
  )
})

describe('GitLab CI', () => {
  const env = { GITLAB_CI: 'true', CI_COMMIT_SHA: NEW, CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: ZERO }

  it('merge request: the source branch goes before the merge that tests it', () => {
    const merge = {
      CI_MERGE_REQUEST_IID: '5',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: OLD,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: OLD,
    }
    expect(find({ ...env, ...merge })).toMatchObject({ head: [OLD, NEW], base: [OLD], testMerge: 'HEAD' })
    expect(find({ ...env, ...merge, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '' }).head).toEqual([NEW])
  })

  it('zeros mean a new branch for a push, and nothing for what a clock or a person starts', () => {
    const push = { ...env, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_REF_NAME: 'topic' }
    expect(find(push)).toMatchObject({ kind: 'commits', base: [], trunk: ['refs/remotes/origin/main'] })
    expect(find({ ...push, CI_COMMIT_REF_NAME: 'main' })).toMatchObject({ trunk: [] })
    for (const cause of ['schedule', 'web', 'api', 'trigger'])
      expect(find({ ...push, CI_PIPELINE_SOURCE: cause })).toMatchObject({ kind: 'files', head: NEW })
  })

  it('a tag', () => {
    const tag = { ...env, CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1', CI_COMMIT_REF_NAME: 'v1' }
    expect(find(tag)).toMatchObject({
      head: ['refs/tags/v1', NEW, 'HEAD'],
      trunk: ['refs/remotes/origin/main'],
    })
  })
})

describe('CircleCI', () => {
  const base = (url: string) => find({ CIRCLECI: 'true', CIRCLE_SHA1: NEW, CIRCLE_COMPARE_URL: url }).base

  it.each([
    ['https://github.com/o/r/compare/0123456789ab...ba9876543210', ['0123456789ab']],
    ['https://github.com/o/r/compare/0123456789ab^...ba9876543210', ['0123456789ab^']],
    ['https://github.com/o/r/commit/0123456789ab', ['0123456789ab^']],
    ['https://bitbucket.org/o/r/branches/compare/ba9876543210%0D0123456789ab', ['0123456789ab']],
    ['https://example.com/', []],
    ['', []],
  ])('%s', (url, expected) => expect(base(url)).toEqual(expected))
})

it('Azure, Buildkite and Bitbucket name branches with and without refs/heads', () => {
  const azure = { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'main', BUILD_SOURCEVERSION: NEW }
  expect(find(azure).base).toEqual(['refs/remotes/origin/main'])
  expect(find({ ...azure, SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/release/1' }).base).toEqual([
    'refs/remotes/origin/release/1',
  ])
  const buildkite = { BUILDKITE: 'true', BUILDKITE_PULL_REQUEST: 'false', BUILDKITE_COMMIT: NEW }
  expect(find(buildkite)).toMatchObject({ base: [], otherwise: 'files' })
  const bitbucket = { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_COMMIT: NEW, BITBUCKET_TAG: 'v1' }
  expect(find(bitbucket)).toMatchObject({ head: ['refs/tags/v1', NEW, 'HEAD'], otherwise: 'files' })
})

it('every system says in one line what makes a clone deep enough', () => {
  for (const { fix } of Object.values(SYSTEMS)) {
    expect(fix.shallow).toMatch(/depth|unshallow/i)
    expect(fix.shallow + fix.missing).not.toContain('\n')
  }
})

it('an environment of none of them asks for a range', () => {
  expect(() => find({ CI: 'true', PATH: '/bin' })).toThrow(/no CI system that unleak knows/)
})

describe('--range', () => {
  it.each([
    ['a..b', 'a', 'b'],
    ['a...b', 'a', 'b'],
    [' origin/main..HEAD ', 'origin/main', 'HEAD'],
    ['v1.0..v1.1', 'v1.0', 'v1.1'],
    ['HEAD~3^2..refs/heads/x', 'HEAD~3^2', 'refs/heads/x'],
  ])('%s', (text, base, head) => expect(parseRange(text)).toMatchObject({ base: [base], head: [head] }))

  it('takes the advice of the system it runs in', () => {
    const request = findRange('a..b', { GITLAB_CI: 'true' }, () => ({})) as CommitRange
    expect(request.fix.shallow).toContain('GIT_DEPTH')
  })
})
