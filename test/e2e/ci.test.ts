// `unleak ci` in the clones and environments that CI systems really make: shallow, merged, forced, first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()
const LINE = `OPENAI_API_KEY=${KEY}\n`
const ZERO = '0'.repeat(40)
const head = (repo: Repo, name = 'HEAD') => repo.git('rev-parse', name).trim()

/** The server: main with an old key, a topic branch that adds a key and takes it out, and the merge that tests it. */
let server: Repo
let ids: { base: string; added: string; topic: string; main: string; merge: string }
beforeAll(() => {
  server = makeRepo()
  server.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  server.commit({ 'old.env': `OLD=${openaiKey('sk-proj-', 74, 3)}\n` }, 'old')
  const base = server.commit({ 'a.txt': 'a\n' }, 'base')
  server.git('checkout', '-q', '-b', 'topic')
  const added = server.commit({ 'src/key.env': LINE }, 'add')
  const topic = server.commit({ 'src/key.env': 'none\n' }, 'take out')
  server.git('checkout', '-q', 'main')
  const main = server.commit({ 'b.txt': 'b\n' }, 'main goes on')
  server.git('checkout', '-q', '--detach')
  server.git('merge', '-q', '--no-edit', 'topic')
  const merge = head(server)
  server.git('update-ref', 'refs/pull/7/merge', merge)
  server.git('update-ref', 'refs/pull/7/head', topic)
  server.git('checkout', '-q', 'main')
  ids = { base, added, topic, main, merge }
})

