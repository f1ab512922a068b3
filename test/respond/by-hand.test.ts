// What no program can see: a person has filled a store elsewhere, and says so. It ends the case, with that name on it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Stage, startStage } from '../helpers/account.ts'
import { BIN } from '../helpers/cli.ts'
import { atTerminal, hasTerminal } from '../helpers/pty.ts'
import { cleanEnv, makeRepo } from '../helpers/repo.ts'
import { idOf } from './helpers.ts'

const CIRCLE = 'jobs:\n  test:\n    environment:\n      - KEY: $OPENAI_API_KEY\n'
const WORKFLOW = 'env:\n  OPENAI_API_KEY: $' + '{{ secrets.OPENAI_API_KEY }}\n'
const PLACE = 'OPENAI_API_KEY in .circleci/config.yml'
const flat = (text: string) => text.replace(/\s+/g, ' ')

async function setUp(files: Record<string, string> = { '.circleci/config.yml': CIRCLE }) {
  const stage = await startStage()
  const key = stage.account.named.leaked
  const repo = makeRepo()
  repo.git('config', 'user.email', 'ada@example.org')
  repo.commit({ '.gitignore': '.env*\n' })
  repo.write({ '.env': `OPENAI_API_KEY=${key.value}\n`, ...files })
  const id = idOf(key.value)
  const respond = async (...flags: string[]) =>
    await stage.run(['respond', id, '--confirm', ...flags], repo.path)
  const report = () => JSON.parse(readFileSync(join(stage.state, 'incidents', `${id}.json`), 'utf8'))
  return { stage, key, repo, id, respond, report }
}

describe('a place that only a person fills', () => {
  it('ends as done once somebody says so, and the report names who', async () => {
    const { key, id, respond, report } = await setUp()
    const first = await respond()
    expect(first.status).toBe(1)
    expect(flat(first.stdout)).toContain('Once it has the new key, say so; your name is noted with it.')
    expect(flat(first.stdout)).toContain(`unleak respond ${id} --filled all --confirm`)
    expect(key.revokedAt).toBeUndefined()
    const second = await respond('--filled', '.circleci/config.yml')
    expect(second.status, second.stdout + second.stderr).toBe(0)
    expect(flat(second.stdout)).toMatch(
      /OPENAI_API_KEY in \.circleci\/config\.yml: new key, said ada@example\.org on \d{4}-/,
    )
    expect(second.stdout).toContain('The key is dead, and its successor is in place.')
    expect(key.revokedAt).toBeDefined()
    expect(report().state).toBe('done')
    expect(report().timeline.map(({ text }: { text: string }) => text)).toContain(
      `A place elsewhere has the new key, on the word of a person. (${PLACE}, said ada@example.org)`,
    )
  })

  it('takes one place at a time, a name from --by, and is forgotten with --undo, which says so', async () => {
    const { stage, repo, id, respond } = await setUp({
      '.circleci/config.yml': CIRCLE,
      '.github/workflows/ci.yml': WORKFLOW,
    })
    expect(flat((await respond()).stdout)).toContain('2 places elsewhere may still use the old key')
    const one = await respond('--filled', PLACE, '--by', 'Grace')
    expect(flat(one.stdout)).toContain('one place elsewhere may still use the old key')
    expect(flat(one.stdout)).toContain('new key, said Grace')
    expect(one.stdout).not.toContain('Set OPENAI_API_KEY in the project')
    const undone = await stage.run(['respond', id, '--undo'], repo.path)
    expect(flat(undone.stdout)).toContain(`Filled by hand, and not put back: ${PLACE}`)
    expect(flat((await stage.run(['respond', id], repo.path)).stdout)).toContain(
      'Set OPENAI_API_KEY in the project',
    )
  })

  it('refuses the word that can not be true, before anything is done', async () => {
    const { stage, key, respond } = await setUp()
    const early = await respond('--filled', 'all')
    expect([early.status, early.stderr]).toEqual([2, expect.stringContaining('there is no new key yet')])
    await respond()
    const wrong = await respond('--filled', 'terraform/main.tf')
    expect(wrong.status).toBe(2)
    expect(flat(wrong.stderr)).toContain(`no place elsewhere is called "terraform/main.tf"`)
    expect(flat(wrong.stderr)).toContain(PLACE)
    expect(key.revokedAt).toBeUndefined()
    expect(stage.account.misdeeds).toEqual([])
  })

  it('lets the grace period of a rotation begin', async () => {
    const { stage, repo } = await setUp()
    const rotate = ['rotate', '--env', 'OPENAI_API_KEY', '--confirm', '--grace', '1']
    const first = await stage.run(rotate, repo.path)
    expect(flat(first.stdout)).toContain('It begins once this is settled: one place elsewhere')
    const second = await stage.run([...rotate, '--filled', 'all'], repo.path)
    expect(flat(second.stdout)).toContain('Both keys work until')
    expect(second.status).toBe(0)
  })
})

describe.skipIf(!hasTerminal())('at a terminal', () => {
  const answers = (last: string): [string, string][] => [
    ['Do all of this now?', 'y\r'],
    ['Has it the new key now?', last],
  ]
  const at = async ({ server, state, account }: Stage, cwd: string, id: string, last: string) =>
    await atTerminal([process.execPath, BIN, 'respond', id], answers(last), {
      cwd,
      env: cleanEnv({
        TERM: 'xterm',
        UNLEAK_OPENAI_BASE_URL: server.url,
        UNLEAK_STATE_DIR: state,
        OPENAI_ADMIN_KEY: account.named.admin.value,
      }),
    })

  it('asks once the new key is there, and a yes ends the case', async () => {
    const { stage, repo, id, key } = await setUp()
    const run = await at(stage, repo.path, id, 'y\r')
    expect(flat(run.screen)).toContain('The new key is OPENAI_API_KEY in .env.')
    expect(flat(run.screen)).toContain('said ada@example.org')
    expect(run.status, run.screen).toBe(0)
    expect(key.revokedAt).toBeDefined()
  })

  it('takes anything else for a no', async () => {
    const { stage, repo, id, key } = await setUp()
    const run = await at(stage, repo.path, id, '\r')
    expect(flat(run.screen)).toContain('one place elsewhere may still use the old key')
    expect(run.status).toBe(1)
    expect(key.revokedAt).toBeUndefined()
  })
})
