// The response through the real command, over real HTTP, with and without an admin key.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { addKey, demoKeyValue } from '../../src/demo/index.ts'
import { filesBelow, recordingProgram, type Stage, startStage } from '../helpers/account.ts'
import { githubToken } from '../helpers/keys.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'
import { idOf } from './helpers.ts'

const schema = JSON.parse(
  readFileSync(new URL('../../src/respond/incident.schema.json', import.meta.url), 'utf8'),
)
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)

const WORKFLOW = 'env:\n  OPENAI_API_KEY: $' + '{{ secrets.OPENAI_API_KEY }}\n'
const flat = (text: string) => text.replace(/\s+/g, ' ')

function project(stage: Stage, files: Record<string, string> = {}) {
  const repo = makeRepo()
  const key = stage.account.named.leaked.value
  repo.commit({ '.gitignore': '.env*\n', 'README.md': 'x\n' })
  repo.write({ '.env': `OPENAI_API_KEY=${key}\n`, ...files })
  return { repo, key, id: idOf(key), env: () => readFileSync(join(repo.path, '.env'), 'utf8') }
}

const changing = (stage: Stage) => stage.server.requests.filter(({ method }) => method !== 'GET')

describe('a dry run', () => {
  it('prints the exact plan and changes nothing anywhere', async () => {
    const stage = await startStage()
    const { repo, id, env, key } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const run = await stage.run(['respond', id], repo.path)
    expect(run.status).toBe(1)
    expect(flat(run.stdout)).toContain('Whose: "web-production" (key_')
    expect(flat(run.stdout)).toContain(
      'Make a new key on the same service account, "web", and write it to OPENAI_API_KEY in .env at once',
    )
    expect(run.stdout).toContain('gh secret set OPENAI_API_KEY')
    expect(run.stdout).toContain(`unleak respond ${id} --confirm`)
    expect(changing(stage)).toEqual([])
    expect(env()).toBe(`OPENAI_API_KEY=${key}\n`)
    expect(filesBelow(stage.state)).toEqual([])
  })

  it('takes the key from standard input, a variable and a report too, never from the command line', async () => {
    const stage = await startStage()
    const { repo, id, key } = project(stage)
    const byStdin = await stage.run(['respond', '-'], repo.path, { input: `${key}\n` })
    const byName = await stage.run(['respond', '--env', 'OPENAI_API_KEY'], repo.path)
    await stage.run(['scan', '.env', '--format', 'json=report.json'], repo.path)
    const byReport = await stage.run(['respond', '--report', 'report.json'], repo.path)
    for (const run of [byStdin, byName, byReport])
      expect(run.stdout, run.stderr).toContain(`unleak respond ${id}`)
    const byArgument = await stage.run(['respond', key], repo.path)
    expect(byArgument.status).toBe(2)
    expect(byArgument.stderr).toContain('Never type a key on a command line')
    expect(leaksBeyond(byArgument.stderr, key, 'sk-svcacct-…')).toEqual([])
  })
})

