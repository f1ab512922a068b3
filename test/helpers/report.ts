// One canonical report for the reporters: several providers, states and kinds of place. Secrets are built at run time.
import {
  type Finding,
  type Place,
  type Problem,
  REPORT_SCHEMA,
  type Report,
  type ResponseStep,
  type ScanSummary,
  Secret,
  scanState,
} from '../../src/model/index.ts'
import type { ReporterOptions } from '../../src/reporters/index.ts'

/** A report in a pipe, 80 columns wide. */
export const PLAIN: ReporterOptions = {
  color: false,
  width: 80,
  verbose: false,
  reveal: false,
  hyperlinks: false,
  unicode: true,
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits that look random and are always the same. */
export function noise(length: number, seed = 1): string {
  let state = seed
  let out = ''
  while (out.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    out += LETTERS[Math.floor(state / 65_536) % LETTERS.length]
  }
  return out
}

export const VALUES = {
  project: `sk-proj-${noise(74)}${'T3Blb'}${'kFJ'}${noise(74, 2)}`,
  service: `sk-svcacct-${noise(74, 3)}${'T3Blb'}${'kFJ'}${noise(74, 4)}`,
  anthropic: `sk-ant-${'api03'}-${noise(93, 5)}AA`,
  pem: `-----BEGIN RSA ${'PRIVATE'} KEY-----\n${noise(64, 6)}\n${noise(64, 7)}\n-----END RSA ${'PRIVATE'} KEY-----`,
} as const

const OPENAI = 'https://platform.openai.com'

/** The five steps of OpenAI. */
export function openaiResponse(files?: readonly string[]): ResponseStep[] {
  const update =
    'Put the new key wherever the old one is used: .env files, CI secrets, hosting, team members.'
  return [
    {
      step: 'revoke',
      text: 'Revoke the key: find it by its last four characters and delete it.',
      url: `${OPENAI}/settings/organization/api-keys`,
    },
    {
      step: 'replace',
      text: 'Create a new key, best as a service account of the same project.',
      url: `${OPENAI}/api-keys`,
    },
    { step: 'update', text: update, ...(files ? { files } : {}) },
    {
      step: 'billing',
      text: 'Check billing for costs you do not expect.',
      url: `${OPENAI}/settings/organization/billing/overview`,
    },
    { step: 'review', text: 'Review the usage logs since the leak.', url: `${OPENAI}/usage` },
  ]
}

function anthropicResponse(): ResponseStep[] {
  const console = 'https://console.anthropic.com'
  return [
    { step: 'revoke', text: 'Disable and delete the key in the Console.', url: `${console}/settings/keys` },
    { step: 'replace', text: 'Create a new key in the same workspace.', url: `${console}/settings/keys` },
    { step: 'update', text: 'Put the new key wherever the old one is used.' },
    { step: 'billing', text: 'Check billing and the spend limits.', url: `${console}/settings/billing` },
    { step: 'review', text: 'Review the usage since the leak.', url: `${console}/usage` },
  ]
}

function genericResponse(): ResponseStep[] {
  return [
    { step: 'revoke', text: 'Take the public half off every server and account that trusts it.' },
    { step: 'replace', text: 'Make a new key pair.' },
    { step: 'update', text: 'Put the new key where the old one was used.' },
    { step: 'billing', text: 'Check the bills of what the key opens.' },
    { step: 'review', text: 'Review the logs of what the key opens.' },
  ]
}

/** A place of one line in a staged file. */
export function stagedPlace(path: string, line: number, column: number, length = 164): Place {
  return {
    kind: 'staged',
    path,
    line,
    column,
    endLine: line,
    endColumn: column + length,
    blob: '0a'.repeat(20),
  }
}

/** A plain OpenAI finding; `changes` replaces fields. */
export function openaiFinding(changes: Partial<Finding> = {}): Finding {
  const secret = new Secret(VALUES.project, 'sk-proj-')
  return {
    id: '3f0c9d1e2a4b5c6d',
    rule: 'openai-project-key',
    provider: 'openai',
    title: 'OpenAI project key',
    severity: 'critical',
    confidence: 'high',
    evidence: ['marker', 'equal halves'],
    secret,
    places: [{ ...stagedPlace('src/ai/client.ts', 12, 18), name: 'OPENAI_API_KEY' }],
    history: { introduced: null, removed: null, atHead: false, refs: [], published: [] },
    verdict: { state: 'unchecked' },
    response: openaiResponse(['.env.example', 'src/ai/client.ts', 'docker-compose.yml']),
    ...changes,
  }
}

/** Four findings: two of one provider, one of them committed earlier; a likely one in many places; a private key. */
export function canonicalFindings(): Finding[] {
  const pemPlace = { ...stagedPlace('deploy/keys/id_rsa', 1, 1), endLine: 4, endColumn: 30 }
  const manyPlaces = [3, 17, 29, 104, 2048, 2049, 2050].map((line) =>
    stagedPlace('test/fixtures/calls.json', line, 21),
  )
  return [
    openaiFinding(),
    openaiFinding({
      id: 'a1b2c3d4e5f60718',
      rule: 'openai-service-account-key',
      title: 'OpenAI service account key',
      secret: new Secret(VALUES.service, 'sk-svcacct-'),
      places: [
        {
          ...stagedPlace('charts/api/templates/secret.yaml', 9, 22, 220),
          name: 'openaiApiKey',
          encoding: ['base64'],
        },
        stagedPlace(
          'packages/連携サービス/設定ファイル/本番環境/とても長い名前のフォルダー/config.production.json',
          41,
          7,
        ),
      ],
      history: { introduced: null, removed: null, atHead: true, refs: [], published: [] },
      response: openaiResponse(['charts/api/values.yaml']),
    }),
    openaiFinding({
      id: '00112233445566ff',
      rule: 'anthropic-api-key',
      provider: 'anthropic',
      title: 'Anthropic API key',
      severity: 'high',
      confidence: 'medium',
      evidence: ['prefix'],
      secret: new Secret(VALUES.anthropic, 'sk-ant-api03-'),
      places: manyPlaces,
      response: anthropicResponse(),
    }),
    openaiFinding({
      id: '8899aabbccddeeff',
      rule: 'private-key-rsa',
      provider: 'private-key',
      title: 'RSA private key',
      severity: 'medium',
      evidence: [],
      secret: new Secret(VALUES.pem),
      places: [pemPlace],
      response: genericResponse(),
    }),
  ]
}

/** Trouble of both kinds: two that make the scan partial, one that does not. */
export const PROBLEMS: readonly Problem[] = [
  { code: 'E_OBJECT_MISSING', count: 1, examples: ['c0ffee'.repeat(6).padEnd(40, '0')] },
  {
    code: 'E_UNREADABLE',
    count: 2,
    examples: ['data/dump.sql', 'data/locked.bin'],
    message: 'permission denied',
  },
  { code: 'W_SUBMODULE', count: 1, examples: ['vendor/sdk'] },
]

/** A report of `findings`; `scan` replaces fields of its summary, the state follows from the problems. */
export function makeReport(findings: readonly Finding[] = [], scan: Partial<ScanSummary> = {}): Report {
  return {
    schema: REPORT_SCHEMA,
    tool: { version: '0.1.0', ruleset: '9f2c41d07be35a68' },
    scan: {
      command: 'staged',
      target: '.',
      state: scanState(scan.problems ?? []),
      startedAt: '2026-11-23T09:30:00.000Z',
      durationMs: 34,
      counts: { commits: 0, objects: 0, blobs: 20, files: 20, bytes: 184_320 },
      problems: [],
      dropped: [],
      ...scan,
    },
    findings,
  }
}
