// Planned rotation: create, write, prove, wait, revoke; each run goes on where the last one stopped.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seedAccount } from '../../src/demo/index.ts'
import { startStage } from '../helpers/account.ts'
import { makeRepo } from '../helpers/repo.ts'

async function setUp() {
  const stage = await startStage({ account: seedAccount() })
  const key = stage.account.named.leaked
  const repo = makeRepo()
  repo.commit({ '.gitignore': '.env*\n' })
  repo.write({ '.env.production': `OPENAI_API_KEY=${key.value}\n` })
  const value = () => /=(.*)\n/.exec(readFileSync(join(repo.path, '.env.production'), 'utf8'))![1]!
  return { stage, repo, key, value }
}

/** A module that sets the clock of a process ahead. */
const clockAhead = (minutes: number): string =>
  `data:text/javascript,const now=Date.now;Date.now=()=>now()+${minutes * 60_000}`

describe('unleak rotate', () => {
  it('shows the plan first', async () => {
    const { stage, repo, key, value } = await setUp()
    const run = await stage.run(['rotate', key.id], repo.path)
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('Both keys work for 24 hours')
    expect(run.stdout).toContain(`unleak rotate ${key.id} --confirm`)
    expect(value()).toBe(key.value)
  })

  it('keeps both keys for the grace period, then revokes the old one, whatever it is called by', async () => {
    const { stage, repo, key, value } = await setUp()
    const byName = ['rotate', '--env', 'OPENAI_API_KEY', '--confirm']
    const first = await stage.run([...byName, '--grace', '1'], repo.path)
    expect(first.status, first.stdout + first.stderr).toBe(0)
    expect(first.stdout).toContain('Both keys work until')
    const next = value()
    expect(next).not.toBe(key.value)
    expect(key.revokedAt).toBeUndefined()
    const early = await stage.run(byName, repo.path)
    expect(early.status).toBe(0)
    expect(value()).toBe(next)
    expect(stage.account.keys.filter((each) => each.name.includes('unleak'))).toHaveLength(1)
  })

  it('waits out the grace period by the clock: a minute before its end both work, a minute after it one does', async () => {
    const { stage, repo, key, value } = await setUp()
    const byName = ['rotate', '--env', 'OPENAI_API_KEY', '--confirm']
    await stage.run([...byName, '--grace', '24'], repo.path)
    const next = value()
    const later = async (minutes: number) =>
      await stage.run(byName, repo.path, { node: ['--import', clockAhead(minutes)] })
    const before = await later(24 * 60 - 1)
    expect([before.status, before.stdout]).toEqual([0, expect.stringContaining('Both keys work until')])
    expect(key.revokedAt).toBeUndefined()
    const after = await later(24 * 60 + 1)
    expect(after.status, after.stdout + after.stderr).toBe(0)
    expect(after.stdout).toContain('OpenAI refuses it: it is dead.')
    expect([key.revokedAt !== undefined, value()]).toEqual([true, next])
  })

  it("gives a person's key a service account of its project in its place, and deletes the person's", async () => {
    const { stage, repo, value } = await setUp()
    const { personal } = stage.account.named
    repo.write({ '.env.production': `OPENAI_API_KEY=${personal.value}\n` })
    const plan = await stage.run(['rotate', personal.id], repo.path)
    expect(plan.stdout.replace(/\s+/g, ' ')).toContain('a service account does not leave')
    const run = await stage.run(['rotate', personal.id, '--grace', '0', '--confirm'], repo.path)
    expect(run.status, run.stdout + run.stderr).toBe(0)
    expect(personal.revokedAt).toBeDefined()
    const made = stage.account.keys.find((each) => each.value === value())!
    expect(made.owner).toHaveProperty('serviceAccount')
    expect(made.project).toEqual(personal.project)
    expect(stage.account.misdeeds).toEqual([])
  })

  it('ends the old key once the grace period is over', async () => {
    const { stage, repo, key, value } = await setUp()
    const run = await stage.run(['rotate', key.id, '--grace', '0', '--confirm'], repo.path)
    expect(run.status, run.stdout + run.stderr).toBe(0)
    expect(run.stdout).toContain('OpenAI refuses it: it is dead.')
    expect(key.revokedAt).toBeDefined()
    const owner = stage.account.keys.find((each) => each.value === value())
    expect(owner?.owner).toEqual(key.owner)
    expect(stage.account.misdeeds).toEqual([])
  })

  it('leaves young keys alone, refuses to work without an admin key, and prints a schedule', async () => {
    const { stage, repo, key } = await setUp()
    const young = await stage.run(['rotate', key.id, '--if-older', '200', '--confirm'], repo.path)
    expect([young.status, young.stdout]).toEqual([0, expect.stringContaining('younger than 200 days')])
    const none = await stage.run(['rotate', key.id], repo.path, { noAdmin: true })
    expect([none.status, none.stderr]).toEqual([2, expect.stringContaining('OPENAI_ADMIN_KEY')])
    const schedule = await stage.run(['rotate', '--schedule', '--env', 'MY_KEY'], repo.path)
    expect(schedule.stdout).toMatch(/^23 4 \* \* \* .*--env MY_KEY .*--if-older 90 --confirm$/m)
    expect(schedule.stdout).toContain('unleak health --check rotation --issue')
  })

  it('writes to a file that is named, beside those that hold the old key', async () => {
    const { stage, repo, key, value } = await setUp()
    const run = await stage.run(
      ['rotate', key.id, '--target', '.env.worker:AI_KEY', '--grace', '0', '--confirm'],
      repo.path,
    )
    expect(run.status, run.stdout + run.stderr).toBe(0)
    expect(readFileSync(join(repo.path, '.env.worker'), 'utf8')).toBe(`AI_KEY=${value()}\n`)
  })
})