describe('applied', () => {
  it('replaces, updates, revokes, proves, counts and reports; again it finds all of it done', async () => {
    const stage = await startStage()
    const { repo, id, env, key } = project(stage)
    const billed = stage.account.usage.findLast((use) => use.key === stage.account.named.leaked.id)!
    stage.account.usage.push({ ...billed, cost: 12.5, currency: 'eur' })
    const run = await stage.run(
      [
        'respond',
        id,
        '--confirm',
        '--since',
        new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10),
      ],
      repo.path,
    )
    expect(run.stdout, run.stderr).toContain('The key is dead, and its successor is in place.')
    expect(run.status).toBe(0)
    const next = /OPENAI_API_KEY=(.*)\n/.exec(env())?.[1]
    expect(stage.account.keys.find((each) => each.value === next)?.revokedAt).toBeUndefined()
    expect(next).not.toBe(key)
    const report = JSON.parse(readFileSync(join(stage.state, 'incidents', `${id}.json`), 'utf8'))
    expect(report).toMatchObject({
      schema: 'unleak-incident/1',
      id,
      state: 'done',
      title: 'OpenAI service-account API key',
    })
    expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true)
    expect(report.damage.costs[1]).toEqual({ amount: 12.5, currency: 'EUR' })
    expect(report.damage.costs[0]).toMatchObject({ amount: expect.any(Number), currency: 'USD' })
    expect(report.damage.costs[0].amount).toBeGreaterThan(100)
    expect(flat(run.stdout)).toMatch(/It cost \$\d+\.\d\d and 12\.50 EUR in the \d days/)
    expect(report.damage.requests).toBeGreaterThan(1000)
    const tell =
      'Tell your team: who has the old key in a file of their own, a notebook or a chat needs the new one from a password manager.'
    expect(flat(run.stdout)).toContain(tell)
    const update = report.steps.find((each: { id: string }) => each.id === 'update')
    expect(update.todo.map((each: { text: string }) => each.text)).toContain(tell)
    const texts = report.timeline.map((each: { text: string }) => each.text)
    expect(texts.join('\n')).toMatch(
      /invited mallory@example.net as owner[\s\S]*A new key is made[\s\S]*revoked[\s\S]*dead/,
    )
    const changes = changing(stage).length
    const again = await stage.run(['respond', id, '--confirm'], repo.path)
    expect(again.status, again.stdout + again.stderr).toBe(0)
    expect(changing(stage).length).toBe(changes)
    expect(stage.account.misdeeds).toEqual([])
  })

  it('reveals no secret in outputs, journal, reports, logs, arguments or other files', async () => {
    const stage = await startStage()
    const gh = recordingProgram('gh')
    const { repo, id, key } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const options = { env: { PATH: gh.path } }
    const run = await stage.run(
      [
        'respond',
        id,
        '--confirm',
        '--run-remote',
        '--audit-log',
        'http.log',
        '--format',
        'json=i.json',
        '--format',
        'markdown=i.md',
      ],
      repo.path,
      options,
    )
    expect(run.status, run.stdout + run.stderr).toBe(0)
    const next = gh.stdin()
    expect(stage.account.keys.some((each) => each.value === next)).toBe(true)
    const mayHold = (file: string) => file.includes('/backups/') || file.endsWith('/.env')
    const files = [...filesBelow(repo.path), ...filesBelow(stage.state)].filter((file) => !mayHold(file))
    const texts = [
      run.stdout,
      run.stderr,
      gh.argv(),
      ...files.map((file) => readFileSync(file, 'latin1')),
    ].join('\n')
    for (const secret of [key, next, stage.account.named.admin.value])
      expect(leaksBeyond(texts, secret, `${secret.slice(0, 11)}…${secret.slice(-4)}`)).toEqual([])
    for (const file of filesBelow(stage.state)) expect(statSync(file).mode & 0o077, file).toBe(0)
  })

  it('stops without revoking when the new key can not be written, and deletes it again', async () => {
    const stage = await startStage()
    const { repo, id, env, key } = project(stage, { '.env.unleak-tmp/taken': '' })
    const before = stage.account.keys.length
    const run = await stage.run(['respond', id, '--confirm'], repo.path)
    expect(run.status).toBe(1)
    expect(flat(run.stdout)).toContain(
      'the new key was deleted again): no new key was made, and nothing was revoked',
    )
    expect(env()).toBe(`OPENAI_API_KEY=${key}\n`)
    expect(stage.account.keys.slice(before).every((each) => each.revokedAt !== undefined)).toBe(true)
    expect(stage.account.named.leaked.revokedAt).toBeUndefined()
  })

  it('waits and contains when production elsewhere still has the key, and revokes on demand', async () => {
    const stage = await startStage()
    const { repo, id } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const first = await stage.run(['respond', id, '--confirm'], repo.path)
    expect(first.status).toBe(1)
    expect(flat(first.stdout)).toContain('Not revoked yet: one place elsewhere may still use the old key')
    const { leaked } = stage.account.named
    expect(leaked.revokedAt).toBeUndefined()
    expect(leaked.expires_at! * 1000 - Date.now()).toBeLessThanOrEqual(3_600_000)
    const second = await stage.run(['respond', id, '--confirm', '--revoke-now'], repo.path)
    expect(second.stdout).toContain('OpenAI refuses it: it is dead.')
    expect(leaked.revokedAt).toBeDefined()
  })

  it('says which remote command failed and goes on from there', async () => {
    const stage = await startStage()
    const { repo, id } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const broken = recordingProgram('gh', 4)
    const first = await stage.run(['respond', id, '--confirm', '--run-remote'], repo.path, {
      env: { PATH: broken.path },
    })
    expect(flat(first.stdout)).toContain('`gh secret set OPENAI_API_KEY` failed: status 4')
    expect(stage.account.named.leaked.revokedAt).toBeUndefined()
    const gh = recordingProgram('gh')
    const second = await stage.run(['respond', id, '--confirm', '--run-remote'], repo.path, {
      env: { PATH: gh.path },
    })
    expect(second.status, second.stdout).toBe(0)
    expect(gh.stdin()).toBe(broken.stdin())
  })

  it('puts everything back on --undo, and refuses once the old key is revoked', async () => {
    const stage = await startStage()
    const { repo, id, env, key } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const before = stage.account.keys.length
    await stage.run(['respond', id, '--confirm'], repo.path)
    const undone = await stage.run(['respond', id, '--undo'], repo.path)
    expect(undone.stdout).toContain('.env is as it was.')
    expect(env()).toBe(`OPENAI_API_KEY=${key}\n`)
    expect(stage.account.keys.slice(before).every((each) => each.revokedAt !== undefined)).toBe(true)
  })
})