/** As actions/checkout does it: fetches one ref, at one depth, and checks it out. */
function checkout(ref: string, options: { depth?: number; all?: boolean } = {}): Repo {
  const clone = makeRepo()
  clone.git('remote', 'add', 'origin', `file://${server.path}`)
  const depth = options.depth ? [`--depth=${options.depth}`] : []
  const all = options.all ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'] : []
  const local = ref
    .replace(/^refs\/heads\//, 'refs/remotes/origin/')
    .replace(/^refs\/pull\//, 'refs/remotes/pull/')
  clone.git(
    'fetch',
    '-q',
    '--no-tags',
    ...depth,
    'origin',
    ...all,
    ...(all.length && ref.startsWith('refs/heads/') ? [] : [`+${ref}:${local}`]),
  )
  clone.git('checkout', '-q', '--detach', local)
  return clone
}

function eventFile(event: unknown): string {
  const file = join(tempFolder(), 'event.json')
  writeFileSync(file, JSON.stringify(event))
  return file
}

function githubEnv(name: string, event: unknown, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: eventFile(event),
    ...more,
  }
}

function ci(repo: Repo, env: NodeJS.ProcessEnv, args: string[] = []) {
  const { status, report, stderr } = unleakJson(['ci', ...args], repo.path, { env })
  const places = report.findings.flatMap((f) =>
    f.places.map((p) => `${p.path}:${p.line} ${p.commit ?? ''}`.trim()),
  )
  return { status, places, stderr, counts: report.scan.counts, target: report.scan.target, report }
}

function refusal(repo: Repo, env: NodeJS.ProcessEnv, args: string[] = []): string {
  const { status, stdout, stderr } = unleak(['ci', ...args], repo.path, { env })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  return stderr
}

const short = (id: string) => id.slice(0, 12)

describe('GitHub Actions', () => {
  const pullRequest = () => ({
    action: 'synchronize',
    number: 7,
    pull_request: { number: 7, base: { ref: 'main', sha: ids.base }, head: { ref: 'topic', sha: ids.topic } },
    repository: { default_branch: 'main' },
  })
  const pushEvent = (before: string, after: string, more = {}) => ({
    before,
    after,
    forced: false,
    repository: { default_branch: 'main' },
    ...more,
  })

  it('pull request, fetch-depth 0: added and removed inside the range is found, main is not', () => {
    const clone = checkout('refs/pull/7/merge', { all: true })
    const run = ci(clone, githubEnv('pull_request', pullRequest(), { GITHUB_SHA: ids.merge }))
    expect(run).toMatchObject({ status: 1, places: [`src/key.env:1 ${ids.added}`], counts: { commits: 2 } })
    expect(run.target).toBe(`${short(ids.base)}..${short(ids.topic)} (GitHub Actions, pull request 7)`)
  })

  it.each([1, 2])('pull request at depth %i: exit 2 and the line that fixes it', (depth) => {
    const clone = checkout('refs/pull/7/merge', { depth })
    const env = githubEnv('pull_request', pullRequest())
    const run = unleak(['ci'], clone.path, { env })
    expect(run.status).toBe(2)
    expect(run.stdout + run.stderr).toContain('actions/checkout: with: { fetch-depth: 0 }')
    expect(run.stdout + run.stderr).toContain('shallow')
  })

  it('pull_request_target: the head is not in the clone of the base, and how to get it', () => {
    const event = pullRequest()
    event.pull_request.head.sha = 'ab'.repeat(20)
    const env = githubEnv('pull_request_target', event)
    expect(refusal(checkout('refs/heads/main', { depth: 1 }), env)).toContain(
      'git fetch origin refs/pull/7/head',
    )
    expect(refusal(checkout('refs/heads/main', { all: true }), env)).toContain("'+refs/pull/7/head'")
  })

  it('push', () => {
    const clone = checkout('refs/heads/topic', { all: true })
    const env = githubEnv('push', pushEvent(ids.added, ids.topic), { GITHUB_REF: 'refs/heads/topic' })
    expect(ci(clone, env)).toMatchObject({ status: 0, counts: { commits: 1 } })
    const both = githubEnv('push', pushEvent(ids.base, ids.topic), { GITHUB_REF: 'refs/heads/topic' })
    expect(ci(clone, both)).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(refusal(checkout('refs/heads/topic', { depth: 1 }), both)).toContain('fetch-depth: 0')
  })

  it('first push of a branch: what the default branch does not have', () => {
    const env = githubEnv('push', pushEvent(ZERO, ids.topic), { GITHUB_REF: 'refs/heads/topic' })
    const run = ci(checkout('refs/heads/topic', { all: true }), env)
    expect(run).toMatchObject({ status: 1, places: [`src/key.env:1 ${ids.added}`], counts: { commits: 2 } })
    expect(run.target).toBe(`origin/main..${short(ids.topic)} (GitHub Actions, push to topic; it is new)`)
    expect(refusal(checkout('refs/heads/topic', { depth: 1 }), env)).toContain('lacks the branch origin/main')
  })

  it('first push of the default branch: everything', () => {
    const env = githubEnv('push', pushEvent(ZERO, ids.main), { GITHUB_REF: 'refs/heads/main' })
    const run = ci(checkout('refs/heads/main', { all: true }), env)
    expect(run).toMatchObject({ status: 1, counts: { commits: 3 } })
    expect(run.places[0]).toMatch(/^old\.env:1/)
    expect(run.target).toContain('everything up to')
    const shallow = ci(checkout('refs/heads/main', { depth: 1 }), env)
    expect(shallow).toMatchObject({ status: 2, report: { scan: { problems: [{ code: 'E_SHALLOW' }] } } })
  })

  it('force push: the former tip is gone from a whole clone', () => {
    const gone = 'ef'.repeat(20)
    const env = githubEnv('push', pushEvent(gone, ids.topic, { forced: true }), {
      GITHUB_REF: 'refs/heads/topic',
    })
    const run = ci(checkout('refs/heads/topic', { all: true }), env)
    expect(run).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(run.target).toContain('the former tip efefefefefef is gone')
    const main = githubEnv('push', pushEvent(gone, ids.main, { forced: true }), {
      GITHUB_REF: 'refs/heads/main',
    })
    expect(ci(checkout('refs/heads/main', { all: true }), main)).toMatchObject({
      status: 1,
      counts: { commits: 3 },
    })
    expect(refusal(checkout('refs/heads/topic', { depth: 1 }), env)).toContain('fetch-depth: 0')
  })

  it('not forced, and the base is not there: exit 2', () => {
    const env = githubEnv('push', pushEvent('ef'.repeat(20), ids.topic), { GITHUB_REF: 'refs/heads/topic' })
    expect(refusal(checkout('refs/heads/topic', { all: true }), env)).toContain('lacks the base efefefefefef')
  })

  it('merge queue', () => {
    const event = { merge_group: { base_sha: ids.main, head_sha: ids.merge } }
    const clone = checkout('refs/pull/7/merge', { all: true })
    expect(ci(clone, githubEnv('merge_group', event))).toMatchObject({ status: 1, counts: { commits: 3 } })
  })

  it('a schedule or a manual run adds no commits: the files at HEAD, said so, at any depth', () => {
    for (const event of ['schedule', 'workflow_dispatch']) {
      const run = ci(checkout('refs/heads/main', { depth: 1 }), githubEnv(event, {}))
      expect(run).toMatchObject({ status: 1, places: ['old.env:1'], counts: { commits: 0, blobs: 3 } })
      expect(run.target).toBe(
        `the files of ${short(ids.main)}, not its history: this event adds no commits (GitHub Actions, ${event})`,
      )
    }
  })

  it('a range without commits says so', () => {
    const clone = checkout('refs/heads/topic', { all: true })
    const env = githubEnv('push', pushEvent(ids.topic, ids.topic), { GITHUB_REF: 'refs/heads/topic' })
    const run = unleak(['ci'], clone.path, { env })
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('0 commits, nothing to scan') })
  })

  it('annotations, a step summary, and no way for a file name to give the workflow a command', () => {
    const repo = makeRepo()
    const before = repo.commit({ 'a.txt': 'x\n' })
    const evil = '::add-mask::x,line=9.env'
    const after = repo.commit({ 'src/a,b.env': LINE, [evil]: LINE })
    const summary = join(tempFolder(), 'summary.md')
    writeFileSync(summary, 'before\n')
    const env = githubEnv('push', pushEvent(before, after), {
      GITHUB_REF: 'refs/heads/main',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: join(repo.path, '..'),
    })
    const run = unleak(['ci'], repo.path, { env })
    expect(run.status).toBe(1)
    const lines = run.stdout.split('\n')
    const token = /^::stop-commands::(.+)$/.exec(lines[0]!)?.[1]
    const end = lines.indexOf(`::${token}::`)
    expect(end).toBeGreaterThan(1)
    const commands = lines.slice(end + 1).filter((line) => line !== '')
    expect(commands).toHaveLength(1)
    const folder = repo.path.split('/').at(-1)
    expect(commands[0]).toMatch(
      new RegExp(
        `^::error file=${folder}/%3A%3Aadd-mask%3A%3Ax%2Cline=9.env,line=1,endLine=1,col=16,endColumn=180,title=`,
      ),
    )
    const text = readFileSync(summary, 'utf8')
    expect(text.startsWith('before\n## unleak: 1 secret (1 critical)\n')).toBe(true)
    expect(text).toContain('`src/a,b.env:1:16`')
    expect(run.stdout + run.stderr + text).not.toContain(KEY)
    const json = unleak(['ci', '--format', 'json'], repo.path, { env })
    expect(() => JSON.parse(json.stdout)).not.toThrow()
    expect(json.stderr).toMatch(/^::error /)
    const own = unleak(['ci', '--format', 'github'], repo.path, { env })
    expect(own).toMatchObject({ stdout: expect.stringMatching(/^::error [^\n]+\n$/), stderr: '' })
    const lost = unleak(['ci'], repo.path, { env: { ...env, GITHUB_STEP_SUMMARY: '/nowhere/at/all' } })
    expect(lost).toMatchObject({ status: 1, stderr: expect.stringContaining('could not be written') })
  })

  it('outside of Actions nothing of that is printed', () => {
    const summary = join(tempFolder(), 'summary.md')
    const env = { GITHUB_STEP_SUMMARY: summary }
    const run = unleak(['ci', '--range', `${ids.base}..${ids.topic}`], server.path, { env })
    expect(run.status).toBe(1)
    expect(run.stdout).not.toMatch(/^::/m)
    expect(existsSync(summary)).toBe(false)
  })

  it('an event file that can’t be read: exit 2, and an annotation', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '/nowhere' }
    const text = refusal(server, env)
    expect(text).toContain('unleak: /nowhere: the file that describes the event could not be read')
    expect(text).toMatch(/^::error title=unleak::\/nowhere: the file .+$/m)
  })
})

