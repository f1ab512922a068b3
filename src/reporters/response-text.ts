// The emergency response, once per provider: the full steps for a blocked commit, a short form for a scan.
import type { Finding, ResponseStep, Step } from '../model/index.ts'
import { wasCommitted } from './finding-text.ts'
import { columns, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { count, list, numberWord, STEP_WORDS, sentence } from './words.ts'

/** Findings that are answered by the same steps. */
interface Answer {
  readonly name: string
  readonly findings: readonly Finding[]
  readonly steps: readonly MergedStep[]
  /** Commands that stand for more than one step. */
  readonly commands: readonly string[]
}

interface MergedStep {
  readonly step: Step
  readonly text: string
  readonly url: string | undefined
  readonly commands: readonly string[]
  readonly files: readonly string[]
}

/** The steps in full, for a commit that was just stopped. `findings` are in the order in which they are shown. */
export function responseLines(findings: readonly Finding[], pen: Pen, where = 'this commit'): string[] {
  const all = answers(findings)
  const lines = all.flatMap((answer, i) => [
    ...(i === 0 ? [] : ['']),
    ...wrap(pen.paint('strong', intro(answer, findings, pen)), pen.width),
    ...answer.steps.flatMap((step, n) => stepLines(step, n + 1, pen)),
    ...answer.commands.map((command) => `  Do it with: ${commandText(command, pen)}`),
  ])
  return findings.length > 1 && lines.length > 0
    ? [...wrap(reassurance(where), pen.width), '', ...lines]
    : lines
}

/** Said once when there are several secrets; a single one says it in its own words. */
const reassurance = (where: string): string =>
  `A secret that has never left this machine is safe again when it is out of ${where}. If it was ever pushed, pasted or sent, or you are not sure, revoke it.`

/** The steps in short, one line each where it fits. */
export function shortResponseLines(findings: readonly Finding[], pen: Pen): string[] {
  return answers(findings).flatMap((answer, i) => [
    ...(i === 0 ? [] : ['']),
    ...wrap(
      `${pen.paint('strong', pen.known(answer.name))}, ${count(answer.findings.length, 'secret')}:`,
      pen.width,
      '  ',
    ),
    ...answer.steps.flatMap((step, n) => shortStepLines(step, n + 1, pen)),
    ...shortCommands(answer).map((command) => `    Do it with: ${commandText(command, pen)}`),
  ])
}

/** More of them than these are told once, for any of the ids that stand with the secrets. */
const MAX_COMMANDS = 3

function shortCommands({ commands, steps, findings }: Answer): readonly string[] {
  const all = [...commands, ...steps.flatMap((step) => step.commands)]
  if (all.length <= MAX_COMMANDS) return all
  const ids = new Set(findings.map(({ id }) => id))
  return distinct(
    all.map((command) =>
      command
        .split(' ')
        .map((word) => (ids.has(word) ? 'ID' : word))
        .join(' '),
    ),
  )
}

/** Why the steps are to be done: secrets that were committed are treated as leaked, the others if they may be. */
function intro({ name, steps, findings }: Answer, all: readonly Finding[], pen: Pen): string {
  const what = steps.length === 1 ? 'this step' : `these ${numberWord(steps.length)} steps, in this order`
  const numbers = (some: readonly Finding[]) =>
    list(
      some.map((finding) => String(all.indexOf(finding) + 1)),
      9,
    )
  const leaked = findings.filter(wasCommitted)
  const others = findings.filter((finding) => !wasCommitted(finding))
  const it = findings.length === 1 ? 'it' : 'them'
  let text = `treat ${numbers(leaked)} as leaked, and ${numbers(others)} too if anyone else may have seen it; do ${what}:`
  if (others.length === 0) text = `treat ${it} as leaked and do ${what}:`
  if (leaked.length === 0) text = `if anyone else may have seen ${it}, do ${what}:`
  return all.length === findings.length
    ? sentence(text)
    : `${pen.known(name)} (${numbers(findings)}): ${text}`
}

function stepLines({ text, url, files, commands }: MergedStep, n: number, pen: Pen): string[] {
  const indent = '     '
  const lines = wrap(pen.known(text), pen.width, `  ${n}. `, indent)
  if (files.length > 0) lines.push(...wrap(`Named in ${fileList(files, pen)}`, pen.width, indent))
  if (url !== undefined) lines.push(indent + pen.url(url))
  for (const command of commands) lines.push(`${indent}Do it with: ${commandText(command, pen)}`)
  return lines
}

function shortStepLines({ step, text, url, files }: MergedStep, n: number, pen: Pen): string[] {
  const head = `    ${n}. ${STEP_WORDS[step].padEnd(12)}`
  const rest = ' '.repeat(head.length)
  const where = files.length > 0 ? [fileList(files, pen)] : []
  if (url !== undefined) where.push(pen.url(url))
  if (where.length === 0) where.push(pen.known(text))
  const isTooWide = url !== undefined && columns(head) + columns(where.at(-1)!) > pen.width
  if (isTooWide) return [head.trimEnd(), ...where.flatMap((each) => wrap(each, pen.width, '       '))]
  return where.flatMap((each, i) => wrap(each, pen.width, i === 0 ? head : rest, rest))
}

function fileList(files: readonly string[], pen: Pen): string {
  return list(files.map((path) => pen.place(pen.foreign(path), path)))
}

function commandText(command: string, pen: Pen): string {
  return pen.command(pen.known(command))
}

/** Findings grouped by provider and steps, in the order in which they come. */
function answers(findings: readonly Finding[]): Answer[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.response.length === 0) continue
    const key = [finding.provider, ...finding.response.map(({ step, text, url }) => [step, text, url])].join(
      '\0',
    )
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()].map(merge)
}

function merge(findings: readonly Finding[]): Answer {
  const uses = new Map<string, number>()
  for (const { command } of findings.flatMap((finding) => finding.response))
    if (command !== undefined) uses.set(command, (uses.get(command) ?? 0) + 1)
  const isShared = (command: string) => uses.get(command)! > 1
  const steps = findings[0]!.response.map(({ step, text, url }): MergedStep => {
    const same = findings.flatMap((finding) => finding.response.filter((other) => other.step === step))
    const commands = distinct(same.flatMap((other: ResponseStep) => other.command ?? []))
    const files = distinct(same.flatMap((other) => other.files ?? []))
    return { step, text, url, commands: commands.filter((command) => !isShared(command)), files }
  })
  return { name: providerName(findings), findings, steps, commands: [...uses.keys()].filter(isShared) }
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)]
}

/**
 * The provider's id in the spelling that a title has (`OpenAI`, `Azure OpenAI`). Where it has none, the id is a kind or
 * the tool that a rule was written for, and tells less than a title that all share.
 */
export function providerName(findings: readonly Finding[]): string {
  const { provider } = findings[0]!
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  for (const { title } of findings) {
    const words = title.split(' ')
    for (let i = 1; i <= words.length; i++) {
      const start = words.slice(0, i).join(' ')
      if (plain(start) === plain(provider)) return start
    }
  }
  const titles = distinct(findings.map(({ title }) => title))
  return titles.length === 1 ? titles[0]! : sentence(provider.replaceAll('-', ' '))
}
