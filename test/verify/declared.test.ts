// Every rule that says how to ask: each of its rows, over real HTTP, and what no row is about.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { createHttp, type Http } from '../../src/http/index.ts'
import {
  type Finding,
  OUTCOMES,
  type Rule,
  Secret,
  type VerifyHttp,
  type VerifyRow,
} from '../../src/model/index.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { sealSecret } from '../../src/sighting.ts'
import { askAll, planQuestions } from '../../src/verify/index.ts'
import { unleakAsync } from '../helpers/cli.ts'
import { tempFolder } from '../helpers/repo.ts'

const { ruleset, about } = compileRules(readRuleFolder('rules'))
const tools = checkTools(ruleset)
const declared = ruleset.rules.flatMap((rule) => {
  const spec = about.rules[rule.id]?.verify
  return spec && 'request' in spec ? [{ id: rule.id, rule, spec }] : []
})
const specs = Object.fromEntries(Object.values(about.rules).map(({ id, verify }) => [id, verify]))

/** Hosts of a customer, for the services where each has one. */
const HOSTS = ['demo.openai.azure.com', 'demo.cloud.databricks.com']
/** The public half of a pair. */
const PUBLIC = 'pk-lf-00000000-1111-2222-3333-444444444444'
const NEAR = [...HOSTS, PUBLIC]

interface Heard {
  readonly method: string
  readonly host: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

let answer: { status: number; body: string; type?: string }
let heard: Heard[] = []
const server = createServer(async (request, response) => {
  let body = ''
  for await (const part of request) body += part
  const { method = '', url = '', headers } = request
  heard.push({ method, url, headers, host: headers.host ?? '', body })
  response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' }).end(answer.body)
})
let standIn: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  standIn = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  heard = []
})

/** An example of a rule and the secret in it. */
function exampleOf(rule: Rule): { text: string; secret: string } {
  for (const template of about.rules[rule.id]!.examples) {
    const text = expandTemplate(template, { random: seededRandom(7), complete: tools.complete })
    const found = tools.scan(Buffer.from(text)).find((each) => each.rule === rule.id)
    if (found) return { text, secret: found.secret }
  }
  throw new Error(`${rule.id} has no example that it finds`)
}

function findingOf(rule: Rule): Finding {
  const secret = sealSecret(rule, exampleOf(rule).secret)
  const { id, provider, severity, confidence } = rule
  const fixed = { evidence: [], places: [], verdict: { state: 'unchecked' }, response: [] } as const
  return { id: secret.id(id), rule: id, provider, title: id, severity, confidence, secret, ...fixed }
}

async function verdictOf(rule: Rule) {
  const planned = planQuestions([findingOf(rule)], { specs, openaiUrl: '', texts: () => NEAR })
  const http = createHttp({ standIn, retries: 0 })
  const [told] = await askAll(planned, { http, openaiUrl: '', now: Date.now })
  return told!.verdict
}

/** A body that a row asks for: its field with its value, or a text that its pattern matches. */
function bodyFor({ json, body }: VerifyRow): string {
  if (body !== undefined)
    return `{"error": "${fc.sample(fc.stringMatching(new RegExp(body)), { seed: 1, numRuns: 1 })[0]}"}`
  if (json === undefined) return '{}'
  const [path = '', text] = json.split(' == ')
  const value =
    text === undefined
      ? 'x'
      : ['true', 'false'].includes(text) || /^\d+$/.test(text)
        ? JSON.parse(text)
        : text
  return JSON.stringify(path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value))
}

const STATES = {
  restricted: 'live-restricted',
  unusable: 'live-unusable',
  dead: 'dead',
  live: 'live',
} as const

