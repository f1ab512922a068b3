// What the generic rules believe: names that mean a secret, values that are one.
import { describe, expect, it } from 'vitest'
import { ordinaryValueFilter } from '../../src/filters/ordinary-value.ts'
import { namesSecret } from '../../src/filters/secret-name.ts'
import { assignedName, wordsOf } from '../../src/filters/value.ts'
import { assigned } from './candidates.ts'

describe('names', () => {
  it.each([
    'token',
    'ACME_API_TOKEN',
    'accessToken',
    'client_secret',
    'SECRET_KEY_BASE',
    'secretKey',
    'SecretAccessKey',
    'X-Api-Key',
    'apikey',
    'api_key_prod',
    'apiKeyV2',
    'DB_PASSWORD',
    'spring.datasource.password',
    'this.options.refreshToken',
    'PGPASSWORD',
    'rootPwd',
    'NEXT_PUBLIC_ACME_API_KEY',
    'NEXTAUTH_SECRET',
    'next_auth_secret',
    'connectionString',
    'deploy-key',
    'test_token',
    'CSRF_SECRET',
  ])('%s means a secret', (name) => expect(namesSecret(name)).toBe(true))

  it.each([
    'token_type',
    'tokenizer',
    'tokens',
    'max_tokens',
    'password_field',
    'passwordPlaceholder',
    'secretName',
    'secret_arn',
    'tokenUrl',
    'token.length',
    'nextPageToken',
    'nextToken',
    'continuation_token',
    'pad_token',
    'eosToken',
    'csrfToken',
    'cancellationToken',
    'publicKey',
    'PublicKeyToken',
    'primaryKey',
    'hashedPassword',
    'passwordHash',
    'client_secret_expires_at',
    'api_key_header',
    'credentialType',
    'secretary',
    'deviceToken',
  ])('%s only speaks of one', (name) => expect(namesSecret(name)).toBe(false))

  it('are read whole, with what stands ahead of the match', () => {
    expect(assignedName(assigned('my.access_token = "[[v]]"', 'token'))).toBe('my.access_token')
    expect(wordsOf('myHTTPApiKey2_old-name')).toEqual(['my', 'http', 'api', 'key', 'old', 'name'])
  })
})

describe('values', () => {
  const drops = (line: string, name: string, path?: string) =>
    ordinaryValueFilter.drops(assigned(line, name, path))

  it.each([
    '/run/secrets/acme_token',
    './config/tokens/acme.json',
    'https://example.com/oauth/token',
    'pg:///?sslmode=verify-ca&sslrootcert=x1Yq9',
    'mailto:me@example.com',
    'someone@example.com',
    '2026-11-23T05:40:30Z',
    '1234567890',
    '127.0.0.1:8080',
    'v1.22.333-beta',
    'AcmeTokenProvider.Default',
    'translation.login.password',
    'acme-token-name',
    'certificates/server.pem',
    '[A-Za-z0-9]{20,40}',
    '~/.ssh/id_rsa',
    'crwdns1149:0crwdne1149:0',
    'ACME-SHOP-ID,ACME-SHOP-KEY',
    'new-certificate.pfx',
    Buffer.from('пароль', 'utf8').toString('latin1'),
  ])('%s is something else', (value) => {
    expect(drops(`token: "[[${value}]]"`, 'token')).toBe(true)
  })

  it('are judged in linear time', () => {
    const started = performance.now()
    for (const part of ['a', 'aA', 'a-', 'a.', '0', '${', '{{', 'a/', 'a@', '1.'])
      drops(`token: "[[${part.repeat(256 / part.length)}!]]"`, 'token')
    expect(performance.now() - started).toBeLessThan(200)
  })

  it('without quotes is an expression in code, and a value in configuration', () => {
    const line = 'token = [[q8Xk29vLmPd81RtZw03b]]'
    expect(drops(line, 'token', 'src/a.ts')).toBe(true)
    expect(drops(line, 'token', 'app.ini')).toBe(false)
    expect(drops(line, 'token', '.env.production')).toBe(false)
    expect(drops(line, 'token', '.tugboat')).toBe(false)
    expect(drops(line, 'token', 'deploy/kubeconfig')).toBe(false)
    expect(drops(line, 'token', 'deploy/Dockerfile')).toBe(false)
  })

  it('is whole: the quote that opens it closes it', () => {
    expect(drops('token = "[[q8Xk29vLmPd81RtZw03b]]"', 'token', 'a.ts')).toBe(false)
    expect(drops('token = "[[q8Xk29vLmPd81RtZw03b]] and more"', 'token', 'a.ts')).toBe(true)
    expect(drops('<token>[[q8Xk29vLmPd81RtZw03b]]</token>', 'token', 'a.xml')).toBe(false)
    expect(drops('token=[[q8Xk29vLmPd81RtZw03b]]$SUFFIX', 'token', '.env')).toBe(true)
    expect(drops('{\\"token\\": \\"[[q8Xk29vLmPd81RtZw03b]]\\"}', 'token', 'a.ts')).toBe(false)
  })

  it('believes a human password in configuration only', () => {
    const line = `password: "[[Summer${2024}!sun]]"`
    expect(drops(line, 'password', 'config/prod.yml')).toBe(false)
    expect(drops(line, 'password', '.env')).toBe(false)
    expect(drops(line, 'password', 'src/login.test.ts')).toBe(true)
    expect(drops(line, 'password', '.env.example')).toBe(true)
    expect(drops('password: "[[correcthorse]]"', 'password', 'config/prod.yml')).toBe(true)
    expect(drops('password: "[[q8Xk29vLmPd81RtZw03b]]"', 'password', 'src/login.ts')).toBe(false)
  })
})
