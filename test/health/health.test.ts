// The weekly check through the real command: every verdict on an account and a project with problems.

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { addEvent, addKey, demoKeyValue, sessionActor } from '../../src/demo/index.ts'
import type { HealthReport } from '../../src/health/model.ts'
import { filesBelow, type RunOptions, type Stage, startStage } from '../helpers/account.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../src/health/health.schema.json', import.meta.url), 'utf8'),
)
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

async function check(stage: Stage, cwd: string, args: readonly string[] = [], options: RunOptions = {}) {
  const run = await stage.run(['health', '--format', 'json', ...args], cwd, options)
  if (run.stdout === '') throw new Error(run.stderr)
  const report = JSON.parse(run.stdout) as HealthReport
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true)
  const of = (id: string) => report.checks.find((each) => each.id === id)!
  return { ...run, report, of, text: (id: string) => JSON.stringify(of(id).items) }
}

/** A project in which nothing is wrong, for an account in which nothing is. */
async function wellStage() {
  const stage = await startStage()
  const { account } = stage
  const { staging, backup, readOnlyAdmin } = account.named
  for (const key of account.keys) if (![staging, backup, readOnlyAdmin].includes(key)) key.revokedAt = 1
  const now = Math.floor(Date.now() / 1000)
  Object.assign(staging, { created_at: now - 86_400 })
  Object.assign(backup, { created_at: now - 86_400 })
  readOnlyAdmin.expires_at = now + 60 * 86_400
  account.usage.length = 0
  const signIn = account.events.find(
    ({ type, effective_at }) => type === 'login.succeeded' && effective_at < now - 9 * 86_400,
  )
  account.events.splice(0, account.events.length, signIn!) // the audit log is on
  account.models.length = 0
  account.spendLimit = 4000
  account.alerts.push({
    id: 'a',
    scope: 'organization',
    threshold_amount: 2000,
    notification_channel: { type: 'email', recipients: ['a@example.com'] },
  })
  const repo = makeRepo()
  repo.commit({ '.gitignore': '.env\n' })
  repo.write({ '.env': `OPENAI_API_KEY=${staging.value}\n` })
  chmodSync(join(repo.path, '.env'), 0o600)
  const env = { OPENAI_ADMIN_KEY: readOnlyAdmin.value, OPENAI_API_KEY_BACKUP: backup.value }
  return { stage, repo, env }
}

