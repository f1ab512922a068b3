// npm run eval: how much the rules find and how much they invent, on samples that anyone can make again.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '../bench/scratch.mjs'
import { loadParts, loadRuleset, scanner } from './load.mjs'
import { negatives } from './negatives.mjs'
import { positives } from './positives.mjs'
import { wildFigures } from './wild.mjs'

const { values } = parseArgs({
  options: {
    rules: { type: 'string' },
    against: { type: 'string' },
    seeds: { type: 'string' },
    repo: { type: 'string', multiple: true },
    all: { type: 'boolean' },
  },
})

const parts = await loadParts()
const seeds = (values.seeds ?? '101,202').split(',').map(Number)
// Samples come from one rule set, so that two of them are asked the same.
const own = loadRuleset(parts, values.rules)

const percent = (part, whole) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`)
const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1)

function evaluate({ ruleset }) {
  const scan = scanner(parts, ruleset)
  const tiers = [0, 1, 2].map(() => ({ samples: 0, found: 0, right: 0 }))
  const misses = new Map()
  const kinds = new Map()
  for (const sample of positives(own, parts, seeds)) {
    const tier = tiers[sample.tier]
    const hit = scan(sample.text, sample.path).find(
      ({ secret }) => secret.includes(sample.secret) || sample.secret.includes(secret),
    )
    tier.samples += 1
    if (hit) tier.found += 1
    if (hit?.provider === sample.provider) tier.right += 1
    else {
      count(misses, sample.rule)
      count(kinds, sample.kind)
    }
  }
  return { tiers, misses, kinds, ...falseAlarms(scan) }
}

function falseAlarms(scan) {
  let lines = 0
  let samples = 0
  let flagged = 0
  const alarms = new Map()
  for (const { text, path } of negatives(own, parts)) {
    samples += 1
    lines += text.split('\n').length - 1
    const hits = scan(text, path).filter(({ severity }) => severity !== 'low')
    if (hits.length > 0) flagged += 1
    for (const { rule } of hits) count(alarms, rule)
  }
  return { lines, samples, flagged, alarms }
}

const TIERS = ['generic (by the name alone)', 'by name or surroundings', 'by a mark of its own']

function print(title, { tiers, misses, kinds, lines, samples, flagged, alarms }) {
  const out = [
    `## ${title}`,
    '',
    '| rules | samples | found | with the right provider |',
    '| --- | ---: | ---: | ---: |',
  ]
  for (const [i, { samples, found, right }] of tiers.entries())
    out.push(`| ${TIERS[i]} | ${samples} | ${percent(found, samples)} | ${percent(right, samples)} |`)
  const per = lines === 0 ? 0 : (1e6 * [...alarms.values()].reduce((a, b) => a + b, 0)) / lines
  out.push(
    '',
    `False alarms at medium or higher: ${flagged} of ${samples} negative samples (${percent(flagged, samples)}), ${per.toFixed(0)} per million lines.`,
  )
  const top = (map, n) => [...map].sort((a, b) => b[1] - a[1]).slice(0, values.all ? undefined : n)
  if (misses.size > 0)
    out.push(
      '',
      `Missed or named wrongly, by rule: ${top(misses, 12)
        .map(([k, n]) => `${k} ${n}`)
        .join(', ')}.`,
    )
  if (kinds.size > 0)
    out.push(
      '',
      `By surrounding: ${top(kinds, 8)
        .map(([k, n]) => `${k} ${n}`)
        .join(', ')}.`,
    )
  if (alarms.size > 0)
    out.push(
      '',
      `False alarms, by rule: ${top(alarms, 12)
        .map(([k, n]) => `${k} ${n}`)
        .join(', ')}.`,
    )
  process.stdout.write(`${out.join('\n')}\n\n`)
}

print(`Samples, ${own.ruleset.rules.length} rules`, evaluate(own))
if (values.against) {
  const other = loadRuleset(parts, values.against)
  print(`The same samples, rule set ${other.ruleset.hash}`, evaluate(other))
}
const labels = readdirSync(join(ROOT, 'test/eval/labels')).filter((name) => name.endsWith('.json'))
process.stdout.write(
  wildFigures(labels.map((name) => JSON.parse(readFileSync(join(ROOT, 'test/eval/labels', name), 'utf8')))),
)
