// The response is really killed at every change it makes, and started again: the end is always the same.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseEnv } from '../../src/places/env-grammar.ts'
import { filesBelow, recordingProgram, type Stage, startStage } from '../helpers/account.ts'
import { makeRepo } from '../helpers/repo.ts'
import { idOf } from './helpers.ts'

const KILL = fileURLToPath(new URL('../helpers/kill-at.mjs', import.meta.url))

/** One env file that was committed, one that git ignores, one workflow. */
async function makeCase(setUp: (stage: Stage) => void) {
  const stage = await startStage()
  setUp(stage)
  const key = stage.account.named.leaked.value
  const repo = makeRepo()
  repo.commit({
    '.gitignore': '.env.production\n',
    '.env': `# local\r\nOPENAI_API_KEY="${key}" # mine\r\nOTHER=1\r\n`,
    '.github/workflows/ci.yml': 'env:\n  OPENAI_API_KEY: $' + '{{ secrets.OPENAI_API_KEY }}\n',
  })
  repo.write({ '.env.production': `export OPENAI_API_KEY=${key}` })
  const gh = recordingProgram('gh')
  const id = idOf(key)
  const run = (killAt: number) =>
    stage.run(['respond', id, '--confirm', '--run-remote'], repo.path, {
      env: { PATH: gh.path, TEST_KILL_AT: String(killAt) },
      node: ['--import', KILL],
    })
  return { stage, repo, gh, run, key }
}

type Made = Awaited<ReturnType<typeof makeCase>>

function endState({ stage, repo, gh, key }: Made) {
  const { account } = stage
  const value = (name: string) =>
    parseEnv(readFileSync(join(repo.path, name), 'latin1')).find((entry) => entry.name === 'OPENAI_API_KEY')
      ?.value
  const now = value('.env')
  const owner = account.keys.find((each) => each.value === now)
  const living = account.keys.filter(
    (each) => each.revokedAt === undefined && !(each.expires_at && each.expires_at * 1000 <= Date.now()),
  )
  return {
    isNew: now !== key && owner !== undefined && living.includes(owner),
    same: value('.env.production') === now && gh.stdin() === now,
    rest: readFileSync(join(repo.path, '.env'), 'latin1').replace(now ?? '?', 'KEY'),
    oldIsDead: account.named.leaked.revokedAt !== undefined,
    timesRevoked: account.events.filter(
      (event) =>
        JSON.stringify(event).includes('.deleted') &&
        JSON.stringify(event).includes(`"${account.named.leaked.id}"`),
    ).length,
    livingOfAccount: living.filter(
      (each) => 'serviceAccount' in each.owner && each.project === account.named.leaked.project,
    ).length,
    tracked: repo.git('ls-files').trim().split('\n'),
    ignored: readFileSync(join(repo.path, '.gitignore'), 'utf8'),
    leftovers: [...filesBelow(repo.path), ...filesBelow(stage.state)].filter((file) =>
      /tmp/.test(file.slice(file.lastIndexOf('/'))),
    ),
    misdeeds: account.misdeeds,
  }
}

const EXPECTED = {
  isNew: true,
  same: true,
  rest: '# local\r\nOPENAI_API_KEY="KEY" # mine\r\nOTHER=1\r\n',
  oldIsDead: true,
  timesRevoked: 1,
  livingOfAccount: 2, // the backup key of the same service account, and the new one
  tracked: ['.github/workflows/ci.yml', '.gitignore'],
  ignored: '.env.production\n/.env\n',
  leftovers: [],
  misdeeds: [],
}

async function everyKill(setUp: (stage: Stage) => void): Promise<number> {
  let killAt = 0
  let isOver = false
  const worker = async () => {
    while (!isOver) {
      const at = ++killAt
      const made = await makeCase(setUp)
      const first = await made.run(at)
      if (first.signal === null) {
        isOver = true
        expect(first.stdout, first.stderr).toContain('The key is dead')
      } else {
        expect(first.signal).toBe('SIGKILL')
        const second = await made.run(0)
        expect(second.stdout, `killed at ${at}: ${second.stderr}`).toContain('The key is dead')
        expect(second.status).toBe(0)
      }
      expect({ at, ...endState(made) }).toEqual({ at, ...EXPECTED })
      await made.stage.server.close()
    }
  }
  await Promise.all([worker(), worker()])
  return killAt
}

describe('killed and started again', () => {
  it('ends the same wherever it was killed', { timeout: 240_000 }, async () => {
    expect(await everyKill(() => {})).toBeGreaterThan(15)
  })

  it('ends with a dead key too where OpenAI does not delete keys of service accounts', async () => {
    const made = await makeCase((stage) => {
      stage.account.refusesServiceKeyDeletion = true
    })
    const run = await made.run(0)
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('it was set to expire at once')
    expect(endState(made)).toMatchObject({ isNew: true, same: true, livingOfAccount: 2, misdeeds: [] })
  })
})
