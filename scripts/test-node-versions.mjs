// npm run test:nodes: the built package on every line of Node it promises to run on. Needs the npm registry.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'unleak-nodes-')))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** The least version that `engines` allows, and the newest of each later line. */
const least = /\d+\.\d+\.\d+/.exec(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node,
)[0]
const wanted = process.argv.length > 2 ? process.argv.slice(2) : [least, '22', '24']

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
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
    shell: process.platform === 'win32',
  })
  return join(prefix, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node')
}

/** A project with the package in its node_modules, a staged key and a clean file. */
function makeProject() {
  const project = join(folder, 'project')
  const installed = join(project, 'node_modules/unleak')
  mkdirSync(installed, { recursive: true })
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(installed, part), { recursive: true })
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
