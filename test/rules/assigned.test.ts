// Values that only a name gives away: the provider in the name, or near a name that tells of no provider.
import { describe, expect, it } from 'vitest'
import { engineOf, rulesOf, secretsOf, textChunk } from '../helpers/rules.ts'

const value = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0xR'
const engine = engineOf({ assigned: { to: ['mistral', 'mi_ai'], value: '[A-Za-z0-9]{32}' } })
const found = (text: string) => secretsOf(engine.match(textChunk(text)).matches)

describe('an assigned value is found', () => {
  it.each([
    ['in an environment file', `MISTRAL_API_KEY=${value}`],
    ['in camel case', `"mistralApiKey": "${value}"`],
    ['in kebab case', `mistral-api-key: '${value}'`],
    ['with dots', `mistral.api.key=${value}`],
    ['with the provider last', `API_KEY_MISTRAL=${value}`],
    ['named by the provider alone', `mistral = "${value}"`],
    ['in prose', `Mistral API key: ${value}.`],
    ['in the section of the provider', `mistral:\n  api_key: ${value}`],
    ['given to its client', `client = Mistral("${value}")`],
    ['under a comment', `# Mistral\nAPI_KEY=${value}`],
    [
      'ahead of its address',
      `new OpenAI({\n  apiKey: '${value}',\n  baseURL: 'https://api.mistral.ai/v1' })`,
    ],
    ['in a header', `curl https://api.mistral.ai/v1 -H "Authorization: Bearer ${value}"`],
    ['in XML', `<MistralApiKey>${value}</MistralApiKey>`],
    ['with a type', `const MISTRAL_KEY: &str = "${value}";`],
    ['in a property', `public string MistralKey { get; set; } = "${value}";`],
    ['in a spelling of a short name', `mi-ai-key=${value}`],
    ['with a short name at a hump', `myMiAiKey: "${value}"`],
    ['behind an or', `os.getenv("MISTRAL_API_KEY") or "${value}"`],
    ['as the default of a field', `mistral_api_key: Optional[SecretStr] = Field(default="${value}")`],
    ['as the default of a flag', `p.add_argument("--mistral-api-key", type=str, default="${value}")`],
    [
      'as the default of a variable',
      `variable "mistral_api_key" {\n  type = string\n  sensitive = true\n  default = "${value}"\n}`,
    ],
    ['given to gh', `gh secret set MISTRAL_API_KEY --body "${value}"`],
    ['instead of a missing variable', `env::var("MISTRAL_API_KEY").unwrap_or_else(|_| "${value}".into())`],
    ['in Objective-C', `#define MISTRAL_KEY @"${value}"`],
    ['under a name that says what it signs', `# Mistral\nconfig.signing_secret = '${value}'`],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([value])
  })
})

describe('an assigned value is left alone', () => {
  it.each([
    ['alone', value],
    ['beside the name', `mistral ${value}`],
    ['as an id', `MISTRAL_KEY_ID=${value}`],
    ['as a hash', `mistralKeyHash: "${value}"`],
    ['with another provider in its name', `# mistral\nDATADOG_API_KEY=${value}`],
    ['with the short name inside a word', `admi_ai_key=${value}`],
    ['when it is longer', `MISTRAL_API_KEY=${value}x`],
    ['on another statement', `api_key: ${value}\nother: mistral`],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('an everyday word', () => {
  const daily = engineOf({ assigned: { to: ['~exa', '^hume$'], value: '[A-Za-z0-9]{32}' } })
  const all = (text: string) => secretsOf(daily.match(textChunk(text)).matches)

  it.each([
    `EXA_API_KEY=${value}`,
    `"exaApiKey": "${value}"`,
    `{"exa": {"apiKey": "${value}"}}`,
    `exa:\n  api_key: ${value}`,
    `exa: ${value}`,
    `exa = "${value}"`,
    `[exa]\napi_key = ${value}`,
    `[providers.exa]\napi_key = "${value}"`,
    `const e = new Exa("${value}")`,
    `exa = Exa("${value}")`,
    `Exa(api_key="${value}")`,
    `# Exa\nAPI_KEY=${value}`,
    `API_KEY="${value}"  # exa`,
    `exa auth login --token ${value}`,
    `import exa\n\nAPI_KEY = "${value}"`,
    `HumeClient("${value}")`,
    `hume.api_key = "${value}"`,
    `myHumeKey = "${value}"`,
  ])('counts where it names the provider: %s', (text) => {
    expect(all(text)).toEqual([value])
  })

  it.each([
    `example_key = "${value}"`,
    `exact: { key: "${value}" }`,
    `# Examine\nAPI_KEY=${value}`,
    `new Example("${value}")`,
    `HEXA_KEY=${value}`,
    `humerus_key = "${value}"`,
    `HUMERUS_KEY=${value}`,
    `exhume_token = "${value}"`,
  ])('is no part of another word: %s', (text) => {
    expect(all(text)).toEqual([])
  })
})

describe('two providers', () => {
  const both = engineOf(
    { id: 'test-one', assigned: { to: ['mistral'], value: '[A-Za-z0-9]{32}' } },
    { id: 'test-two', assigned: { to: ['datadog'], value: '[A-Za-z0-9]{32}' } },
  )
  it('share a file: the nearer name counts', () => {
    const text = `mistral:\n  api_key: ${value}\ndatadog:\n  api_key: ${value}\n`
    expect(both.match(textChunk(text)).matches.map((m) => m.rule.id)).toEqual(['test-one', 'test-two'])
  })
})

it('wants a pattern or an assignment, not both', () => {
  const assigned = { to: ['mistral'], value: '[a-z]{20}' }
  expect(() => rulesOf({ pattern: 'tok_[a-z]{20}', assigned })).toThrow('either "pattern" or "assigned"')
  expect(() => rulesOf({})).toThrow('either "pattern" or "assigned"')
})
