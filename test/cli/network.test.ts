// What all commands that ask have in common: a log of requests, a time limit, and an end by Ctrl-C that tells how things stand.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Fault, seedAccount } from '../../src/demo/index.ts'
import { startStage } from '../helpers/account.ts'
import { BIN } from '../helpers/cli.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { cleanEnv, makeRepo } from '../helpers/repo.ts'

async function setUp(faults: readonly Fault[] = []) {
  const stage = await startStage({ account: seedAccount(), faults })
  const key = stage.account.named.leaked
  const repo = makeRepo()
  repo.commit({ '.gitignore': '.env*\n' })
  repo.write({ '.env.production': `OPENAI_API_KEY=${key.value}\n` })
  return { stage, repo, key }
}

const COMMANDS = {
  health: ['health'],
  respond: ['respond', '--env', 'OPENAI_API_KEY', '--confirm'],
  rotate: ['rotate', '--env', 'OPENAI_API_KEY', '--confirm'],
  verify: ['verify', '--env', 'OPENAI_API_KEY'],
} as const

type Setup = Awaited<ReturnType<typeof setUp>>

/** Runs the command until `isTime` says so, then interrupts it. */
async function interrupted({ stage, repo, key }: Setup, args: readonly string[], isTime: () => boolean) {
  const env = cleanEnv({
    UNLEAK_OPENAI_BASE_URL: stage.server.url,
    UNLEAK_STATE_DIR: stage.state,
    OPENAI_ADMIN_KEY: stage.account.named.admin.value,
    OPENAI_API_KEY: key.value,
  })
  const child = spawn(process.execPath, [BIN, ...args, '--timeout', '600'], { cwd: repo.path, env })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (t) => (output += t))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let isOver = false
  void ended.then(() => (isOver = true))
  while (!isTime() && !isOver) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill('SIGINT')
  return { status: await ended, output, words: output.replace(/\s+/g, ' ') }
}

describe('Ctrl-C', () => {
  it.concurrent.each(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])(
    '%s, while it waits for its first answer: 130, and nothing was changed',
    async (name) => {
      const all = await setUp([{ kind: 'silence' }])
      const { status, words } = await interrupted(
        all,
        COMMANDS[name],
        () => all.stage.server.requests.length > 0,
      )
      expect([status, words]).toEqual([130, expect.stringContaining('unleak: interrupted. ')])
      expect(words).not.toContain('this is a bug')
      expect(all.key.revokedAt).toBeUndefined()
      expect(readFileSync(join(all.repo.path, '.env.production'), 'utf8')).toContain(all.key.value)
      if (name === 'health') expect(words).toContain('says nothing of your keys')
      if (name === 'respond' || name === 'rotate') expect(words).toContain('Nothing was changed.')
    },
  )

  it.each(['respond', 'rotate'] as const)(
    '%s, while it makes the new key: 130, and the next run ends with one new key',
    async (name) => {
      const making = /POST .*api_keys/
      const all = await setUp([{ kind: 'silence', on: making, times: 1 }])
      const { stage, repo, key } = all
      const isMaking = () =>
        stage.server.requests.some(({ method, path }) => making.test(`${method} ${path}`))
      const run = await interrupted(all, COMMANDS[name], isMaking)
      expect([run.status, run.words]).toEqual([
        130,
        expect.stringContaining('the next run goes on from there'),
      ])
      expect(run.words).toContain('Interrupted here')
      expect(leaksBeyond(run.output, key.value, 'sk-svcacct-')).toEqual([])
      expect(key.revokedAt).toBeUndefined()
      const grace = name === 'rotate' ? ['--grace', '0'] : []
      const next = await stage.run([...COMMANDS[name], ...grace], repo.path)
      expect(next.status, next.stdout + next.stderr).toBe(0)
      expect(key.revokedAt).toBeDefined()
      const made = stage.account.keys.filter((each) => each.name.includes('unleak') && !each.revokedAt)
      expect(made).toHaveLength(1)
    },
  )
})

describe('--audit-log', () => {
  it.concurrent.each(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[])(
    '%s: a line for each request, and nothing of any key',
    async (name) => {
      const { stage, repo, key } = await setUp()
      const env = { OPENAI_API_KEY: key.value }
      await stage.run([...COMMANDS[name], '--audit-log', 'asked.jsonl'], repo.path, { env })
      const text = readFileSync(join(repo.path, 'asked.jsonl'), 'utf8')
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(lines).toHaveLength(stage.server.requests.length)
      for (const line of lines)
        expect(Object.keys(line).sort()).toEqual(expect.arrayContaining(['host', 'method', 'path', 'time']))
      for (const each of stage.account.keys) expect(leaksBeyond(text, each.value, '')).toEqual([])
    },
  )
})
