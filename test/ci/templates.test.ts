// The snippets of docs/ci: each is what it claims to be, and its command, run with the environment that its CI system
// gives, finds the key that the run adds and passes without it.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { BIN } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, type Repo, repoAt, tempFolder } from '../helpers/repo.ts'

const FOLDER = fileURLToPath(new URL('../../docs/ci', import.meta.url))
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8')

let clone: Repo
let before: string
let after: string
beforeAll(() => {
  const server = makeRepo()
  before = server.commit({ 'a.txt': 'a\n' }, 'base')
  const path = tempFolder()
  server.git('clone', '-q', server.path, path)
  clone = repoAt(path)
  after = clone.commit({ 'b.env': `OPENAI_API_KEY=${openaiKey()}\n` }, 'add')
})

type Env = (before: string, after: string) => Record<string, string>
interface Template {
  readonly command: (text: string) => string
  readonly env: Env
}

const TEMPLATES: Readonly<Record<string, Template>> = {
  'gitlab-ci.yml': {
    command: (text) => parse(text).unleak.script.join('\n'),
    env: (from, to) => ({
      GITLAB_CI: 'true',
      CI_COMMIT_SHA: to,
      CI_COMMIT_BEFORE_SHA: from,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_REF_NAME: 'main',
      CI_DEFAULT_BRANCH: 'main',
    }),
  },
  'azure-pipelines.yml': {
    command: (text) => parse(text).steps.find((step: { script?: string }) => step.script).script,
    env: (_, to) => ({ TF_BUILD: 'True', BUILD_SOURCEVERSION: to, BUILD_REASON: 'IndividualCI' }),
  },
  'bitbucket-pipelines.yml': {
    command: (text) => parse(text).pipelines.default[0].step.script.join('\n'),
    env: (_, to) => ({ BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_COMMIT: to, BITBUCKET_BRANCH: 'topic' }),
  },
  'circleci.yml': {
    command: (text) =>
      parse(text).jobs.unleak.steps.find((step: { run?: { command: string } }) => step.run).run.command,
    env: (from, to) => ({
      CIRCLECI: 'true',
      CIRCLE_SHA1: to,
      CIRCLE_BRANCH: 'topic',
      CIRCLE_BASE_REVISION: from,
    }),
  },
  'buildkite.yml': {
    command: (text) => parse(text).steps[0].command,
    env: (_, to) => ({
      BUILDKITE: 'true',
      BUILDKITE_COMMIT: to,
      BUILDKITE_BRANCH: 'topic',
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
    }),
  },
  Jenkinsfile: {
    command: (text) => /sh '([^']+)'/.exec(text)![1]!,
    env: (from, to) => ({
      JENKINS_URL: 'http://ci',
      BUILD_ID: '1',
      GIT_COMMIT: to,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: from,
    }),
  },
}

/** The command as it stands there, with this build in the place of the published one. */
function run(command: string, env: Record<string, string>) {
  const line = command.replace('npx --yes unleak@0', `"${process.execPath}" "${BIN}"`)
  const done = spawnSync('sh', ['-ec', line], {
    cwd: clone.path,
    env: cleanEnv({ CI: 'true', ...env }),
    encoding: 'utf8',
  })
  return { status: done.status, output: done.stdout + done.stderr }
}

describe.each(Object.entries(TEMPLATES))('%s', (name, { command, env }) => {
  it('finds the key that a run adds, and passes without one', () => {
    const line = command(read(name))
    expect(line).toContain('npx --yes unleak@0 ci')
    const found = run(line, env(before, after))
    expect(found.status).toBe(1)
    expect(found.output).toContain('b.env:1')
    clone.git('checkout', '-q', before)
    expect(run(line, env(before, before)).status).toBe(0)
    clone.git('checkout', '-q', after)
    clone.git('clean', '-fdq')
  })
})

describe('docs/ci', () => {
  it('has a test for each of its files, and clones whole where a system does not by itself', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([...Object.keys(TEMPLATES), 'github-actions.yml'].sort())
    expect(parse(read('gitlab-ci.yml')).unleak.variables.GIT_DEPTH).toBe('0')
    expect(parse(read('azure-pipelines.yml')).steps[0]).toEqual({ checkout: 'self', fetchDepth: 0 })
    expect(parse(read('bitbucket-pipelines.yml')).clone).toEqual({ depth: 'full' })
    const { steps } = parse(read('github-actions.yml')).jobs.secrets
    expect(steps[0].with['fetch-depth']).toBe(0)
    expect(steps[1].uses).toMatch(/\/unleak@v0$/)
  })
})
