import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { WEEKLY_FILE } from '../../src/health/weekly.ts'
import { unleak } from '../helpers/cli.ts'
import { makeRepo } from '../helpers/repo.ts'

describe('unleak init --weekly', () => {
  it('puts a workflow in that runs the check, shows it first on request, and takes it out again', () => {
    const repo = makeRepo()
    const file = join(repo.path, WEEKLY_FILE)
    const dry = unleak(['init', '--weekly', '--dry-run'], repo.path)
    expect(dry.stdout).toContain('would be written')
    expect(existsSync(file)).toBe(false)
    expect(unleak(['init', '--weekly'], repo.path).status).toBe(0)
    const workflow = parse(readFileSync(file, 'utf8'))
    expect(workflow.on.schedule).toEqual([{ cron: '17 6 * * 1' }])
    expect(workflow.jobs.health.steps.at(-1).run).toMatch(/unleak@\S+ health --format markdown=health.md/)
    expect(unleak(['init', '--weekly'], repo.path).stdout).toContain('is as it should be')
    expect(unleak(['init', '--weekly', '--remove'], repo.path).stdout).toContain('is removed')
    expect(existsSync(file)).toBe(false)
  })

  it('leaves a file of others alone', () => {
    const repo = makeRepo()
    repo.write({ [WEEKLY_FILE]: 'name: mine\n' })
    const run = unleak(['init', '--weekly'], repo.path)
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('left alone')])
    expect(readFileSync(join(repo.path, WEEKLY_FILE), 'utf8')).toBe('name: mine\n')
  })
})
