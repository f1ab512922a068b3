// What happens beside a response: another run, a person at the same file, an account that answers late or not at all.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addKey, demoKeyValue } from '../../src/demo/index.ts'
import { createHttp, systemClock } from '../../src/http/index.ts'
import { sealKey } from '../../src/places/key.ts'
import { findingOfKey } from '../../src/respond/find-key.ts'
import type { Case } from '../../src/respond/model.ts'
import { openCase } from '../../src/respond/open.ts'
import { runResponse } from '../../src/respond/run.ts'
import { type Stage, startStage } from '../helpers/account.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'
import { idOf } from './helpers.ts'

const flat = (text: string) => text.replace(/\s+/g, ' ')

async function setUp(file = '.env') {
  const stage = await startStage()
  const repo = makeRepo()
  const key = stage.account.named.leaked
  repo.commit({ '.gitignore': '.env*\n' })
  repo.write({ [file]: `OPENAI_API_KEY=${key.value}\n` })
  const env = () => readFileSync(join(repo.path, file), 'utf8')
  const made = () => stage.account.keys.filter(({ name }) => name.includes('(unleak '))
  return { stage, repo, key, env, made, id: idOf(key.value) }
}

interface Asked {
  readonly value?: string
  /** When the first commit that held it was made. */
  readonly date?: string
  readonly contain?: boolean
}

/** The case as the command opens it, before anybody has said yes. */
async function open(stage: Stage, root: string, asked: Asked = {}): Promise<Case> {
  const { value = stage.account.named.leaked.value, date, contain = false } = asked
  const introduced = date === undefined ? null : { commit: 'c0ffee', author: 'Ada', date }
  return await openCase({
    finding: {
      ...(await findingOfKey(sealKey(value))),
      history: { introduced, removed: null, atHead: true, refs: [], published: [] },
    },
    root,
    stateDir: stage.state,
    adminKey: sealKey(stage.account.named.admin.value),
    givenKey: undefined,
    keyId: undefined,
    named: [],
    since: undefined,
    http: createHttp(),
    baseUrl: stage.server.url,
    clock: systemClock,
    options: {
      contain,
      revokeNow: false,
      runRemote: false,
      noReplace: contain,
      filterRepo: false,
      filled: [],
    },
    choose: undefined,
    askFilled: undefined,
    person: async () => 'nobody',
  })
}

/** What each step of a response said, as one text. */
async function respond(stage: Stage, root: string, asked: Asked = {}): Promise<string> {
  const { results } = await runResponse(await open(stage, root, asked))
  return results.flatMap(({ lines }) => lines).join(' ')
}

describe('beside another run', () => {
  it('does nothing when the other has carried out the plan since it was shown', async () => {
    const { stage, repo, made, env } = await setUp()
    const [first, second] = [await open(stage, repo.path), await open(stage, repo.path)]
    expect((await runResponse(first)).state).toBe('done')
    const after = env()
    await expect(runResponse(second)).rejects.toThrow('another run has worked on this key meanwhile')
    expect(made()).toHaveLength(1)
    expect(env()).toBe(after)
  })

  it('deletes the new key when somebody has put another one into the file meanwhile', async () => {
    const { stage, repo, key, made, env } = await setUp('.env.production')
    const incident = await open(stage, repo.path)
    const theirs = `OPENAI_API_KEY=${stage.account.named.staging.value}\n`
    repo.write({ '.env.production': theirs })
    const { results, state } = await runResponse(incident)
    expect(results[0]).toMatchObject({ id: 'replace', state: 'stopped' })
    expect(results[0]!.lines.join(' ')).toContain('holds another key by now (the new key was deleted again)')
    expect(state).toBe('open')
    expect(made().map(({ revokedAt }) => revokedAt !== undefined)).toEqual([true])
    expect(key.revokedAt).toBeUndefined()
    expect(env()).toBe(theirs)
  })
})

describe('undone', () => {
  it('can be undone twice, and begun again to its end', async () => {
    const { stage, repo, key, env, id, made } = await setUp('.env.production')
    repo.write({ 'vercel.json': '{}\n', '.github/workflows/ci.yml': WORKFLOW })
    await stage.run(['respond', id, '--confirm'], repo.path)
    expect(env()).not.toContain(key.value)
    for (const _ of [1, 2]) {
      const undone = await stage.run(['respond', id, '--undo'], repo.path)
      expect(undone.status, undone.stderr).toBe(1)
      expect(env()).toBe(`OPENAI_API_KEY=${key.value}\n`)
    }
    const again = await stage.run(['respond', id, '--confirm', '--revoke-now'], repo.path)
    expect(again.stdout, again.stderr).toContain('OpenAI refuses it: it is dead.')
    expect(
      made()
        .filter(({ revokedAt }) => revokedAt === undefined)
        .map(({ value }) => value),
    ).toEqual([env().slice('OPENAI_API_KEY='.length).trim()])
    expect(key.revokedAt).toBeDefined()
  })

  it('goes back to no key that is dead, and says when one ends all the same', async () => {
    const { stage, repo, key, env, id } = await setUp('.env.production')
    repo.write({ '.github/workflows/ci.yml': WORKFLOW })
    await stage.run(['respond', id, '--confirm'], repo.path)
    const now = env()
    key.revokedAt = 1
    const refused = await stage.run(['respond', id, '--undo'], repo.path)
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('the old key is dead already'),
    ])
    expect(env()).toBe(now)
    delete key.revokedAt
    const undone = await stage.run(['respond', id, '--undo'], repo.path)
    expect(undone.stdout).toMatch(/The leaked key ends at \S+ \S+ UTC all the same/)
  })

  it('puts back a file outside the project too, also where OpenAI deletes no key of a service account', async () => {
    const { stage, repo, key, id, made } = await setUp('.env.production')
    stage.account.refusesServiceKeyDeletion = true
    repo.write({ '.github/workflows/ci.yml': WORKFLOW })
    const outside = join(tempFolder(), '.env')
    writeFileSync(outside, `OPENAI_API_KEY=${key.value}\n`)
    await stage.run(['respond', id, '--confirm', '--target', outside], repo.path)
    expect(readFileSync(outside, 'utf8')).not.toContain(key.value)
    const undone = await stage.run(['respond', id, '--undo'], repo.path)
    expect(undone.status, undone.stderr).toBe(1)
    expect(readFileSync(outside, 'utf8')).toBe(`OPENAI_API_KEY=${key.value}\n`)
    expect(made().map(({ expires_at }) => (expires_at ?? Infinity) * 1000 <= Date.now() + 2000)).toEqual([
      true,
    ])
  })
})

