// Users, passwords and hosts of URLs and connection strings: real, doubtful, placeholder.
import { describe, expect, it } from 'vitest'
import { basicAuth } from '../../../src/filters/proofs/basic-auth.ts'
import { connectionString } from '../../../src/filters/proofs/connection-string.ts'
import { urlCredentials } from '../../../src/filters/proofs/url-credentials.ts'
import { candidate } from './candidates.ts'

const judge = (user: string, password: string, host: string) =>
  urlCredentials.check(candidate(password, { groups: { user, host } }))

describe('url-credentials', () => {
  it.each([
    ['app', 'k9Zr2vQ7xT', 'db.acme.dev:5432'],
    ['app', 'hunter2', 'db.acme.dev'],
    ['', 'k9Zr2vQ7xT', '10.1.2.3:6379'],
    ['app', 'correct-horse-battery', 'db.acme.dev'],
    ['app', 'p%40ss%2Fw0rdZ', 'db.acme.dev'],
    ['admin', 'Passage4711', 'cluster0.ab1cd.mongodb.net'],
  ])('keeps %s:%s@%s', (user, password, host) => {
    expect(judge(user, password, host).verdict).toBe('silent')
  })

  it.each([
    ['user', 'password', 'db.acme.dev'],
    ['user', 'pass', 'acme.dev'],
    ['app', 'your_password', 'db.acme.dev'],
    ['app', 'my-secret-password', 'db.acme.dev'],
    ['app', 'changeme', 'db.acme.dev'],
    ['app', 'xxxxxxxx', 'db.acme.dev'],
    ['app', '********', 'db.acme.dev'],
    ['app', '$PASSWORD', 'db.acme.dev'],
    ['app', '$(cat', 'db.acme.dev'],
    ['app', '%s', 'db.acme.dev'],
    ['app', '%(password)s', 'db.acme.dev'],
    ['app', 'DB_PASSWORD', 'db.acme.dev'],
    ['app', '[YOUR-PASSWORD]', 'db.acme.dev'],
    ['app', 'config.password', 'db.acme.dev'],
    ['app', 'k9Zr2vQ7xT', '$HOST'],
    ['app', 'k9Zr2vQ7xT', '%s'],
    ['root', 'root', 'localhost'],
    ['postgres', 'postgres', 'db'],
    ['guest', 'guest', 'rabbitmq:5672'],
    ['app', 'hunter2', 'localhost:5432'],
    ['app', 's3cr3t', 'db.example.com'],
    ['app', 'tiger', '127.0.0.1'],
    ['scott', 'tiger', '192.168.0.134'],
    ['x', 'y', 'example.com'],
  ])('drops %s:%s@%s', (user, password, host) => {
    expect(judge(user, password, host).verdict).toBe('refuted')
  })

  it.each([
    ['app', 'k9Zr2vQ7xTw1', 'localhost'],
    ['app', 'k9Zr2vQ7xTw1', 'db'],
    ['app', 'k9Zr2vQ7xTw1', 'db.example.com'],
    ['root', 'root', 'db.acme.dev'],
  ])('doubts %s:%s@%s', (user, password, host) => {
    expect(judge(user, password, host)).toMatchObject({ verdict: 'doubtful', confidence: 'low' })
  })

  it('never tells the password', () => {
    expect(JSON.stringify(judge('app', 'k9Zr2vQ7xTw1', 'localhost'))).not.toContain('k9Zr2vQ7xTw1')
  })
})

describe('connection-string', () => {
  const check = (before: string, password: string, after: string) =>
    connectionString.check(candidate(password, { before, after })).verdict

  it('reads server and user from the pairs around it', () => {
    expect(check('Server=tcp:sql.acme.dev,1433;User ID=app;Password=', 'k9Zr2vQ7xT', ';Encrypt=True')).toBe(
      'silent',
    )
    expect(check('Server=localhost;User ID=sa;Password=', 'simple1', ';')).toBe('refuted')
    expect(check('Server=(localdb)\\x;User ID=sa;Password=', 'simple1', ';')).toBe('refuted')
    expect(check('User ID=sa;Password=', 'password', ';Data Source=sql.acme.dev')).toBe('refuted')
  })
})

describe('basic-auth', () => {
  const check = (text: string) => basicAuth.check(candidate(Buffer.from(text).toString('base64'))).verdict

  it('wants user:password inside', () => {
    expect(check('ci-bot:k9Zr2vQ7xT')).toBe('proven')
    expect(check('no colon in here')).toBe('refuted')
    expect(check('user:password')).toBe('refuted')
    expect(check('Aladdin:open sesame')).toBe('refuted')
    expect(check('bin\x00ary:k9Zr2vQ7xT')).toBe('refuted')
  })
})
