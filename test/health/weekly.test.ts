import { existsSync, readdirSync, readFileSync } from 'node:fs'
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

  it('writes a job for a pipeline schedule where GitLab is, and says what is left to do there', () => {
    const repo = makeRepo()
    repo.write({ '.gitlab-ci.yml': 'stages: [test]\n' })
    const run = unleak(['init', '--weekly'], repo.path)
    expect([run.status, run.stdout]).toEqual([0, expect.stringContaining('Pipeline schedules: 17 6 * * 1')])
    const job = parse(readFileSync(join(repo.path, '.gitlab/unleak-health.yml'), 'utf8'))['unleak-health']
    expect(job.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "schedule" && $UNLEAK_HEALTH == "1"' }])
    expect(job.script[0]).toMatch(/unleak@\S+ health /)
    expect(job.artifacts.access).toBe('developer')
    expect(unleak(['init', '--weekly', '--remove'], repo.path).stdout).toContain('is removed')
  })

  it('prints lines for cron and systemd, and writes nothing', () => {
    const repo = makeRepo()
    const cron = unleak(['init', '--weekly=cron'], repo.path)
    expect(cron.stdout).toMatch(/^17 6 \* \* 1 .*npx unleak health/m)
    expect(unleak(['init', '--weekly=systemd'], repo.path).stdout).toContain('OnCalendar=Mon 06:17')
    expect(unleak(['init', '--weekly=jenkins'], repo.path).status).toBe(2)
    expect(readdirSync(repo.path)).toEqual(['.git'])
  })

  it('leaves a file of others alone', () => {
    const repo = makeRepo()
    repo.write({ [WEEKLY_FILE]: 'name: mine\n' })
    const run = unleak(['init', '--weekly'], repo.path)
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('left alone')])
    expect(readFileSync(join(repo.path, WEEKLY_FILE), 'utf8')).toBe('name: mine\n')
  })
})
