// `unleak migrate`: takes over what other tools were told, and says line by line what came and what could not.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { BASELINE_FILE, readBaseline, writeBaseline } from '../../config/baseline-file.ts'
import { readIgnores, writeIgnore } from '../../config/ignores.ts'
import { resolvePlan } from '../../config/resolve.ts'
import { settingsText, withSettings } from '../../config/settings-text.ts'
import { replaceFile } from '../../disk/replace.ts'
import { type AcceptedBy, baselineEntries, ignoreEntry } from '../../migrate/entries.ts'
import { matchWish } from '../../migrate/match.ts'
import { foundFiles, type ReadFile, readForeign } from '../../migrate/read.ts'
import type { Setting, Wish } from '../../migrate/types.ts'
import {
  type BaselineEntry,
  ExitCode,
  type Finding,
  type IgnoreEntry,
  type ScanPlan,
  ToolError,
} from '../../model/index.ts'
import { loadRules } from '../../rules/load.ts'
import { endOf, ownerOf } from '../acceptance.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { createMask } from '../mask.ts'
import { scanSecrets, tellPartial } from '../whole-scan.ts'

export const runMigrate: RunCommand = async (context) => {
  const { args, cwd, terminal } = context
  const { plan, configFile } = await resolvePlan({ cwd })
  const read = await readAll(context, plan.root)
  const wishes = read.flatMap((each) => each.wishes)
  const scanned = wishes.length > 0 ? await scanEverything(context) : undefined
  const made = matchAll(wishes, scanned?.findings ?? [], {
    until: endOf(args),
    owner: await ownerOf(args, cwd),
  })
  const settings = read.flatMap((each) => each.settings)
  const told = [
    ...made.came,
    ...settings.map(settingLine),
    ...made.left,
    ...read.flatMap((each) => each.left).map(leftLine),
  ]
  const mask = await createMask()
  terminal.tell(
    mask(
      `${told
        .sort(byFile)
        .map(({ text }) => text)
        .join('\n')}\n`,
    ),
  )
  const writing = { isDry: args.has('dry-run'), plan, configFile }
  for (const line of await writeAll(made, settings, writing)) terminal.tell(`${line}\n`)
  const stayed = told.filter(({ isLeft }) => isLeft).length
  terminal.tell(`unleak: ${told.length - stayed} came over, ${stayed} stayed behind.\n`)
  const partial = scanned ? tellPartial(scanned.report, context) : ExitCode.clean
  return partial === ExitCode.failed ? partial : stayed > 0 ? ExitCode.found : ExitCode.clean
}

async function readAll({ args, cwd }: CommandContext, root: string): Promise<ReadFile[]> {
  const { ruleset } = await loadRules()
  const names = new Set(ruleset.rules.flatMap(({ id, provider }) => [id, provider]))
  const isKnown = (name: string) => names.has(name)
  const from = args.one('from')
  const named = args.positionals.map((name) => resolve(cwd, name))
  const files = named.length > 0 ? named : foundFiles(root, isKnown)
  if (files.length === 0)
    throw new ToolError('E_USAGE', `there is nothing to take over in ${root}.`, {
      hint: 'Name the files: unleak migrate report.json, or unleak migrate exclude.txt --from trufflehog',
    })
  const read: ReadFile[] = []
  for (const file of files) read.push(await readForeign(file, root, { from, isKnown }))
  return read
}

/** Today's files and the history: other tools write down both. */
async function scanEverything(context: CommandContext) {
  const { report, plan } = await scanSecrets(context, { isBare: true })
  if (plan.command !== 'audit') return { report, findings: report.findings }
  const today = (await scanSecrets(context, { isBare: true, command: 'scan' })).report.findings
  const known = new Map(report.findings.map((finding) => [finding.id, finding]))
  for (const finding of today) {
    const old = known.get(finding.id)
    known.set(finding.id, old ? { ...old, places: [...old.places, ...finding.places] } : finding)
  }
  return { report, findings: [...known.values()] }
}

interface Line {
  readonly text: string
  readonly isLeft: boolean
}

interface Made {
  readonly ignores: readonly IgnoreEntry[]
  readonly baseline: readonly BaselineEntry[]
  readonly came: readonly Line[]
  readonly left: readonly Line[]
}

function matchAll(wishes: readonly Wish[], findings: readonly Finding[], by: AcceptedBy): Made {
  const matched = wishes.map((wish) => ({ wish, ...matchWish(wish, findings) }))
  const pairs = matched.flatMap(({ wish, findings: own }) => own.map((finding) => ({ wish, finding })))
  const forGoal = (goal: Wish['goal']) => pairs.filter(({ wish }) => wish.goal === goal)
  return {
    ignores: forGoal('ignore').map(({ wish, finding }) => ignoreEntry(wish, finding, by)),
    baseline: forGoal('baseline').flatMap(({ finding }) => baselineEntries(finding)),
    came: matched.flatMap((each) => {
      const goal = each.wish.goal === 'ignore' ? 'ignore file' : 'baseline'
      const how = 'how' in each ? each.how : ''
      return each.findings.map(({ rule, id }) => ({
        text: `+ ${each.wish.at} -> ${goal}: ${rule} ${id} (${how})`,
        isLeft: false,
      }))
    }),
    left: matched.flatMap((each) =>
      'why' in each ? [leftLine({ at: each.wish.at, what: 'a finding', why: each.why })] : [],
    ),
  }
}

