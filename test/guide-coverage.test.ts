// docs/guide-coverage.md has a row for every sentence of the guide, and each row's test is there.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(`${root}docs/guide-coverage.md`, 'utf8')

/** Every line of the guide that is not empty and no fence of code. */
const GUIDE = [
  '# API Key Security Guide',
  '## Preventing API Key Issues',
  '### 1. Regular Health Checks',
  '# Run weekly to monitor API health',
  'npm run check-api-health',
  '### 2. OpenAI Account Monitoring',
  '- **Usage Dashboard**: https://platform.openai.com/account/usage',
  '- **Billing**: https://platform.openai.com/account/billing',
  '- **API Keys**: https://platform.openai.com/account/api-keys',
  '### 3. Set Usage Limits',
  '1. Go to https://platform.openai.com/account/billing/limits',
  '2. Set **Hard Limit** (stops API when reached)',
  '3. Set **Soft Limit** (email alerts)',
  '4. Recommended: $10-50/month depending on usage',
  '### 4. Security Best Practices',
  '#### DO:',
  '- Keep API keys in `.env` files only',
  '- Use different keys for dev/staging/production',
  '- Set spending limits on OpenAI account',
  '- Monitor usage monthly',
  '- Rotate keys every 3-6 months',
  '- Use service accounts for production',
  "#### DON'T:",
  '- Commit API keys to version control',
  '- Share keys in chat/email',
  '- Use production keys in development',
  '- Leave unused keys active',
  '- Skip billing monitoring',
  '### 5. Emergency Response',
  'If key is compromised:',
  '1. **Immediately revoke** at https://platform.openai.com/account/api-keys',
  '2. **Generate new key**',
  '3. **Update all environments**',
  '4. **Check billing** for unexpected usage',
  '5. **Review usage logs**',
  '### 6. Backup Strategy',
  '- Keep 2 active keys (primary + backup)',
  '- Test backup key monthly',
  '- Store backup key securely (password manager)',
  '### 7. Production Considerations',
  '- Use environment-specific keys',
  '- Implement key rotation automation',
  '- Set up monitoring alerts',
  '- Use proxy/gateway for additional control',
  '## Common Reasons Keys Become Invalid',
  '1. **Billing Issues**',
  '- Payment method declined',
  '- Credit card expired',
  '- Spending limit reached',
  '2. **Account Issues**',
  '- Account suspended',
  '- Policy violations',
  '- Unusual usage patterns',
  '3. **Security**',
  '- Key compromised/leaked',
  '- Suspicious activity detected',
  '- Manual revocation',
  '4. **OpenAI Changes**',
  '- API version deprecation',
  '- Model access changes',
  '- Service updates',
  '## Monitoring Script Usage',
  '# Add to package.json scripts',
  '"check-api-health": "node scripts/check-openai-usage.js"',
  '# Run weekly',
  'npm run check-api-health',
]

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:sentence|---) /.test(line))
  .map((line) =>
    line
      .slice(2, -2)
      .split(/(?<!\\) \| /)
      .map((cell) => cell.replaceAll('\\|', '|')),
  )
const headings = page
  .split('\n')
  .filter((line) => line.startsWith('#'))
  .map((line) => line.replace(/^#+ /, ''))

describe('the guide', () => {
  it.each([...new Set(GUIDE)])('%s', (sentence) => {
    const isRow = rows.some(([first]) => first === sentence)
    const isHeading =
      /^#+ /.test(sentence) && headings.some((heading) => heading.endsWith(sentence.replace(/^#+ /, '')))
    expect(isRow || isHeading).toBe(true)
  })
})

/** The names of tests and groups of a file. */
function namesIn(file: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8')
  const names = [
    ...text.matchAll(/\b(?:it|describe)(?:\.\w+)*\(\s*(['"`])((?:(?!\1).)+)\1/g),
    ...text.matchAll(/\)\(\s*(['"`])((?:(?!\1).)+)\1/g),
  ]
  return names.map(([, , name]) => name!)
}

describe('the tests that show it', () => {
  it.each(rows.flatMap((cells) => cells.at(-1)!.split('<br>')))('%s', (cell) => {
    const [, file = '', words = ''] = /^\[([^\]]+)\]\([^)]+\): (.+)$/.exec(cell) ?? []
    expect(existsSync(`${root}${file}`)).toBe(true)
    expect(namesIn(file).filter((name) => name.includes(words))).not.toEqual([])
  })
})