const WORKFLOW = 'env:\n  OPENAI_API_KEY: $' + '{{ secrets.OPENAI_API_KEY }}\n'

describe('an account in doubt', () => {
  it('leaves alone a key that only looks like one of another organization', async () => {
    const { stage, repo, key } = await setUp()
    const value = demoKeyValue('service-account', 4711).slice(0, -4) + key.value.slice(-4)
    const foreign = {
      ...key,
      id: 'key_elsewhere',
      value,
      project: 'proj_elsewhere',
      organization: 'org-other',
    }
    stage.account.keys.push(foreign)
    repo.write({ '.env': `OPENAI_API_KEY=${value}\n` })
    const said = await respond(stage, repo.path, { value })
    const why = 'It belongs to the organization org-other, and OPENAI_ADMIN_KEY opens'
    expect(said.split(why)).toHaveLength(2) // once, in the step that revokes, not in each
    expect([key.revokedAt, key.expires_at]).toEqual([undefined, null])
    expect(stage.server.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  it('finds and deletes a key whose making was never answered, also when one is made by hand then', async () => {
    const { stage, repo, key, id } = await setUp()
    const before = stage.account.keys.length
    stage.server.faults.push({ kind: 'drop', on: /POST .*api_keys/, times: 1 })
    const first = await stage.run(['respond', id, '--confirm', '--contain'], repo.path)
    expect(flat(first.stdout)).toContain('It is not known whether OpenAI made the key')
    const owner = stage.account.serviceAccounts.find((each) => each.project === key.project)!
    const orphan = addKey(stage.account, { serviceAccount: owner }, `${key.name} (unleak ${id.slice(0, 8)})`)
    const byHand = addKey(stage.account, { serviceAccount: owner }, 'by hand')
    const second = await stage.run(['respond', id, '--confirm', '--new-key-env', 'NEW_KEY'], repo.path, {
      env: { NEW_KEY: byHand.value },
    })
    expect(second.stdout, second.stderr).toContain('The key is dead, and its successor is in place.')
    expect(orphan.revokedAt).toBeDefined()
    expect(byHand.revokedAt).toBeUndefined()
    expect(stage.account.keys.length).toBe(before + 2)
  })

  it('never lets a key live longer by containing it', async () => {
    const { stage, repo, key } = await setUp()
    const soon = Math.floor(Date.now() / 1000) + 600
    key.expires_at = soon
    expect(await respond(stage, repo.path, { contain: true })).toContain('It expires by itself at')
    expect(key.expires_at).toBe(soon)
  })

  it.each(['2001-01-01T00:00:00Z', '2090-01-01T00:00:00Z'])(
    'looks back no further than the key is old, and no later than now, for a commit of %s',
    async (date) => {
      const { stage, repo, key } = await setUp()
      await respond(stage, repo.path, { date, contain: true })
      const asked = stage.server.requests.find(({ path }) => path.includes('/organization/costs'))
      const start = Number(new URLSearchParams(asked?.path.split('?')[1]).get('start_time'))
      const first = date < '2026' ? key.created_at : Date.now() / 1000
      expect(start).toBe(Math.floor(first / 86_400) * 86_400)
    },
  )

  it('does not call an audit log clean that is empty', async () => {
    const { stage, repo } = await setUp()
    stage.account.events.push = () => 0
    stage.account.events.length = 0
    const said = await respond(stage, repo.path)
    expect(said).toContain('The audit log is empty, though this response itself belongs in it')
  })
})

describe('rotation', () => {
  it('says what it could not ask, as trouble and not as a bug', async () => {
    const { stage, repo, key } = await setUp()
    stage.server.faults.push({ kind: 'html', on: /projects/, status: 403 })
    const run = await stage.run(['rotate', key.id, '--confirm'], repo.path)
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain('the account could not be asked')
    expect(run.stderr).not.toContain('bug')
  })

  it('does not forget the old key when what was kept of it is gone', async () => {
    const { stage, repo, key } = await setUp()
    const args = ['rotate', '--env', 'OPENAI_API_KEY', '--confirm']
    const first = await stage.run(args, repo.path)
    expect(first.status, first.stderr).toBe(0)
    const backups = join(stage.state, 'backups')
    expect(existsSync(backups)).toBe(true)
    rmSync(backups, { recursive: true })
    const second = await stage.run([...args, '--if-older', '90'], repo.path)
    expect(second.status).toBe(2)
    expect(second.stderr).toContain(
      `this key took the place of "${key.name}" (${key.id}), which was not revoked`,
    )
  })
})
