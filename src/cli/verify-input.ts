// Where `unleak verify` takes secrets from: environment variables by name, standard input, reports; never from argv.
import { resolve } from 'node:path'
import { type Finding, type Report, type Ruleset, type ScanPlan, ToolError } from '../model/index.ts'
import { createReopener } from '../reopen.ts'
import { type LoadedRules, loadRules } from '../rules/load.ts'
import { runScan } from '../scan.ts'
import { sealSecret } from '../sighting.ts'
import { version } from '../version.ts'
import type { CommandContext } from './commands.ts'
import { type ReportedFinding, readReportFile } from './report-file.ts'
import { readStdin } from './stdin.ts'

export interface VerifyInput {
  readonly report: Report
  /** The text around a finding, by its id. */
  readonly texts: ReadonlyMap<string, string>
  /** Findings of a report whose secret is no longer where it was, by title. */
  readonly lost: readonly string[]
}

/** Reads everything that was named. Throws ToolError `E_USAGE` when nothing was, or nothing is a secret. */
export async function readVerifyInput(context: CommandContext): Promise<VerifyInput> {
  const { args, env, cwd } = context
  const rules = await loadRules({ rules: args.many('rules') })
  const names = args.many('env')
  const [source, ...more] = args.positionals
  if ((source === undefined) === (names.length === 0) || more.length > 0) throw usage()
  if (source === undefined) return await fromText(textOf(names, env), rules)
  if (source === '-') return await fromText(await readStdin(), rules)
  await refuseSecrets(args.positionals, rules)
  return await fromReport(resolve(cwd, source), rules, cwd)
}

function usage(): ToolError {
  return new ToolError('E_USAGE', 'unleak verify needs one source of secrets.', {
    hint: 'unleak verify --env OPENAI_API_KEY | unleak verify - (standard input) | unleak verify report.json',
  })
}

function textOf(names: readonly string[], env: NodeJS.ProcessEnv): string {
  return names
    .map((name) => {
      if (!/^\w{1,100}$/.test(name))
        throw new ToolError('E_USAGE', '--env takes the name of an environment variable, not its value.', {
          hint: 'A key on the command line stays in your shell history: treat it as leaked.',
        })
      const value = env[name]
      if (value === undefined || value.trim() === '')
        throw new ToolError('E_USAGE', `--env: the environment variable ${name} is not set, or empty.`)
      return `${name}=${value.trim()}\n`
    })
    .join('')
}

/** A key in the arguments has been seen by every program on the machine; its owner should know. */
async function refuseSecrets(words: readonly string[], rules: LoadedRules): Promise<void> {
  const { findings } = await scanText(words.join('\n'), rules)
  if (findings.length === 0) return
  throw new ToolError('E_USAGE', 'a secret was given on the command line; nothing was sent.', {
    hint: 'Other programs can read it there, and your shell keeps it in its history: treat it as leaked. Use --env NAME, or - for standard input.',
  })
}

async function fromText(text: string, rules: LoadedRules): Promise<VerifyInput> {
  const report = await scanText(text, rules)
  if (report.findings.length === 0) throw nothingKnown(report)
  return { report, texts: new Map(report.findings.map(({ id }) => [id, text])), lost: [] }
}

/** Says why what looked like a secret is not taken for one: a wrong checksum is a mistyped key. */
function nothingKnown({ scan }: Report): ToolError {
  const message = 'nothing in it is a secret that any rule knows; nothing was sent.'
  const reasons = scan.dropped.map(({ reason }) => reason)
  const hint =
    reasons.length > 0
      ? `What looked like one was left out: ${reasons.join('; ')}.`
      : 'Some keys are only known by a name before them, as in MISTRAL_API_KEY=…: give the line, or the variable that is called so.'
  return new ToolError('E_USAGE', message, { hint })
}

/** Scans a text as it is: no configuration, no accepted findings. */
async function scanText(text: string, rules: LoadedRules): Promise<Report> {
  const plan: ScanPlan = {
    command: 'stdin',
    cwd: '.',
    root: '.',
    paths: ['-'],
    stdin: (async function* () {
      yield Buffer.from(text)
    })(),
    range: undefined,
    allLines: true,
    minSeverity: 'low',
    isIgnoredPath: () => false,
    ignoreFile: '',
  }
  return await runScan(plan, { version, rules: async () => rules, ignores: async () => [] })
}

const HINTS = {
  unreadable:
    'It is what "unleak scan --format json=FILE" writes. For a variable: --env NAME; for standard input: -',
}

async function fromReport(file: string, rules: LoadedRules, cwd: string): Promise<VerifyInput> {
  const report = readReportFile(file, HINTS)
  const { ruleset } = rules
  const reopen = createReopener(ruleset, [...new Set([cwd, resolve(cwd, report.scan.target)])])
  const findings: Finding[] = []
  const texts = new Map<string, string>()
  const lost: string[] = []
  for (const written of report.findings) {
    const own = sealed(written, ruleset)
    const found = own ? { secret: own, text: '' } : await reopen(written)
    if (!found) {
      lost.push(`${written.title} ${written.secret.redacted}`)
      continue
    }
    findings.push({ ...written, secret: found.secret })
    texts.set(written.id, found.text)
  }
  return { report: { ...report, findings }, texts, lost }
}

/** The secret of a report made with --reveal, when it is the one that the finding's id is about. */
function sealed({ id, rule, secret }: ReportedFinding, { rules }: Ruleset) {
  const known = rules.find((each) => each.id === rule)
  if (!known || typeof secret.value !== 'string') return undefined
  const made = sealSecret(known, secret.value)
  return made.id(rule) === id ? made : undefined
}
