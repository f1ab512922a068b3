// The GitHub Action: its inputs → one run of the bundled command line → its outputs. Downloads and installs nothing.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** An input as the runner hands it over: `fail-on-findings` is INPUT_FAIL-ON-FINDINGS. */
const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()

/** Text of a workflow command: its line breaks and percent signs would end or change it. */
const escaped = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

function fail(message) {
  process.stdout.write(`::error title=unleak::${escaped(message)}\n`)
  process.exitCode = 2
}

function output(name, value) {
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`)
}

function argumentsFor(command, report) {
  const args = [command, '--format', 'text', '--format', `json=${report}`, '--no-progress']
  if (input('sarif-file')) args.push('--format', `sarif=${input('sarif-file')}`)
  for (const name of ['config', 'min-severity']) if (input(name)) args.push(`--${name}`, input(name))
  if (input('range')) args.push('--range', input('range'))
  return args
}

/** The report of this run; undefined where there is none, because nothing was scanned. */
function read(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}

function main() {
  const command = input('command') || 'ci'
  const failing = input('fail-on-findings') || 'true'
  if (command !== 'ci' && command !== 'audit') return fail(`command: "${command}" is not one of ci, audit.`)
  if (failing !== 'true' && failing !== 'false')
    return fail(`fail-on-findings: "${failing}" is not true or false.`)
  if (command === 'audit' && input('range')) return fail('range goes with the command ci.')
  if (!existsSync(join(ROOT, 'dist', 'cli.cjs')))
    return fail('this version of the action was not built: name a release, as in uses: …/unleak@v0.')
  const cwd = resolve(process.env.GITHUB_WORKSPACE ?? '.', input('working-directory') || '.')
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), 'unleak-'))
  const report = input('report-file') ? resolve(cwd, input('report-file')) : join(folder, 'report.json')
  const args = [join(ROOT, 'bin', 'unleak.js'), ...argumentsFor(command, report)]
  const { status, error } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' })
  const found = read(report)
  rmSync(folder, { recursive: true, force: true })
  if (error) return fail(`unleak could not be started: ${error.message}`)
  output('findings', found?.findings.length ?? '')
  output('state', found?.scan.state ?? '')
  // Only findings may pass: a scan that did not happen, or not wholly, never does.
  process.exitCode = status === 1 && failing === 'false' ? 0 : (status ?? 2)
}

main()