describe('whose key it is', () => {
  it('asks when several listed keys look alike, and takes --key-id for an answer', async () => {
    const stage = await startStage()
    const { repo, id, key } = project(stage)
    const { account } = stage
    const twin = demoKeyValue('service-account', 999)
    const owner = account.serviceAccounts.find((each) => each.project === account.named.leaked.project)!
    addKey(account, { serviceAccount: owner }, 'twin', { value: twin.slice(0, -4) + key.slice(-4) })
    const run = await stage.run(['respond', id, '--confirm'], repo.path)
    expect(run.status).toBe(1)
    expect(flat(run.stdout)).toContain('2 keys look like it; choose with --key-id')
    expect(account.named.leaked.revokedAt).toBeUndefined()
    const chosen = await stage.run(
      ['respond', id, '--confirm', '--key-id', account.named.leaked.id],
      repo.path,
    )
    expect(chosen.status, chosen.stdout).toBe(0)
    expect(account.keys.find((each) => each.name === 'twin')?.revokedAt).toBeUndefined()
    expect(account.named.leaked.revokedAt).toBeDefined()
  })

  it('gives exact instructions without an admin key, and goes on with a key made by hand', async () => {
    const stage = await startStage()
    const { repo, id, env } = project(stage, { '.github/workflows/ci.yml': WORKFLOW })
    const planned = await stage.run(['respond', id], repo.path, { noAdmin: true })
    expect(flat(planned.stdout)).toMatch(/Before all else, .* > Delete the key that ends in .* The plan:/)
    const run = await stage.run(['respond', id, '--confirm'], repo.path, { noAdmin: true })
    expect(run.status).toBe(1)
    expect(run.stdout).toContain('https://platform.openai.com/settings/organization/api-keys')
    expect(run.stdout).toContain('--new-key-env NEW_KEY --confirm')
    expect(changing(stage)).toEqual([])
    const left = flat(run.stdout.slice(run.stdout.indexOf('Left for you')))
    expect(left).toMatch(/^Left for you: 1\. Delete the key that ends in/) // it works until somebody does
    expect(left).toContain('Look for costs that you can not explain. https://platform.openai.com/settings/')
    expect(left).toContain('Go through the usage since the leak. https://platform.openai.com/usage')
    expect(left).not.toMatch(/--run-remote|--filled/) // there is no key yet to fill anything with
    expect(flat(run.stdout)).toContain('1. Make a new key: by hand There is no admin key')
    const next = stage.account.named.staging.value
    stage.account.named.leaked.revokedAt = Math.floor(Date.now() / 1000)
    const second = await stage.run(['respond', id, '--confirm', '--new-key-env', 'NEW_KEY'], repo.path, {
      noAdmin: true,
      env: { NEW_KEY: next },
    })
    expect(env()).toBe(`OPENAI_API_KEY=${next}\n`)
    expect(second.stdout).toContain('OpenAI refuses it: it is dead.')
  })

  it('does not delete the admin key that it acts with, unless told to', async () => {
    const stage = await startStage()
    const { repo } = project(stage)
    const key = stage.account.named.admin.value
    const run = await stage.run(['respond', '-', '--confirm'], repo.path, { input: key })
    expect(flat(run.stdout)).toContain('It is the admin key that this program acts with')
    const now = await stage.run(['respond', '-', '--confirm', '--revoke-now'], repo.path, { input: key })
    expect(flat(now.stdout)).toContain('OpenAI refuses it: it is dead.')
  })

  it('names the page for a key of the first kind, which only its owner can delete', async () => {
    const stage = await startStage()
    const { repo } = project(stage)
    const run = await stage.run(['respond', '-'], repo.path, { input: stage.account.named.legacy.value })
    expect(run.stdout).toContain('https://platform.openai.com/settings/profile/api-keys')
  })

  it('answers other providers with their own pages, and sends their secrets nowhere', async () => {
    const stage = await startStage()
    const repo = makeRepo()
    repo.write({ 'a.txt': `token = ${githubToken(5)}\n` })
    const run = await stage.run(['respond'], repo.path)
    expect(run.stdout, run.stderr).toContain('https://github.com/settings/tokens')
    expect(stage.server.requests).toEqual([])
  })
})

