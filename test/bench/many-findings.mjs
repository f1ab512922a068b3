// A saved report of many findings, always the same: providers, people and folders as an old repository has them.

const PROVIDERS = [
  ['openai', 'openai-project-key', 'OpenAI project API key', 'critical', 'sk-proj-…'],
  ['openai', 'openai-admin-key', 'OpenAI admin API key', 'critical', 'sk-admin-…'],
  ['aws', 'aws-secret-access-key', 'AWS secret access key', 'critical', '…'],
  ['github', 'github-personal-token', 'GitHub personal access token', 'high', 'ghp_…'],
  ['stripe', 'stripe-live-key', 'Stripe live secret key', 'critical', 'sk_live_…'],
  ['slack', 'slack-webhook', 'Slack incoming webhook', 'medium', 'https://hooks.slack.com/…'],
  ['generic', 'generic-password', 'Password in an assignment', 'low', '…'],
]
const FOLDERS = [
  'src/server',
  'src/web/components',
  'deploy/charts',
  'scripts',
  'test/fixtures/recorded',
  'docs',
  'infra/terraform/modules',
  'packages/billing/src',
  '',
]
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Linus', 'Margaret Hamilton', 'Ken T.', 'José Ñúñez', '李雷']
const STATES = ['live', 'unchecked', 'unchecked', 'dead', 'unknown', 'live-restricted']
const DAY = 86_400_000
const END = Date.parse('2026-11-23T09:30:00Z')

/** Numbers from 0 to 1, the same in each run. */
function numbers(seed) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

function steps(provider, id) {
  const base = `https://${provider}.example.com`
  return [
    ['revoke', 'Delete this key now. It stops working within seconds.', `${base}/keys`],
    [
      'replace',
      'Create a new key. Keep it in an environment variable or a secret store, never in code.',
      `${base}/keys/new`,
    ],
    [
      'update',
      'Put the new key wherever the old one was used: .env files, CI secrets, hosting, your teammates.',
    ],
    [
      'billing',
      'Check billing for costs that you cannot explain, and set a spend limit if there is none.',
      `${base}/billing`,
    ],
    ['review', 'Go through the usage since the leak. Report what is not yours.', `${base}/usage`],
  ].map(([step, text, url]) => ({ step, text, ...(url ? { url } : {}), command: `unleak respond ${id}` }))
}

function finding(i, random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const hex = (length) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  const [provider, rule, title, severity, prefix] = pick(PROVIDERS)
  const id = `${i.toString(16).padStart(6, '0')}${hex(10)}`
  const start = END - Math.floor(random() ** 2 * 1800) * DAY - DAY
  const isGone = random() < 0.55
  const gone = Math.min(END, start + Math.floor(random() ** 3 * 700) * DAY + 3_600_000)
  const name = pick(PEOPLE)
  const author = `${name} <${name.split(' ')[0].toLowerCase()}@example.org>`
  const date = (time) => new Date(time).toISOString().replace('.000', '')
  const commit = { commit: hex(40), author, date: date(start) }
  const folder = pick(FOLDERS)
  const places = Array.from({ length: 1 + Math.floor(random() ** 4 * 12) }, (_, n) => {
    const path = `${folder}${folder && '/'}file-${Math.floor(random() * 900)}.${pick(['ts', 'py', 'env', 'yaml'])}`
    const line = 1 + Math.floor(random() * 400)
    const place = { kind: 'history', path, line, column: 17, endLine: line, endColumn: 181, blob: hex(40) }
    return { ...place, ...commit, ...(n === 0 ? { name: `${provider.toUpperCase()}_API_KEY` } : {}) }
  })
  const state = pick(STATES)
  return {
    id,
    rule,
    provider,
    title,
    severity,
    confidence: pick(['high', 'high', 'medium', 'low']),
    evidence: ['marker', 'the words around it name it'],
    secret: { redacted: `${prefix}${hex(4)}`, length: 40 + Math.floor(random() * 124) },
    places,
    history: {
      introduced: { ...commit, path: places[0].path },
      removed: isGone ? { commit: hex(40), author, date: date(gone) } : null,
      atHead: !isGone,
      refs: ['refs/heads/main'],
      published: random() < 0.6 ? ['origin/main'] : [],
    },
    verdict:
      state === 'unchecked'
        ? { state }
        : { state, reason: 'the issuer said so', checkedAt: '2026-11-23T09:31:00Z' },
    response: steps(provider, id),
  }
}

/** `count` findings as `--format json` writes them; `scan` replaces fields of the summary. */
export function manyFindings(count, scan = {}) {
  const random = numbers(7)
  return {
    schema: 'unleak-report/1',
    tool: { version: '0.1.0', ruleset: '9f2c41d07be35a68' },
    scan: {
      command: 'audit',
      target: '.',
      state: 'complete',
      startedAt: '2026-11-23T09:30:00.000Z',
      durationMs: 48_213,
      counts: { commits: 48_112, objects: 611_204, blobs: 288_133, files: 0, bytes: 9_120_336_221 },
      problems: [],
      dropped: [],
      ...scan,
    },
    findings: Array.from({ length: count }, (_, i) => finding(i, random)),
  }
}
