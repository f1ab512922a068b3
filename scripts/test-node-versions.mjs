// npm run test:nodes: the built package on every line of Node it promises to run on. Needs the npm registry.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-nodes-')))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** The least version that `engines` allows, and the newest of each later line. */
const least = /\d+\.\d+\.\d+/.exec(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node,
)[0]
const wanted = process.argv.length > 2 ? process.argv.slice(2) : [least, '22', '24', '26']
const isWindows = process.platform === 'win32'

const npm = isWindows ? 'npm.cmd' : 'npm'
const platform = process.platform === 'win32' ? 'win' : process.platform

/** Path of a node of `version`, taken from npm: packages that hold nothing but the program. */
function install(version) {
  const prefix = join(folder, `node-${version}`)
  mkdirSync(prefix)
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n')
  const name = `node-${platform}-${process.arch}`
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', `${name}@${version}`]
  execFileSync(npm, args, {
    cwd: prefix,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: isWindows,
  })
  return join(prefix, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node')
}

/** An empty project with the packed package, installed in one step; then a staged key and a clean file. */
function makeProject() {
  const project = join(folder, 'project')
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }\n')
  const run = (cwd, args) =>
    execFileSync(npm, args, { cwd, encoding: 'utf8', shell: isWindows, stdio: ['ignore', 'pipe', 'inherit'] })
  const [packed] = JSON.parse(run(root, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]))
  run(project, ['install', '--no-audit', '--no-fund', '--save-dev', join(folder, packed.filename)])
  const packages = Object.keys(
    JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8')).packages,
  )
  console.log(
    `${packed.filename}: ${(packed.size / 1e6).toFixed(2)} MB packed, ${(packed.unpackedSize / 1e6).toFixed(2)} MB unpacked, ${packages.length} package(s) installed`,
  )
  const half = 'aB3dE5gH7jK9mN1pQ3sT'
  const secret = ['sk', 'proj', `${half}${['T3Blb', 'kFJ'].join('')}${[...half].reverse().join('')}`].join(
    '-',
  )
  writeFileSync(join(project, 'leak.ts'), `export const apiKey = '${secret}'\n`)
  writeFileSync(join(project, 'clean.ts'), 'export const apiKey = process.env.OPENAI_API_KEY\n')
  writeFileSync(join(project, '.gitignore'), 'node_modules\n')
  const git = (...args) => execFileSync('git', args, { cwd: project, stdio: 'ignore' })
  git('init', '-q')
  git('add', '-A')
  return { project, secret }
}

const LIBRARY = `
import { loadRules, scan } from 'unleak'
const report = await scan({ command: 'staged' })
const { ruleset } = await loadRules()
process.stdout.write(JSON.stringify({ found: report.findings.length, rules: ruleset.rules.length > 0 }))`

/** What is wrong with `npx unleak scan .` when `node` is the first one on the PATH. */
function npxTroubles(node, project, secret) {
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`
  const npx = isWindows ? 'npx.cmd' : 'npx'
  const env = { ...process.env, PATH: path, NO_COLOR: '1' }
  const done = spawnSync(npx, ['unleak', 'scan', '.'], {
    cwd: project,
    encoding: 'utf8',
    env,
    shell: isWindows,
  })
  const output = done.stdout + done.stderr
  if (done.status === 1 && output.includes('leak.ts:1:24') && !output.includes(secret)) return []
  return [`npx unleak scan .: exit ${done.status}: ${output.slice(0, 400)}`]
}

/** What is wrong when the package runs on `node`; nothing when all is well. */
function troubles(node, { project, secret }) {
  const bin = join(project, 'node_modules/unleak/bin/unleak.js')
  const run = (...args) =>
    spawnSync(node, args, { cwd: project, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })
  const found = []
  const expectRun = (what, args, status, text) => {
    const done = run(...args)
    const output = done.stdout + done.stderr
    if (done.status !== status)
      found.push(`${what}: exit ${done.status}, not ${status}: ${output.slice(0, 400)}`)
    else if (!output.includes(text)) found.push(`${what}: nothing about "${text}": ${output.slice(0, 400)}`)
    if (output.includes(secret)) found.push(`${what}: the secret is in the output`)
    if (/Warning|DeprecationWarning/.test(done.stderr)) found.push(`${what}: ${done.stderr.slice(0, 400)}`)
  }
  expectRun('scan', [bin, 'scan', '.'], 1, 'leak.ts:1:24')
  found.push(...npxTroubles(node, project, secret))
  expectRun('scan, nothing found', [bin, 'scan', 'clean.ts'], 0, '')
  expectRun('staged', [bin, 'staged'], 1, 'leak.ts:1:24')
  expectRun('staged again, from the compile cache', [bin, 'staged'], 1, 'leak.ts:1:24')
  expectRun('init --dry-run', [bin, 'init', '--native', '--dry-run'], 0, 'would create')
  expectRun('rules check', [bin, 'rules', 'check'], 0, ' 0 with trouble')
  writeFileSync(join(project, 'library.mjs'), LIBRARY)
  expectRun('library', ['library.mjs'], 0, '{"found":1,"rules":true}')
  return found
}

const project = makeProject()
let failed = 0
for (const version of wanted) {
  const node = install(version)
  const exact = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const found = troubles(node, project)
  console.log(found.length === 0 ? `${exact}: all well` : `${exact}:\n  ${found.join('\n  ')}`)
  failed += found.length
}
process.exitCode = failed > 0 ? 1 : 0
