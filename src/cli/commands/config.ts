// `unleak config`: what holds for a scan here, and where each value comes from.
import { relative } from 'node:path'
import { KEYS } from '../../config/keys.ts'
import type { LoadedConfig } from '../../config/load.ts'
import { resolvePlan } from '../../config/resolve.ts'
import { keyLines } from '../../config/yaml-file.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import { FORMATS, type FormatName } from '../../reporters/reporter.ts'
import { loadRules } from '../../rules/load.ts'
import { SCANNING_FLAGS } from '../adopt-flags.ts'
import type { Arguments } from '../arguments.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { type Flag, keyOf, variableOf } from '../flags.ts'
import { createMask } from '../mask.ts'
import { settingsOf } from './scan.ts'

interface Setting {
  readonly key: string
  readonly value: unknown
  /** `--flag`, an environment variable, `file:line`, or `default`. */
  readonly from: readonly string[]
}

export const runConfig: RunCommand = async (context) => {
  const { args, cwd, terminal } = context
  if (args.positionals.length > 0)
    throw new ToolError('E_USAGE', `unleak config takes no argument: "${args.positionals[0]}".`)
  const formats = args.from('format') === undefined ? [] : args.many('format')
  const wrong = formats.find((format) => !FORMATS.includes(format.split('=')[0] as FormatName))
  if (wrong !== undefined)
    throw new ToolError('E_USAGE', `--format: "${wrong}" is not one of ${FORMATS.join(', ')}.`)
  const { plan, choice, loaded } = await resolvePlan({ ...settingsOf(args), cwd })
  const { ruleset } = await loadRules(choice)
  const settings = settingsFrom(args, loaded, cwd)
  const files = loaded.layers.map(({ file }) => file)
  const scan = {
    root: plan.root,
    ignoreFile: plan.ignoreFile,
    rules: ruleset.rules.length,
    ruleset: ruleset.hash,
  }
  const told = { schema: 'unleak-config/1', files, leftOut: loaded.leftOut, scan, settings }
  const mask = await createMask()
  const text = formats.includes('json') ? `${JSON.stringify(told, null, 2)}\n` : asText(told, context)
  if (formats.includes('json')) terminal.out(mask(text))
  else terminal.tell(mask(text))
  return ExitCode.clean
}

function settingsFrom(args: Arguments, { layers }: LoadedConfig, cwd: string): Setting[] {
  const lines = new Map(layers.map(({ file }) => [file, keyLines(file)]))
  const flags = new Map(SCANNING_FLAGS.map((flag) => [keyOf(flag), flag]))
  return Object.keys(KEYS).map((key) => {
    const { joins, otherwise } = KEYS[key]!
    const saying = layers.filter(({ config }) => config[key] !== undefined)
    const counting = joins || key === 'extends' || key === 'health' ? saying : saying.slice(-1)
    const places = counting.map(({ file }) => {
      const line = lines.get(file)?.get(key)
      return `${relative(cwd, file) || file}${line === undefined ? '' : `:${line}`}`
    })
    const values = counting.map(({ config }) => config[key])
    const said = key === 'extends' || joins ? values.flat() : values.at(-1)
    const flag = key === 'format' && args.many('format').includes('json') ? undefined : flags.get(key)
    const own = flag && args.from(flag.name) !== undefined ? ownValue(args, flag) : undefined
    if (flag === undefined || own === undefined)
      return counting.length > 0
        ? { key, value: said, from: places }
        : { key, value: otherwise, from: ['default'] }
    const by = args.from(flag.name) === 'flag' ? `--${flag.name}` : variableOf(flag)
    return joins
      ? { key, value: [...[said].flat(), ...[own].flat()], from: [...places, by] }
      : { key, value: own, from: [by] }
  })
}

function ownValue(args: Arguments, flag: Flag): unknown {
  if (flag.value === undefined) return args.has(flag.name)
  return flag.repeatable ? args.many(flag.name) : args.one(flag.name)
}

interface Told {
  readonly files: readonly string[]
  readonly leftOut: readonly string[]
  readonly scan: {
    readonly root: string
    readonly ignoreFile: string
    readonly rules: number
    readonly ruleset: string
  }
  readonly settings: readonly Setting[]
}

function asText({ files, leftOut, scan, settings }: Told, { cwd }: CommandContext): string {
  const shown = (file: string) => relative(cwd, file) || '.'
  const values = settings.map(({ value }) => valueText(value, cwd))
  const width = Math.max(...settings.map(({ key }) => key.length))
  const wide = Math.min(36, Math.max(...values.map((value) => value.length)))
  const own = files.at(-1)
  const base = files.slice(0, -1).map(shown)
  return `${[
    own === undefined
      ? 'No configuration file: everything is as it comes.'
      : `Configuration: ${shown(own)}${base.length > 0 ? `, on top of ${base.join(', ')}` : ''}`,
    ...(leftOut.length > 0
      ? [`Left out, since a scanned repository may only narrow a scan: ${leftOut.join(', ')}`]
      : []),
    `Scans from ${scan.root}; ${scan.rules} rules (${scan.ruleset}); ignore file ${shown(scan.ignoreFile)}`,
    '',
    ...settings.map(
      ({ key, from }, i) => `${key.padEnd(width)}  ${values[i]!.padEnd(wide)}  ${from.join(', ')}`,
    ),
  ].join('\n')}\n`
}

function valueText(value: unknown, cwd: string): string {
  if (typeof value === 'string') return value.startsWith(`${cwd}/`) ? relative(cwd, value) : value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.map((each) => valueText(each, cwd)).join(', ')
  return JSON.stringify(value)
}
