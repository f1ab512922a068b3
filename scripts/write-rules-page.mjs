// Writes docs/rules.md from the rule files: npm run dev && node scripts/write-rules-page.mjs
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadParts, loadRuleset } from '../test/eval/load.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { ruleset, about: texts } = loadRuleset(await loadParts())
const { rules } = ruleset
const { providers, rules: about } = texts

const FOUND_BY = ['a name that says secret', 'the name or the surroundings', 'its own form']
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ')

function proofOf(rule) {
  return rule.proofs.length > 0 ? rule.proofs.join(', ') : '–'
}

function checkOf({ verify }) {
  return verify === undefined ? '–' : (verify.protocol ?? `${verify.request?.method ?? ''} ${hostOf(verify)}`)
}

function hostOf(verify) {
  return /^https:\/\/([^/]+)/.exec(verify.request?.url ?? '')?.[1] ?? ''
}

function rowOf(rule) {
  const text = about[rule.id]
  const links = text.references.map((url) => `[page](${url})`).join(' ')
  const cells = [
    `\`${rule.id}\``,
    text.title,
    rule.severity,
    FOUND_BY[rule.tier],
    proofOf(rule),
    checkOf(text),
    links,
  ]
  return `| ${cells.map(cell).join(' | ')} |`
}

const page = [
  '# Rules',
  '',
  '<!-- Written by scripts/write-rules-page.mjs. Change rules/*.yml instead. -->',
  '',
  `${rules.length} rules of ${Object.keys(providers).length} providers. _Found by_ tells what the rule goes by, _proof_ the`,
  'offline checks it runs (`src/filters/proofs/`), _asked at_ where `unleak verify` asks whether a credential is alive.',
  'How a rule is written: [rules/README.md](../rules/README.md).',
]
for (const [id, provider] of Object.entries(providers).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const own = rules.filter((rule) => rule.provider === id)
  if (own.length === 0) continue
  page.push(
    '',
    `## ${provider.name}`,
    '',
    '| rule | what | severity | found by | proof | asked at | reference |',
    '| --- | --- | --- | --- | --- | --- | --- |',
  )
  page.push(...own.map(rowOf))
}
writeFileSync(join(root, 'docs/rules.md'), `${page.join('\n')}\n`)