describe('when all is well', () => {
  it('says so with exit 0, for every check, with a read-only admin key', async () => {
    const { stage, repo, env } = await wellStage()
    const { report, status } = await check(stage, repo.path, [], { env })
    const rest = report.checks.filter((each) => each.verdict !== 'well')
    expect(rest).toEqual([])
    expect([status, report.verdict]).toEqual([0, 'well'])
    expect(stage.server.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('never calls well what it could not check: without an admin key, and with a server in trouble', async () => {
    const { stage, repo, env } = await wellStage()
    const dark = await check(stage, repo.path, [], {
      env: { OPENAI_API_KEY_BACKUP: env.OPENAI_API_KEY_BACKUP },
      noAdmin: true,
    })
    expect(dark.status).toBe(2)
    const unchecked = dark.report.checks.filter((each) => each.verdict === 'not-checked').map(({ id }) => id)
    expect(unchecked).toEqual(['usage', 'limits', 'rotation', 'unused', 'activity', 'models'])
    expect(dark.text('limits')).toContain('set OPENAI_ADMIN_KEY in the environment')
    stage.server.faults.push({ kind: 'html', on: /models/ })
    const broken = await check(stage, repo.path, ['--check', 'validity'], { env })
    expect([broken.status, broken.of('validity').verdict]).toEqual([2, 'not-checked'])
  })

  it('looks at the disk only with --offline, and opens no socket', async () => {
    const { stage, repo, env } = await wellStage()
    const { status, report } = await check(stage, repo.path, ['--offline'], { env })
    expect(status).toBe(0)
    expect(report.checks.map(({ id }) => id)).toEqual([
      'separation',
      'keys-in-code',
      'env-files-in-git',
      'file-modes',
      'public-names',
      'example-files',
    ])
    expect(stage.server.requests).toEqual([])
  })
})

describe('the keys', () => {
  it('sorts dead and useless keys into the four groups, with who did it', async () => {
    const stage = await startStage()
    const { named } = stage.account
    const folder = tempFolder()
    const unlisted = demoKeyValue('project', 77)
    named.old.expires_at = Math.floor(Date.now() / 1000) - 86_400
    named.staging.trouble = 'deactivated'
    named.personal.trouble = 'billing-inactive'
    named.backup.trouble = 'wrong-region'
    writeFileSync(
      join(folder, '.env'),
      [
        `A_OPENAI=${unlisted}`,
        `B_OPENAI=${named.old.value}`,
        `C_OPENAI=${named.archived.value}`,
        `D_OPENAI=${named.staging.value}`,
        `E_OPENAI=${named.personal.value}`,
        `F_OPENAI=${named.backup.value}`,
        '',
      ].join('\n'),
    )
    const { text, of } = await check(stage, folder, ['--check', 'validity,billing'])
    expect(of('validity').verdict).toBe('bad')
    expect(text('validity')).toContain('OpenAI may have disabled it as leaked')
    expect(text('validity')).toContain('unleak respond --env A_OPENAI')
    expect(text('validity')).toContain('Security: it expired on')
    expect(text('validity')).toContain('archived')
    expect(text('validity')).toMatch(/account: its account has been deactivated.*https:\/\/help\.openai\.com/)
    expect(text('validity')).toContain('billing: billing is not active: a payment failed')
    expect(text('validity')).toContain("at its region's own address only")
    expect(text('billing')).toContain('Pay, replace the card, add credit or raise the limit')
    expect(text('billing')).toContain('https://platform.openai.com/settings/organization/billing/overview')
  })

  it('names who deleted keys, and when, by the audit log', async () => {
    const stage = await startStage()
    const { account } = stage
    const gone = addKey(account, { serviceAccount: account.serviceAccounts[0]! }, 'gone')
    account.keys.splice(account.keys.indexOf(gone), 1)
    const actor = sessionActor({ id: 'user_1', email: 'ben@example.com' }, '203.0.113.10')
    const effective_at = Math.floor(Date.now() / 1000) - 3 * 86_400
    addEvent(account, 'api_key.deleted', { actor, details: { id: gone.id }, effective_at })
    const { text } = await check(stage, tempFolder(), ['--check', 'validity'], {
      env: { GONE_OPENAI: gone.value },
    })
    const day = new Date(effective_at * 1000).toISOString().slice(0, 10)
    expect(text('validity')).toContain(`1 deleted key in 90 days, the last on ${day} by ben@example.com`)
  })

  it('names a refusal for money as billing, and tests backup keys when told to', async () => {
    const stage = await startStage()
    const { development, backup } = stage.account.named
    const folder = tempFolder()
    const env = { OPENAI_API_KEY_BACKUP: development.value }
    const refused = await check(stage, folder, ['--check', 'billing,backup', '--spend-test'], { env })
    expect(refused.of('billing').verdict).toBe('bad')
    expect(refused.text('billing')).toContain("the project's hard spend limit is reached")
    const fine = await check(stage, folder, ['--check', 'billing,backup', '--spend-test'], {
      env: { OPENAI_API_KEY_BACKUP: backup.value },
    })
    expect(fine.report.verdict).toBe('well')
    expect(fine.text('backup')).toContain('it works and can spend')
  })

  it('calls a key able to spend only when the request that costs was carried out', async () => {
    const stage = await startStage()
    const { backup } = stage.account.named
    const spend = async () =>
      await check(stage, tempFolder(), ['--check', 'billing,backup', '--spend-test'], {
        env: { OPENAI_API_KEY_BACKUP: backup.value },
      })
    backup.spendTrouble = 'model-gone'
    const gone = await spend()
    expect([gone.of('backup').verdict, gone.text('backup')]).toEqual([
      'attention',
      expect.stringContaining('the model is gone or not allowed'),
    ])
    expect(gone.text('billing')).toContain('whether one can spend, only a request that costs shows')
    backup.spendTrouble = 'server-error'
    const unknown = await spend()
    expect([unknown.of('backup').verdict, unknown.text('backup')]).toEqual([
      'not-checked',
      expect.stringContaining('it is accepted, but whether it can spend is not known'),
    ])
  })

  it('takes a backup key that may not list the models for a working one', async () => {
    const stage = await startStage()
    const { backup } = stage.account.named
    backup.trouble = 'missing-scopes'
    const { of, text } = await check(stage, tempFolder(), ['--check', 'backup'], {
      env: { OPENAI_API_KEY_BACKUP: backup.value },
    })
    expect([of('backup').verdict, text('backup')]).toEqual([
      'well',
      expect.stringContaining('tested now: it is accepted'),
    ])
  })

  it('remembers when the backup was tested, and asks for a test after a month', async () => {
    const stage = await startStage()
    const folder = tempFolder()
    const env = { OPENAI_API_KEY_BACKUP: stage.account.named.backup.value }
    const missing = await check(stage, folder, ['--check', 'backup'])
    expect(missing.text('backup')).toMatch(/there is no backup key.*keep it in a password manager/)
    await check(stage, folder, ['--check', 'backup'], { env })
    const file = join(stage.state, 'health.json')
    const memory = JSON.parse(readFileSync(file, 'utf8')) as { tested: Record<string, string> }
    stage.server.faults.push({ kind: 'html', on: /models/ })
    const today = await check(stage, folder, ['--check', 'backup'], { env })
    expect(today.text('backup')).toContain('last tested today')
    const old = new Date(Date.now() - 40 * 86_400_000).toISOString()
    writeFileSync(
      file,
      JSON.stringify({ tested: Object.fromEntries(Object.keys(memory.tested).map((key) => [key, old])) }),
    )
    const late = await check(stage, folder, ['--check', 'backup'], { env })
    expect([late.of('backup').verdict, late.text('backup')]).toEqual([
      'attention',
      expect.stringContaining('last tested 40 days ago'),
    ])
  })
})

describe('the account', () => {
  it('tells costs, unusual days, limits, ages, unused keys, strangers and models that go away', async () => {
    const stage = await startStage()
    const { of, text, report, status } = await check(stage, tempFolder(), [], {
      env: { OPENAI_API_KEY: stage.account.named.leaked.value },
    })
    expect(status).toBe(1)
    expect(of('usage').verdict).toBe('bad')
    expect(text('usage')).toMatch(
      /this month.*in the same days of the last.*By key: \\"web-production\\".*By model: gpt-5/,
    )
    expect(text('usage')).toContain('https://platform.openai.com/usage')
    expect(text('usage')).toContain('over the budget of $50.00 (the recommended 10 to 50 dollars')
    expect(text('rotation')).toContain('https://platform.openai.com/settings/organization/api-keys')
    expect(text('limits')).toContain('https://platform.openai.com/settings/organization/limits')
    expect(text('usage')).toMatch(/unusual days.*usual are.*Most of it by \\"web-production\\"/)
    expect(text('usage')).toContain('unleak respond --env OPENAI_API_KEY')
    expect(text('limits')).toMatch(/hard limit.*there is none.*soft limit.*no mail is sent/)
    expect(
      of('rotation')
        .items.filter((item) => item.verdict === 'bad')
        .map(({ subject }) => subject.split('"')[1]),
    ).toEqual(["ben's laptop", 'ada quick fix', 'admin'])
    expect(text('unused')).toContain('not used for 200 days')
    expect(text('activity')).toMatch(/mallory|a person was invited/)
    expect(text('activity')).toContain('from an address not seen in the weeks before')
    expect(text('models')).toMatch(/gpt-4o-mini.*goes away on \d{4}-\d{2}-\d{2}, in/)
    expect(report.spend.map(({ currency, days }) => [currency, days.length])).toEqual([['USD', 31]])
    expect(report.keys[0]).toMatchObject({ name: "ben's laptop", ageDays: 400 })
  })

  it('asks nobody to explain the key that a rotation from here made', async () => {
    const stage = await startStage()
    const folder = tempFolder()
    const { id, value } = stage.account.named.staging
    writeFileSync(join(folder, '.env'), `OPENAI_API_KEY=${value}\n`)
    const rotated = await stage.run(['rotate', id, '--confirm'], folder)
    expect(rotated.stdout, rotated.stderr).toContain('1. Make a new key: done')
    const made = async () => {
      const { of } = await check(stage, folder, ['--check', 'activity'])
      return of('activity').items.find(({ subject }) => subject === 'api_key.created')
    }
    expect(await made()).toMatchObject({
      verdict: 'well',
      text: expect.stringContaining('by unleak, from here'),
    })
    rmSync(join(stage.state, 'journals'), { recursive: true })
    expect(await made()).toMatchObject({ verdict: 'attention' })
  })

  it('checks the rest when an archived project does not list its keys, and nothing when a living one does not', async () => {
    const { stage, repo, env } = await wellStage()
    const { archived, staging } = stage.account.named
    stage.server.faults.push({ kind: 'error', status: 403, on: new RegExp(`${archived.project}/api_keys`) })
    const fine = await check(stage, repo.path, ['--check', 'rotation'], { env })
    expect(fine.of('rotation').verdict).toBe('well')
    stage.server.faults.push({ kind: 'error', status: 403, on: new RegExp(`${staging.project}/api_keys`) })
    const blind = await check(stage, repo.path, ['--check', 'rotation'], { env })
    expect([blind.status, blind.of('rotation').verdict]).toEqual([2, 'not-checked'])
  })

  it('does not call an empty audit log quiet, and tells an admin key that is cut off from none', async () => {
    const { stage, repo, env } = await wellStage()
    stage.account.events.length = 0
    const { status, of, text } = await check(stage, repo.path, ['--check', 'activity'], { env })
    expect([status, of('activity').verdict]).toEqual([2, 'not-checked'])
    expect(text('activity')).toContain('it is empty: it may be switched off')
    const cut = { ...env, OPENAI_ADMIN_KEY: 'sk-admin-cut-off' }
    const wrong = await check(stage, repo.path, ['--check', 'activity'], { env: cut })
    expect(wrong.text('activity')).toContain('what OPENAI_ADMIN_KEY holds is not a key of OpenAI')
  })

  it('is measured against the policy of the configuration', async () => {
    const { stage, repo, env } = await wellStage()
    repo.write({
      'unleak.config.yaml':
        'health: { budget: 20, rotateAfterDays: 1, gateway: gateway.example.com, keys: [MY_KEY] }\n',
      '.env': `MY_KEY=${stage.account.named.staging.value}\nOPENAI_BASE_URL=https://api.openai.com/v1\n`,
    })
    const { of, text } = await check(stage, repo.path, ['--check', 'limits,rotation,separation'], { env })
    expect(text('limits')).toContain('stops at $40.00 a month, above your budget of $20.00')
    expect(of('rotation').verdict).toBe('attention')
    expect(text('separation')).toContain('goes to api.openai.com, not to gateway.example.com')
    repo.write({ 'unleak.config.yaml': 'health: { bugdet: 20 }\n' })
    const wrong = await stage.run(['health'], repo.path, { env })
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('has no key "bugdet"')])
  })

  it('tells each currency for itself, adds no two of them, and holds none but dollars against the budget', async () => {
    const { stage, repo, env } = await wellStage()
    const time = Math.floor(Date.now() / 1000)
    const { id: key, project = '' } = stage.account.named.staging
    const use = { time, key, project, kind: 'completions', model: 'gpt-5', inputTokens: 1, outputTokens: 1 }
    stage.account.usage.push(
      { ...use, requests: 1, cost: 4 },
      { ...use, requests: 1, cost: 700.5, currency: 'eur' },
    )
    const { report, of } = await check(stage, repo.path, ['--format', 'markdown=h.md'], { env })
    expect(report.spend.map(({ currency, days }) => [currency, days.at(-1)?.amount])).toEqual([
      ['EUR', 700.5],
      ['USD', 4],
    ])
    const [euros, , dollars] = of('usage').items
    expect([euros?.subject, euros?.verdict]).toEqual(['this month in EUR', 'not-checked'])
    expect(euros?.text).toMatch(/^700\.50 EUR this month.*"staging" 700\.50 EUR.*budget is in dollars/)
    expect([dollars?.subject, dollars?.verdict]).toEqual(['this month in USD', 'well'])
    expect(dollars?.text).toContain('$4.00 this month')
    const markdown = readFileSync(join(repo.path, 'h.md'), 'utf8')
    expect(markdown).toContain('Spent in 31 days: 700.50 EUR;')
    expect(markdown).not.toContain('704.5')
  })

  it('sets limits after a yes, not without', async () => {
    const stage = await startStage()
    const args = ['health', '--fix', 'limits', '--mail', 'ops@example.com', '--budget', '30']
    const asked = await stage.run(args, tempFolder())
    expect([asked.status, asked.stdout]).toEqual([2, expect.stringContaining('Nothing was set')])
    expect(stage.account.spendLimit).toBeUndefined()
    const done = await stage.run([...args, '--yes'], tempFolder())
    expect([done.status, stage.account.spendLimit]).toEqual([0, 3000])
    expect(stage.account.alerts.map((alert) => alert.threshold_amount)).toEqual([1500, 2400])
    const again = await stage.run([...args, '--yes'], tempFolder())
    expect(again.stdout).toContain('The limits are as they should be')
    const admin = { OPENAI_ADMIN_KEY: stage.account.named.readOnlyAdmin.value }
    stage.account.spendLimit = undefined
    const refused = await stage.run([...args, '--yes'], tempFolder(), { env: admin })
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('needs the permission to write'),
    ])
  })
})