describe('history', () => {
  it('writes the replacement file only when asked to, for its owner only', async () => {
    const stage = await startStage()
    const key = stage.account.named.leaked.value
    const repo = makeRepo()
    repo.commit({ 'config.ts': `export const apiKey = '${key}'\n` })
    const id = idOf(key)
    const file = join(stage.state, 'filter-repo', `${id}.txt`)
    const first = await stage.run(['respond', id, '--confirm'], repo.path)
    expect(first.stdout).toContain('--filter-repo --confirm')
    expect(existsSync(file)).toBe(false)
    const second = await stage.run(['respond', id, '--confirm', '--filter-repo'], repo.path)
    expect(readFileSync(file, 'utf8')).toBe(`literal:${key}==>REMOVED-${id}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(flat(second.stdout)).toContain('It does not mend: clones, forks and caches of others')
    expect(second.stdout).toContain('config.ts:1: take the key out')
  })

  it('says when a part of the history could not be read', async () => {
    const stage = await startStage()
    const key = stage.account.named.leaked.value
    const origin = makeRepo()
    origin.commit({ 'a.ts': `const key = '${key}'\n` })
    origin.commit({ 'b.ts': '1\n' })
    const folder = tempFolder()
    origin.git('clone', '-q', '--depth', '1', `file://${origin.path}`, join(folder, 'clone'))
    const run = await stage.run(['respond', idOf(key)], join(folder, 'clone'))
    expect(run.stderr).toContain('a part of the history could not be read')
    expect(run.status).toBe(1)
  })

  it('lists what was found when no id is given, and says so when there is nothing', async () => {
    const stage = await startStage()
    const folder = tempFolder()
    const none = await stage.run(['respond'], folder)
    expect(none.status).toBe(2)
    expect(none.stderr).toContain('nothing was found here')
    writeFileSync(
      join(folder, 'a.ts'),
      `const a = '${stage.account.named.leaked.value}'\nconst b = '${stage.account.named.staging.value}'\n`,
    )
    const many = await stage.run(['respond'], folder)
    expect(many.stderr).toContain('2 secrets were found; say which')
    expect(many.stderr).toContain(`unleak respond ${idOf(stage.account.named.leaked.value)}`)
  })
})
