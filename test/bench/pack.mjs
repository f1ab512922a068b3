// The pack reader against git on a real history: node test/bench/pack.mjs <git directory> [rounds]
// Prints, for medians of one run, time as a ratio to `git cat-file --batch-all-objects --batch` into /dev/null.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildKernel } from '../../scripts/build-kernel.mjs'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const WANTED_KEYWORDS = 600

const NAMES = `
adafruit adobe age-secret-key-1 airtable akia algolia alibaba asana atlassian authress beamer
bitbucket bittrex clojars codecov cohere coinbase confluent contentful databricks datadog defined
digitalocean discord doppler droneci dropbox duffel dynatrace easypost etsy facebook fastly finicity
finnhub flickr flutterwave frameio freshbooks gcp gitter gocardless grafana hashicorp heroku hubspot
huggingface infracost intercom intra42 jfrog kraken kucoin launchdarkly linear linkedin lob
mailchimp mailgun mapbox mattermost messagebird netlify new-relic npm_ nytimes okta openai openshift
perplexity plaid planetscale postman prefect privateai -----begin pul- pypi- rapidapi readme
rubygems scalingo sendbird sendgrid sendinblue sentry settlemint shippo shopify sidekiq slack snyk
sonar sourcegraph square squarespace stripe sumologic telegram travis twilio twitch twitter typeform
vault yandex zendesk anthropic gemini mistral groq replicate together fireworks deepseek
`
  .trim()
  .split(/\s+/)
const PREFIXES = `
sk- sk-proj- sk-ant- sk-or- ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- xoxb- xoxp- xoxe
xapp- hooks.slack aiza ya29. asia a3t abia acca pat. hf_ api_org_ sg. key- sk_live_ sk_test_
rk_live_ pk_live_ whsec_ shpat_ shpss_ sq0atp- eaaa dop_v1_ doo_v1_ dckr_pat_ atlasv1. hvs. hvb.
nfp_ lin_api_ ntn_ secret_ pscale_ pul- rdme_ rubygems_ sntrys_ sntryu_ tfp_ tk- vercel_ v1.0- figd_
fo1_ glsa_ glc_ nvapi- r8_ pplx- gsk_ xai- tvly- fc- lsv2_pt_ ls__ e2b_ ccipat_ cio_ pnu_ phc_ phx_
sbp_ eyj %2d %5f %3a %3d %22 %7b \\u00 \\x2d \\x5f \\x73
`
  .trim()
  .split(/\s+/)
const WORDS = `
password passwd secret api_key apikey api-key access_key accesskey auth_token access_token
private_key client_secret credential connectionstring mongodb:// postgres:// mysql:// redis://
amqp:// ://
`
  .trim()
  .split(/\s+/)

/** About as many as a full rule set has, of the kinds it has. */
function keywords() {
  const all = new Set([...NAMES, ...PREFIXES, ...WORDS].filter((word) => word.length >= 3))
  for (const ending of ['_key', '_token', '_secret', '-api', '_pat_']) {
    for (const name of NAMES) if (all.size < WANTED_KEYWORDS) all.add(name.slice(0, 6) + ending)
  }
  return [...all]
}

const OPTIONS = {
  sought: { keywords: keywords(), longKeywords: [keywords().indexOf('-----begin')], reach: 1024 },
  minRun: 24,
  textRuns: true,
  types: ['blob', 'commit', 'tag'],
}

const WORKER = `
import { servePacks } from './src/git/pack/worker.ts'
servePacks(() => () => {
  let hits = 0
  return {
    visit(object) { hits += object.hits.length; return false },
    take() { const taken = hits; hits = 0; return taken },
  }
})`

const MAIN = `
import { readFileSync } from 'node:fs'
import { readPacksInWorkers } from './src/git/pack/pool.ts'
const { gitDir, options, jobs, kernel, worker } = JSON.parse(process.argv[2])
const module = new WebAssembly.Module(readFileSync(kernel))
const start = performance.now()
const { counts, problems, results } = await readPacksInWorkers(gitDir, options, { module, worker: new URL(worker), jobs })
const ms = performance.now() - start
const hits = results.reduce((sum, n) => sum + n, 0)
console.log(JSON.stringify({ ms, counts, hits, problems: problems.length, peak: process.resourceUsage().maxRSS * 1024 }))
`

async function bundle(contents, outfile) {
  const stdin = { contents, resolveDir: ROOT, loader: 'ts' }
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' })
}

function timeGit(gitDir) {
  const out = openSync('/dev/null', 'w')
  const args = ['--git-dir', gitDir, 'cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer']
  const start = performance.now()
  const { status } = spawnSync('git', args, { stdio: ['ignore', out, 'inherit'] })
  closeSync(out)
  return { ms: performance.now() - start, status }
}

function timeReader(folder, gitDir, jobs) {
  const job = { gitDir, options: OPTIONS, jobs, kernel: join(folder, 'kernel.wasm') }
  const worker = pathToFileURL(join(folder, 'worker.mjs')).href
  const args = [join(folder, 'main.mjs'), JSON.stringify({ ...job, worker })]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1]
}

async function run(gitDir, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-bench-'))
  try {
    await buildKernel({ outFile: join(folder, 'kernel.wasm') })
    await bundle(WORKER, join(folder, 'worker.mjs'))
    await bundle(MAIN, join(folder, 'main.mjs'))
    const git = []
    const readers = new Map([
      [1, []],
      [2, []],
    ])
    for (let round = 0; round < rounds; round++) {
      git.push(timeGit(gitDir))
      for (const [jobs, results] of readers) results.push(timeReader(folder, gitDir, jobs))
    }
    print(git, readers)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function print(git, readers) {
  const reference = median(git.map(({ ms }) => ms))
  const note = git.some(({ status }) => status !== 0) ? ' (it failed: objects are missing)' : ''
  console.log(`git cat-file: ${(reference / 1000).toFixed(2)} s${note}`)
  for (const [jobs, results] of readers) {
    const ms = median(results.map((result) => result.ms))
    const { counts, hits, problems, peak } = results[0]
    console.log(
      `${jobs} jobs: ${(ms / 1000).toFixed(2)} s, ratio ${(ms / reference).toFixed(3)}, peak ${peak >> 20} MiB, ` +
        `${counts.blob} blobs, ${hits} hits, ${problems} problems`,
    )
    const rate = (counts.objectBytes / ms / 1e6).toFixed(2)
    console.log(
      `  ${counts.objectBytes} bytes of objects (${rate} GB/s), inflated ${counts.inflated}, searched ${counts.searched}`,
    )
  }
}

const [gitDir, rounds] = process.argv.slice(2)
if (gitDir === undefined) console.error('usage: node test/bench/pack.mjs <git directory> [rounds]')
else await run(gitDir, Number(rounds ?? 3))