describe('separation', () => {
  it("tells keys that share a project or programs, and limits of projects in place of the organization's", async () => {
    const stage = await startStage()
    const { leaked, backup } = stage.account.named
    const folder = tempFolder()
    mkdirSync(join(folder, 'api'))
    mkdirSync(join(folder, 'web'))
    writeFileSync(join(folder, 'api/.env'), `OPENAI_API_KEY=${leaked.value}\n`)
    writeFileSync(join(folder, 'web/.env'), `OPENAI_API_KEY=${leaked.value}\n`)
    const programs = await check(stage, folder, ['--check', 'separation'])
    expect(programs.text('separation')).toContain('one key for several programs')
    writeFileSync(join(folder, 'api/.env'), `OPENAI_API_KEY_PROD=${leaked.value}\n`)
    writeFileSync(join(folder, 'web/.env'), `OPENAI_API_KEY_DEV=${backup.value}\n`)
    for (const project of stage.account.projects) project.spendLimit ??= 500
    const projects = await check(stage, folder, ['--check', 'separation,limits'])
    expect(projects.text('separation')).toContain(
      'keys for production and development are of the same project',
    )
    expect(projects.text('limits')).toContain(
      'each project has its own; together they stop at $16.00 a month',
    )
  })
})

describe('the disk', () => {
  it('finds keys where they do not belong, and env files that others get', async () => {
    const stage = await startStage()
    const { leaked, staging, personal } = stage.account.named
    const repo = makeRepo()
    repo.commit({
      '.env': `OPENAI_API_KEY=${leaked.value}\n`,
      'src/a.ts': `const key = '${personal.value}'\n`,
    })
    repo.write({
      '.env.production': `OPENAI_API_KEY=${leaked.value}\n`,
      '.env.staging': `OPENAI_API_KEY=${leaked.value}\nVITE_OPENAI_KEY=${staging.value}\n`,
      '.env.example': `OPENAI_API_KEY=${staging.value}\n`,
    })
    const { text, of, status } = await check(stage, repo.path, ['--offline'])
    expect(status).toBe(1)
    expect(of('separation').verdict).toBe('bad')
    expect(text('separation')).toContain('the same key in production and staging')
    expect(text('keys-in-code')).toContain('src/a.ts:1')
    expect(text('env-files-in-git')).toContain('git tracks it, since')
    expect(text('env-files-in-git')).toContain('git does not ignore it')
    expect(text('file-modes')).toContain('chmod 600')
    expect(text('public-names')).toContain('VITE_OPENAI_KEY is copied into what every visitor')
    expect(text('example-files')).toContain('has the real value of .env.staging')
  })

  it('warns of an admin key in an env file', async () => {
    const stage = await startStage()
    const folder = tempFolder()
    writeFileSync(join(folder, '.env.production'), `OPENAI_API_KEY=${stage.account.named.admin.value}\n`)
    expect((await check(stage, folder, ['--offline'])).text('separation')).toContain(
      'an admin key, which opens the whole organization',
    )
  })
})