function settingLine({ at, key, value }: Setting): Line {
  return { text: `+ ${at} -> configuration: ${key}: ${String(value)}`, isLeft: false }
}

function leftLine({ at, what, why }: { at: string; what: string; why: string }): Line {
  return { text: `- ${at}: ${what} stays behind: ${why}`, isLeft: true }
}

/** What comes from one file stands together; what stays behind is easier to find below what came. */
function byFile(a: Line, b: Line): number {
  return Number(a.isLeft) - Number(b.isLeft)
}

/** Adds to what is there, and never replaces any of it. */
async function writeAll(
  { ignores, baseline }: Made,
  settings: readonly Setting[],
  { isDry, plan, configFile }: { isDry: boolean; plan: ScanPlan; configFile: string | undefined },
): Promise<string[]> {
  const shown = (file: string) => relative(plan.cwd, file) || file
  const lines: string[] = []
  const known = new Set(readIgnores(plan.ignoreFile).map(({ id }) => id))
  const fresh = [...new Map(ignores.map((entry) => [entry.id, entry])).values()].filter(
    ({ id }) => !known.has(id),
  )
  if (!isDry) for (const entry of fresh) await writeIgnore(plan.ignoreFile, entry)
  if (fresh.length > 0) lines.push(wrote(isDry, shown(plan.ignoreFile), `${fresh.length} accepted`))
  const file = plan.baseline ?? join(plan.root, BASELINE_FILE)
  const old = existsSync(file) ? readBaseline(file) : []
  const there = new Set(old.map(({ id, place }) => `${id} ${place}`))
  const added = new Map(
    baseline
      .map((entry) => [`${entry.id} ${entry.place}`, entry] as const)
      .filter(([key]) => !there.has(key)),
  )
  if (!isDry && added.size > 0) await writeBaseline(file, [...old, ...added.values()])
  if (added.size > 0)
    lines.push(wrote(isDry, shown(file), `${added.size} ${added.size === 1 ? 'place' : 'places'} held`))
  const hasBaseline = added.size > 0 && plan.baseline === undefined
  return [
    ...lines,
    ...writeConfig(settings, hasBaseline ? BASELINE_FILE : undefined, { isDry, plan, configFile }),
  ]
}

function wrote(isDry: boolean, file: string, what: string): string {
  return `${isDry ? 'Would write' : 'Wrote'} ${file}: ${what}.`
}

function writeConfig(
  settings: readonly Setting[],
  baseline: string | undefined,
  { isDry, plan, configFile }: { isDry: boolean; plan: ScanPlan; configFile: string | undefined },
): string[] {
  const content: Record<string, unknown> = {}
  for (const { key, value } of settings) {
    const isList = key === 'ignorePaths' || key === 'skip' || key === 'rules'
    content[key] = isList ? [...new Set([...((content[key] as string[]) ?? []), value as string])] : value
  }
  if (baseline !== undefined) content.baseline = baseline
  if (Object.keys(content).length === 0) return []
  if (configFile !== undefined) return addToConfig(configFile, content, { isDry, plan })
  const text = settingsText(content, TAKEN_OVER)
  const file = join(plan.root, 'unleak.config.yaml')
  if (!isDry) writeFileSync(file, text, { flag: 'wx' })
  return [
    wrote(isDry, relative(plan.cwd, file), Object.keys(content).join(', ')),
    ...(isDry ? ['', text.trimEnd(), ''] : []),
  ]
}

const TAKEN_OVER = 'Taken over by: unleak migrate'

/** New keys go below what a YAML file holds; what it sets already, and files of other forms, are for a person. */
function addToConfig(
  file: string,
  content: Readonly<Record<string, unknown>>,
  { isDry, plan }: { isDry: boolean; plan: ScanPlan },
): string[] {
  const name = relative(plan.cwd, file) || file
  const old = /\.ya?ml$/.test(file) ? readFileSync(file, 'utf8') : undefined
  const grown = old === undefined ? undefined : withSettings(old, content, TAKEN_OVER)
  const left = grown?.left ?? content
  const added = Object.keys(content).filter((key) => !(key in left))
  if (!isDry && grown && added.length > 0) replaceFile(file, grown.text)
  const what = added.join(', ')
  return [
    ...(what === '' ? [] : [`${isDry ? 'Would add to' : 'Added to'} ${name}: ${what}.`]),
    ...(Object.keys(left).length === 0
      ? []
      : [
          `${name} ${grown ? `sets ${Object.keys(left).join(', ')} already` : 'is there'} and stays as it is there. Add:`,
          '',
          settingsText(left, TAKEN_OVER).trimEnd(),
          '',
        ]),
  ]
}