describe.each(declared)('$id', ({ rule, spec }) => {
  it('is believed row by row', async () => {
    for (const outcome of OUTCOMES)
      for (const row of (spec as VerifyHttp)[outcome] ?? []) {
        answer = { status: row.status, body: bodyFor(row) }
        const state = STATES[outcome]
        expect(await verdictOf(rule), `${outcome} ${JSON.stringify(row)}`).toMatchObject({ state })
      }
  })

  it('sends the secret to its own host, and in no query', async () => {
    answer = { status: 500, body: '{}' }
    const { secret } = exampleOf(rule)
    expect((await verdictOf(rule)).state).toBe('unknown')
    const [request] = heard
    const host = /^https:\/\/([^/]+)/.exec(spec.request.url)![1]!
    if (host === '{host}') expect(HOSTS).toContain(request!.host)
    else expect(request!.host).toBe(host)
    expect(request!.url.replace(/^[^?]*/, '')).not.toContain(secret)
    const everything = [request!.url, request!.body, ...Object.values(request!.headers)].map(String)
    const forms = [secret, encodeURIComponent(secret), ...base64Forms(secret)]
    expect(forms.some((form) => everything.some((part) => part.includes(form)))).toBe(true)
  })

  it('knows nothing from a page, a redirect, a limit or an outage', async () => {
    const page = { body: '<!doctype html><title>Sign in</title>', type: 'text/html' }
    const useless = [
      ...[200, 401, 403, 404].map((status) => ({ status, ...page })),
      { status: 302, body: '' },
      { status: 429, body: '{}' },
      { status: 503, body: '{}' },
      { status: 407, body: '{}' },
      { status: 418, body: '{}' },
    ]
    for (const each of useless) {
      answer = each
      expect(await verdictOf(rule), JSON.stringify(each)).toMatchObject({ state: 'unknown' })
    }
  })
})

function base64Forms(secret: string): string[] {
  const encode = (text: string) => Buffer.from(text).toString('base64')
  return [encode(`${secret}:`), encode(`api:${secret}`), encode(`${PUBLIC}:${secret}`)]
}

describe('a secret in a path', () => {
  const rules = declared.filter(({ spec }) => spec.request.url.includes('{secret}'))

  it('is what three services ask for, and no more', () => {
    expect(rules.map(({ id }) => id)).toEqual([
      'discord-webhook-url',
      'slack-webhook-url',
      'telegram-bot-token',
    ])
  })

  it.each(rules)('never leads anywhere else: $id', async ({ rule, spec }) => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '../../x',
        '..',
        '@evil.example/',
        '\\\\evil',
        '?a=b',
        '#x',
        '%2e%2e/x',
        'a/../../b',
        '//evil.example',
      ),
    )
    const [before = ''] = spec.request.url.split('{secret}')
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const sent: string[] = []
        const http: Http = {
          send: async ({ url }) => {
            sent.push(url)
            return { kind: 'failure', code: 'interrupted', reason: '', attempts: 1 }
          },
        }
        const finding = { ...findingOf(rule), secret: new Secret(value) }
        await askAll(planQuestions([finding], { specs, openaiUrl: '' }), {
          http,
          openaiUrl: '',
          now: Date.now,
        })
        for (const url of sent) {
          expect(new URL(url).href.startsWith(before)).toBe(true)
          expect(new URL(url).search + new URL(url).hash).toBe('')
        }
      }),
    )
  })
})

describe('all of them', () => {
  it('through the real command: examples of every rule on standard input, each asked once at its host', async () => {
    answer = { status: 401, body: '{}' }
    const apart = '\n'.repeat(3) + '. '.repeat(600) + '\n'.repeat(3)
    const input = [NEAR.join('\n'), ...declared.map(({ rule }) => exampleOf(rule).text)].join(apart)
    const env = { UNLEAK_STAND_IN: standIn }
    const run = await unleakAsync(['verify', '-', '--format', 'json'], tempFolder(), { env, input })
    const asked = JSON.parse(run.stdout).findings.filter((f: Finding) => f.verdict.state !== 'unchecked')
    const rules = new Set(asked.map((f: Finding) => f.rule))
    expect(declared.filter(({ id }) => !rules.has(id)).map(({ id }) => id)).toEqual([])
    expect(heard).toHaveLength(asked.length)
  })

  it('are the providers that a verdict is promised for', () => {
    const promised = [
      'anthropic',
      'openrouter',
      'google',
      'xai',
      'groq',
      'mistral',
      'cohere',
      'huggingface',
      'replicate',
      'perplexity',
      'together',
      'fireworks',
      'deepseek',
      'moonshot',
      'cerebras',
      'minimax',
      'zai',
      'langsmith',
      'langfuse',
      'pinecone',
      'wandb',
      'elevenlabs',
      'deepgram',
      'assemblyai',
      'nvidia',
      'databricks',
      'vercel',
      'tavily',
      'firecrawl',
      'cursor',
      'runpod',
      'github',
      'gitlab',
      'slack',
      'stripe',
      'npm',
      'azure-openai',
    ]
    const have = new Set(declared.map(({ rule }) => rule.provider))
    expect(promised.filter((provider) => !have.has(provider))).toEqual([])
  })
})