describe('GitLab CI', () => {
  const env = (more: NodeJS.ProcessEnv) => ({ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', ...more })

  it('merge request: detached and merged-results pipelines', () => {
    const request = {
      CI_MERGE_REQUEST_IID: '4',
      CI_MERGE_REQUEST_DIFF_BASE_SHA: ids.base,
      CI_COMMIT_BEFORE_SHA: ZERO,
    }
    const found = { status: 1, places: [`src/key.env:1 ${ids.added}`], counts: { commits: 2 } }
    const clone = checkout('refs/heads/topic', { depth: 20 })
    expect(ci(clone, env({ ...request, CI_COMMIT_SHA: ids.topic }))).toMatchObject(found)
    const merged = { CI_COMMIT_SHA: ids.merge, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: ids.topic }
    expect(ci(checkout('refs/pull/7/merge', { depth: 20 }), env({ ...request, ...merged }))).toMatchObject(
      found,
    )
    const cut = env({ ...request, CI_COMMIT_SHA: ids.topic })
    expect(refusal(checkout('refs/heads/topic', { depth: 2 }), cut)).toContain('GIT_DEPTH: "0"')
  })

  it('push, first push, force push, schedule', () => {
    const push = (before: string) =>
      env({
        CI_COMMIT_BEFORE_SHA: before,
        CI_COMMIT_SHA: ids.topic,
        CI_COMMIT_REF_NAME: 'topic',
        CI_PIPELINE_SOURCE: 'push',
      })
    const whole = checkout('refs/heads/topic', { all: true })
    expect(ci(whole, push(ids.base))).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(ci(whole, push(ZERO))).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(ci(whole, push('ef'.repeat(20)))).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(refusal(checkout('refs/heads/topic', { depth: 2 }), push(ZERO))).toContain('GIT_DEPTH: "0"')
    const schedule = { ...push(ZERO), CI_PIPELINE_SOURCE: 'schedule' }
    expect(ci(whole, schedule)).toMatchObject({ status: 1, places: ['old.env:1'], counts: { commits: 0 } })
  })
})

describe('other systems', () => {
  const found = () => ({ status: 1, places: [`src/key.env:1 ${ids.added}`], counts: { commits: 2 } })

  it('Bitbucket: a pull request, with the destination merged in, by short id', () => {
    const env = {
      BITBUCKET_BUILD_NUMBER: '1',
      BITBUCKET_PR_ID: '7',
      BITBUCKET_COMMIT: ids.topic,
      BITBUCKET_PR_DESTINATION_COMMIT: short(ids.main),
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
    }
    expect(ci(checkout('refs/pull/7/merge', { all: true }), env)).toMatchObject(found())
    expect(refusal(checkout('refs/heads/topic', { depth: 2 }), env)).toContain('clone: { depth: full }')
  })

  it('Azure Pipelines: a pull request whose merge is checked out, with and without the target branch', () => {
    const env = {
      TF_BUILD: 'True',
      BUILD_REASON: 'PullRequest',
      BUILD_SOURCEVERSION: ids.merge,
      SYSTEM_PULLREQUEST_PULLREQUESTID: '7',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: ids.topic,
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
    }
    expect(ci(checkout('refs/pull/7/merge', { all: true }), env)).toMatchObject(found())
    expect(ci(checkout('refs/pull/7/merge'), env)).toMatchObject(found())
    expect(refusal(checkout('refs/pull/7/merge', { depth: 1 }), env)).toContain('fetchDepth: 0')
  })

  it('CircleCI: the address of the comparison; without it the server’s branch; on that one its files', () => {
    const env = { CIRCLECI: 'true', CIRCLE_SHA1: ids.topic, CIRCLE_BRANCH: 'topic' }
    const url = `https://github.com/o/r/compare/${short(ids.added)}...${short(ids.topic)}`
    const clone = checkout('refs/heads/topic', { all: true })
    expect(ci(clone, { ...env, CIRCLE_COMPARE_URL: url })).toMatchObject({
      status: 0,
      counts: { commits: 1 },
    })
    expect(ci(clone, env)).toMatchObject({
      status: 1,
      counts: { commits: 0 },
      target: expect.stringContaining('nothing tells what is new'),
    })
    clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
    expect(ci(clone, env)).toMatchObject(found())
    const main = { ...env, CIRCLE_SHA1: ids.main, CIRCLE_BRANCH: 'main' }
    expect(ci(clone, main)).toMatchObject({ status: 1, places: ['old.env:1'] })
  })

  it('Buildkite: a pull request and a branch', () => {
    const clone = checkout('refs/heads/topic', { all: true })
    const env = {
      BUILDKITE: 'true',
      BUILDKITE_COMMIT: 'HEAD',
      BUILDKITE_BRANCH: 'topic',
      BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
    }
    expect(
      ci(clone, { ...env, BUILDKITE_PULL_REQUEST: '7', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main' }),
    ).toMatchObject(found())
    expect(
      ci(clone, { ...env, BUILDKITE_PULL_REQUEST: 'false', BUILDKITE_PULL_REQUEST_BASE_BRANCH: '' }),
    ).toMatchObject(found())
    const gone = { ...env, BUILDKITE_PULL_REQUEST: '7', BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'release' }
    expect(refusal(clone, gone)).toContain('git fetch origin')
  })

  it('Jenkins: a change request, the last good build, and the first', () => {
    const clone = checkout('refs/heads/topic', { all: true })
    const env = { JENKINS_URL: 'https://j', GIT_COMMIT: ids.topic, BRANCH_NAME: 'topic' }
    expect(ci(clone, { ...env, CHANGE_ID: '7', CHANGE_TARGET: 'main' })).toMatchObject(found())
    const next = { ...env, GIT_PREVIOUS_SUCCESSFUL_COMMIT: ids.added }
    expect(ci(clone, next)).toMatchObject({ status: 0, counts: { commits: 1 } })
    expect(ci(clone, env).target).toContain('not its history')
    expect(refusal(checkout('refs/heads/topic', { depth: 1 }), next)).toContain('git fetch --unshallow')
  })
})

describe('--range', () => {
  it('that starts before the first commit says so, and advises no fetch', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    for (const [range, name] of [
      ['HEAD~1..HEAD', 'HEAD~1'],
      ['main^..main', 'main^'],
      ['HEAD~3..main', 'HEAD~3'],
    ] as const) {
      const run = unleak(['ci', '--range', range], repo.path)
      const said = run.stderr.replace(/\s+/g, ' ')
      expect([run.status, said]).toEqual([2, expect.stringContaining(`there is no ${name} (--range)`)])
      expect(said).toContain('its whole history is new: unleak audit')
      expect(said).not.toContain('fetch')
    }
    expect(unleak(['ci', '--range', 'nowhere~1..HEAD'], repo.path).stderr).toContain('etch it first')
  })

  it('names any revisions; three dots are the same; it goes before the environment', () => {
    const env = githubEnv('schedule', {})
    for (const range of [`${ids.base}..topic`, 'main...topic', 'topic~2..topic', 'main..topic'])
      expect(ci(server, env, ['--range', range])).toMatchObject({ status: 1, counts: { commits: 2 } })
    expect(ci(server, { UNLEAK_RANGE: 'main..topic' })).toMatchObject({ status: 1, counts: { commits: 2 } })
  })

  it.each(['..topic', 'main..', '..', 'topic', '', 'a..b..c', 'a....b'])('"%s" is refused', (range) => {
    expect(refusal(server, {}, [`--range=${range}`])).toContain('is not a range')
  })

  it.each(['nothing..topic', 'main..nothing', '--all..topic', 'main..topic^{tree}'])(
    '"%s" is not here: exit 2',
    (range) => {
      expect(refusal(server, {}, [`--range=${range}`])).toContain('so nothing was scanned')
    },
  )

  it('needs a range where no CI system is', () => {
    expect(refusal(server, {})).toContain('unleak ci --range origin/main..HEAD')
  })

  it('text: what was found, in which range, and what to do', () => {
    const run = unleak(['ci', '--range', 'main..topic'], server.path)
    expect(run.stdout).toContain('unleak: 1 secret in the commits that this run adds.')
    expect(run.stdout).toContain(`Range: ${short(ids.main)}..${short(ids.topic)} (--range).`)
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('treat each secret as leaked, in this order')
    const clean = unleak(['ci', '--range', `${ids.added}..topic`], server.path)
    expect(clean.stdout).toBe(
      `unleak: 1 commit, 1 blob, 14 bytes: no secrets.\nRange: ${short(ids.added)}..${short(ids.topic)} (--range).\n`,
    )
  })

  it('settings of the repository neither hide files nor commits, from a folder below the top either', () => {
    const repo = makeRepo()
    repo.commit({ 'a.txt': 'x\n' })
    repo.commit({ 'top.env': LINE, 'sub/b.txt': 'x\n', '.gitattributes': '* -diff\n', order: '*.txt\n' })
    const settings = {
      'diff.relative': 'true',
      'diff.ignoreSubmodules': 'all',
      'diff.orderFile': 'order',
      'log.showRoot': 'false',
      'log.diffMerges': 'off',
      'diff.renames': 'copies',
    }
    for (const [key, value] of Object.entries(settings)) repo.git('config', key, value)
    const { status, report } = unleakJson(['ci', '--range', 'HEAD~1..HEAD'], join(repo.path, 'sub'))
    expect(status).toBe(1)
    expect(report.findings[0]!.places[0]).toMatchObject({ path: 'top.env', line: 1 })
  })

  it('grafts, replacements and a shallow file of a hostile clone do not shorten the range silently', () => {
    const clone = repoAt(join(tempFolder(), 'clone'))
    makeRepo().git('clone', '-q', server.path, clone.path)
    clone.git('replace', ids.added, ids.base)
    writeFileSync(join(clone.path, '.git/info/grafts'), `${head(clone, 'origin/topic')} ${ids.base}\n`)
    const range = `${ids.base}..origin/topic`
    expect(ci(clone, {}, ['--range', range])).toMatchObject({ status: 1, counts: { commits: 2 } })
    writeFileSync(join(clone.path, '.git/shallow'), `${ids.topic}\n`)
    expect(ci(clone, {}, ['--range', range])).toMatchObject({ status: 2 })
  })
})
