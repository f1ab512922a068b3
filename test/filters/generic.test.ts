// The generic rules through the engine: every syntax an assignment has, and code that is none.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { judge } from '../../src/filters/index.ts'
import { candidateOf } from '../../src/filters/view.ts'
import { wholeChunk } from '../../src/model/index.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFile } from '../../src/rules/read.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'

const file = fileURLToPath(new URL('../../rules/generic.yml', import.meta.url))
const { ruleset } = compileRules([readRuleFile(file)])
const engine = createEngine(ruleset)
const random = seededRandom(42)
const make = (template: string) => expandTemplate(template, { random })

function find(path: string, text: string): string[] {
  const chunk = wholeChunk(Buffer.from(text), { kind: 'file', path })
  return engine
    .match(chunk)
    .matches.filter((match) => judge(candidateOf(match, chunk)).kept)
    .map((match) => match.layer.text.slice(match.secretStart, match.secretEnd))
}

const VALUES = [
  '{alnum:32}',
  '{hex:40}',
  '{base64url:43}',
  '{base64:43}=',
  '{lowernum:24}',
  'acme_{alnum:36}',
]

const SYNTAXES: readonly [path: string, template: string][] = [
  ['a.ts', "const apiToken = 'VALUE'\n"],
  ['a.ts', '  private readonly clientSecret: string = "VALUE";\n'],
  ['a.ts', "const key = process.env.ACME_API_KEY ?? 'VALUE'\n"],
  ['a.ts', "const accessToken =\n    'VALUE'\n"],
  ['a.js', '{ apiKey: `VALUE`, b: 1 }'],
  ['a.js', "request.setHeader('X-Api-Key', 'VALUE')"],
  ['a.js', "headers: { 'Authorization': 'Bearer VALUE' }"],
  ['a.json', '{"client_secret":"VALUE","b":1}'],
  ['a.json', '{\n  "name": "ACME_TOKEN",\n  "value": "VALUE"\n}'],
  ['a.py', 'Client(api_key="VALUE", timeout=3)\n'],
  ['a.py', 'token = os.environ.get("ACME_TOKEN", "VALUE")\n'],
  ['a.py', 'ACME_SECRET: Optional[str] = "VALUE"\n'],
  ['a.py', 'SECRET_KEY = (\n    "VALUE"\n)\n'],
  ['a.go', 'token := "VALUE"\n'],
  ['a.rs', 'const API_KEY: &str = "VALUE";\n'],
  ['A.java', 'builder.withAccessToken("VALUE");\n'],
  ['a.php', "define('AUTH_KEY', 'VALUE');\n"],
  ['a.php', "'secret' => 'VALUE',\n"],
  ['a.rb', ':api_key => "VALUE"\n'],
  ['a.yml', 'acme:\n  token: VALUE\n'],
  ['a.yml', '- name: ACME_TOKEN\n  value: VALUE\n'],
  ['a.toml', 'token = "VALUE"\n'],
  ['.env', 'ACME_TOKEN=VALUE\n'],
  ['.env', 'export ACME_TOKEN="VALUE"\n'],
  ['a.properties', 'acme.client-secret=VALUE\n'],
  ['a.tf', '  secret_key = "VALUE"\n'],
  ['a.xml', '<apiToken>VALUE</apiToken>\n'],
  ['web.config', '<add key="ApiToken" value="VALUE" />\n'],
  ['a.plist', '<key>ApiToken</key>\n\t<string>VALUE</string>\n'],
  ['Dockerfile', 'ENV ACME_TOKEN VALUE\n'],
  ['a.sh', 'acme --token VALUE deploy\n'],
  ['a.md', 'curl -H "X-Auth-Token: VALUE" https://example.com\n'],
  ['a.md', '| deploy key | token | `VALUE` |\n'],
  ['a.md', 'https://example.com/v1?access_token=VALUE&page=1\n'],
  ['a.ipynb', '"token = \\"VALUE\\"\\n",\n'],
  ['a.py', 'password = "VALUE"\n'],
  ['.env', 'DB_PASS=VALUE\n'],
  ['a.sql', "CREATE USER app WITH PASSWORD 'VALUE';\n"],
]

describe('generic rules', () => {
  it.each(SYNTAXES)('find a random value in %s: %s', (path, template) => {
    for (const value of VALUES.map(make)) {
      expect(find(path, `first line\n${template.replace('VALUE', value)}`)).toEqual([value])
    }
  })

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: code of other languages
  it.each([
    ['a.ts', 'export interface Options { token: string; apiKey?: string | undefined }'],
    ['a.ts', 'const token = await this.tokenStore.readToken(options)'],
    ['a.ts', 'if (token === "access_token_expired") return'],
    ['a.ts', 'headers: { Authorization: `Bearer ${token}` }'],
    ['a.ts', 'const tokenizer = "cl100k_base_tokenizer_model"'],
    ['a.py', 'secret = get_secret_value(SecretId="acme/production/database")'],
    ['a.py', 'api_key: SecretStr = Field(default_factory=from_env)'],
    ['a.yml', 'secretName: acme-production-tls-certificate'],
    ['a.yml', 'token: ${{ secrets.GITHUB_TOKEN }}'],
    ['a.json', '{"password": "Please enter your password", "token": "Token"}'],
    ['a.json', '{"token.invalid": "The token is invalid", "apiKey": "api-key-label"}'],
    ['a.css', '.token.keyword { color: #8959a8 }'],
    ['a.html', '<input name="password" placeholder="password" autocomplete="new-password">'],
    ['a.md', 'The token parameter: a credential, see authentication-and-authorization.'],
  ])('are quiet in %s: %s', (path, text) => {
    expect(find(path, text)).toEqual([])
  })
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: code of other languages

  it('start at the keyword, so that the engine can match in place', () => {
    for (const rule of ruleset.rules) expect(new Set(rule.anchors)).toEqual(new Set([0]))
  })
})