describe('what leaves', () => {
  it('holds no secret, in any format, file, log or message', async () => {
    const stage = await startStage()
    const { account } = stage
    const folder = tempFolder()
    const owner = account.serviceAccounts[0]!
    addKey(account, { serviceAccount: owner }, account.named.old.value) // somebody named a key after a key
    writeFileSync(join(folder, '.env'), account.keys.map((key, i) => `K${i}_OPENAI=${key.value}\n`).join(''))
    const messages: string[] = []
    const hook = createServer(async (request, response) => {
      for await (const part of request) messages.push(String(part))
      response.end('ok')
    })
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/services/T000/very-secret-path`
    const run = await stage.run(
      [
        'health',
        '--verbose',
        '--format',
        'text',
        '--format',
        'json=h.json',
        '--format',
        'html=h.html',
        '--format',
        'markdown=h.md',
        '--notify',
        'HOOK',
        '--audit-log',
        'http.log',
      ],
      folder,
      { env: { HOOK: url } },
    )
    hook.close()
    expect(run.stderr).toContain('the webhook has the news')
    expect(JSON.parse(messages.join('')).text).toContain('API key health:')
    const files = [...filesBelow(folder), ...filesBelow(stage.state)].filter((file) => !file.endsWith('.env'))
    const all = [
      run.stdout,
      run.stderr,
      messages.join(''),
      ...files.map((file) => readFileSync(file, 'utf8')),
    ].join('\n')
    expect(all).not.toContain('very-secret-path')
    for (const { value } of account.keys)
      expect(leaksBeyond(all, value, `${value.slice(0, 12)}…${value.slice(-8)}`)).toEqual([])
  })

  it('takes names only: never a key or an address on the command line', async () => {
    const stage = await startStage()
    const key = stage.account.named.leaked.value
    for (const args of [
      ['--key', key],
      ['--notify', 'https://hooks.slack.com/services/x'],
      ['--check', 'nothing'],
      ['--budget', 'much'],
      ['--format', 'pdf'],
      ['--offline', '--spend-test'],
    ]) {
      const run = await stage.run(['health', ...args], tempFolder())
      expect([run.status, run.stdout]).toEqual([2, ''])
      expect(leaksBeyond(run.stderr, key, 'sk-svcacct-…')).toEqual([])
    }
    expect(stage.server.requests).toEqual([])
  })

  it('prints an issue with its title first, and HTML that loads nothing', async () => {
    const stage = await startStage()
    const issue = await stage.run(['health', '--issue'], tempFolder())
    expect(issue.stdout).toMatch(/^API key health: \d+ bad, \d+ to look at\n\n# API key health/)
    expect(issue.stdout).not.toMatch(/@example/) // nobody is mentioned
    const html = (await stage.run(['health', '--format', 'html'], tempFolder())).stdout
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|<img|<link|src=|@import|url\(/)
    expect(html.match(/<rect class="bar"/g)).toHaveLength(2 * 31) // drawn for a page and for a phone
  })
})
