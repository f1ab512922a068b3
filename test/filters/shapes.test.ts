// Values that are no secrets by their form: templates, blacked-out ones, public shapes.
import { describe, expect, it } from 'vitest'
import { publicShapeFilter } from '../../src/filters/public-shape.ts'
import { redactedFilter } from '../../src/filters/redacted.ts'
import { templateExpressionFilter } from '../../src/filters/template-expression.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { assigned, candidate, secretOf } from './candidates.ts'

const random = seededRandom(99)
const make = (template: string) => expandTemplate(template, { random })

describe('template expression', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: shell, CI and template languages
  it.each([
    '${ACME_TOKEN}',
    '${{ secrets.ACME_TOKEN }}',
    '{{ .Values.token }}',
    '{{acme_token}}',
    '$(cat /run/secrets/token)',
    '$ACME_TOKEN',
    '$COPILOT_DUMMY_BYOK',
    '%ACME_TOKEN%',
    '@ACME_TOKEN@',
    '<ACME_TOKEN>',
    '{acme-token}',
    '__ACME_TOKEN__',
    '#{ACME_TOKEN}#',
    'acme_{token}',
    'acme_{alnum:20}',
    '<%= acme_token %>',
    'process.env.ACME_TOKEN',
    'import.meta.env.VITE_TOKEN',
    "os.environ['ACME_TOKEN']",
    'os.getenv',
    'secrets.ACME_TOKEN',
    'var.acme_token',
    'vault:secret/data/acme#token',
    'op://vault/acme/token',
    'arn:aws:secretsmanager:eu-west-1:123:secret:acme',
    'ENC[AES256_GCM,data:abc]',
    'readToken(options)',
    'config.acme.getToken()',
  ])('drops %s', (value) => {
    expect(templateExpressionFilter.drops(assigned(`token: [[${value}]]`, 'token'))).toBe(true)
  })

  it('drops a value whose password is filled in later', () => {
    expect(templateExpressionFilter.drops(secretOf('postgres://app:${DB_PASSWORD}@db/app'))).toBe(true)
    expect(templateExpressionFilter.drops(secretOf('postgres://app:$DB_PASSWORD@db/app'))).toBe(true)
  })
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: shell, CI and template languages

  it('drops a call whose arguments the pattern left out', () => {
    expect(templateExpressionFilter.drops(assigned('token = [[readTokenFromKeychain]](x)', 'token'))).toBe(
      true,
    )
  })

  it('keeps random values, with any symbols', () => {
    for (let i = 0; i < 200; i++) {
      expect(templateExpressionFilter.drops(secretOf(make('{alnum:32}')))).toBe(false)
      expect(templateExpressionFilter.drops(assigned(`token: "[[$${make('{alnum:20}')}]]"`, 'token'))).toBe(
        false,
      )
    }
    expect(templateExpressionFilter.drops(assigned('password: "[[aB$x9{k2(Q]]"', 'password'))).toBe(false)
  })
})

describe('redacted', () => {
  const rule = { prefixes: ['sk-'] }

  it.each([
    'sk-proj-abcd************************wxyz',
    'sk-abcd…wxyz',
    'sk-abcd...wxyz',
    'sk-••••••••wxyz',
    'sk-abcdXXXXXXXXXXXXwxyz',
    'sk-abxxxxxxxxxxxxxxyz',
    '[REDACTED]',
    'sk-redacted',
  ])('drops %s', (secret) => {
    expect(redactedFilter.drops(secretOf(secret, { rule }))).toBe(true)
  })

  it('drops the beginning of a key that is cut off', () => {
    expect(redactedFilter.drops(candidate('key [[sk-proj-a8Xk2]]...Qz91', { rule }))).toBe(true)
    expect(redactedFilter.drops(candidate('key [[sk-proj-a8Xk2]]…', { rule }))).toBe(true)
    expect(redactedFilter.drops(candidate('key [[sk-proj-a8Xk2]]****', { rule }))).toBe(true)
  })

  it('keeps a whole key ahead of an ellipsis', () => {
    expect(redactedFilter.drops(candidate(`my key is [[sk-${make('{alnum:48}')}]]... help`, { rule }))).toBe(
      false,
    )
    for (let i = 0; i < 500; i++)
      expect(redactedFilter.drops(secretOf(`sk-${make('{base64url:156}')}`, { rule }))).toBe(false)
  })
})

describe('public shape', () => {
  it('drops the number of a thing where a rule takes any word, and no named one', () => {
    const rule = { tier: 1, randomness: 0.75 } as const
    const drops = (text: string) => publicShapeFilter.drops(candidate(text, { rule }))
    const id = make('{uuid}')
    expect(drops(`{"key":"[[${id}]]","name":"Acme"}`)).toBe(true)
    expect(drops(`{"acme_key":"[[${id}]]"}`)).toBe(false)
  })

  it.each([
    ['encrypted value of a vault', (v: string) => `key: "[[2.${v}==|${v}|${v}=]]"`, 'base64:22'],
    ['sealed secret', (v: string) => `GITHUB_TOKEN: [[AgB${v}]]`, 'base64:253'],
    ['UUID', (v: string) => `token: "[[${v}]]"`, 'uuid'],
    [
      'Mapbox token for web pages',
      (v: string) => `token: "[[pk.eyJ1${v}.${v.slice(0, 22)}]]"`,
      'base64url:60',
    ],
    ['integrity', (v: string) => `"integrity": "[[sha512-${v}==]]"`, 'base64:86'],
    ['commit', (v: string) => `commit = "[[${v}]]"`, 'hex:40'],
    ['hash of a token', (v: string) => `token_hash: [[${v}]]`, 'hex:64'],
    ['digest', (v: string) => `image: acme@sha256:[[${v}]]`, 'hex:64'],
    ['etag', (v: string) => `"ETag": "[[${v}]]"`, 'hex:32'],
    ['picture', (v: string) => `src="data:image/png;base64,iVBORw0KGgo[[${v}]]`, 'base64:60'],
    ['SVG path', (v: string) => `<path d="M10 10 L20 [[${v}]]`, 'digits:30'],
    ['certificate', (v: string) => `-----BEGIN CERTIFICATE-----\n[[${v}]]`, 'base64:64'],
    ['public key', (v: string) => `ssh-rsa AAAAB3NzaC1yc2E[[${v}]] me@host`, 'base64:64'],
  ])('drops a %s', (_, line, template) => {
    const text = line(make(`{${template === 'uuid' ? 'uuid' : template}}`))
    expect(publicShapeFilter.drops(candidate(text, { rule: { tier: 0 } }))).toBe(true)
  })

  it('drops checksums of lock files', () => {
    const text = `resolved "x#[[${make('{hex:40}')}]]"`
    expect(publicShapeFilter.drops(candidate(text, { rule: { tier: 1 }, path: 'web/yarn.lock' }))).toBe(true)
    expect(publicShapeFilter.drops(candidate(text, { rule: { tier: 1 }, path: 'web/notes.txt' }))).toBe(false)
  })

  it('keeps tokens that name themselves, whatever they are called', () => {
    const hashLike = `commit: "[[${make('{hex:40}')}]]"`
    expect(publicShapeFilter.drops(candidate(hashLike, { rule: { tier: 2 } }))).toBe(false)
    expect(publicShapeFilter.drops(candidate(`key: [[${make('{uuid}')}]]`, { rule: { tier: 1 } }))).toBe(
      false,
    )
    expect(
      publicShapeFilter.drops(candidate(`secret: "[[${make('{hex:40}')}]]"`, { rule: { tier: 0 } })),
    ).toBe(false)
  })
})
