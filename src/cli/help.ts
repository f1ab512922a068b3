// Help texts, generated from the tables of commands and flags.
import { wrap } from '../reporters/layout.ts'
import { COMMANDS, type CommandSpec } from './commands.ts'
import { type Flag, variableOf } from './flags.ts'

/** Wider lines are hard to read. */
const WIDEST = 100

/** By what somebody wants; a command that is not named here stands at the end. */
const JOBS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Keep secrets out', ['init', 'doctor', 'staged', 'message', 'push', 'receive', 'agent-hook', 'mask']],
  ['Find them', ['scan', 'audit', 'ci', 'report', 'rules']],
  ['When one is out', ['verify', 'respond', 'rotate']],
  ['Stay healthy', ['health', 'demo']],
  ['Live with what is there', ['ignore', 'review', 'baseline', 'migrate', 'config']],
]

export function overview(version: string, columns: number): string {
  const width = Math.min(columns, WIDEST)
  const room = Math.max(...COMMANDS.map((c) => c.name.length)) + 4
  const lines = (commands: readonly CommandSpec[]) =>
    commands.flatMap((c) => wrap(c.summary, width, `  ${c.name}`.padEnd(room), ' '.repeat(room)))
  const named = new Set(JOBS.flatMap(([, names]) => names))
  const groups = [...JOBS, ['More', COMMANDS.map((c) => c.name).filter((name) => !named.has(name))] as const]
  const sections = groups.flatMap(([title, names]) => {
    const commands = names.flatMap((name) => COMMANDS.find((c) => c.name === name) ?? [])
    return commands.length === 0 ? [] : [`${title}\n${lines(commands).join('\n')}`]
  })
  const end = [
    'unleak COMMAND --help shows its flags.',
    'Exit status: 0 nothing found, 1 something found, 2 not (wholly) scanned, 130 interrupted.',
  ]
  return `${wrap(`unleak ${version}: keeps OpenAI keys, and every other credential, out of git.`, width).join('\n')}

Usage: unleak COMMAND [FLAGS]

${sections.join('\n\n')}

${end.flatMap((line) => wrap(line, width, '', '  ')).join('\n')}
`
}

export function commandHelp(command: CommandSpec, columns: number): string {
  const width = Math.min(columns, WIDEST)
  const names = command.flags.map(flagName)
  const room = Math.min(width < 70 ? 20 : 30, Math.max(...names.map((n) => n.length))) + 4
  const indent = ' '.repeat(room)
  const lines = command.flags.flatMap((flag, i) => {
    const name = `  ${names[i]!}`
    return name.length + 2 > room
      ? [name, ...wrap(flag.help, width, indent)]
      : wrap(flag.help, width, name.padEnd(room), indent)
  })
  const variable = command.flags[0] ? variableOf(command.flags[0]) : undefined
  const example = variable
    ? `\n${wrap(`Each flag is also an environment variable, such as ${variable}.`, width).join('\n')}\n`
    : ''
  const usage = command.usage.split(' | unleak ').join('\nunleak ')
  return `${usage}\n${wrap(command.summary, width, '  ').join('\n')}\n\n${lines.join('\n')}\n${example}`
}

function flagName(flag: Flag): string {
  const value = flag.value ? (flag.value.startsWith('[') ? `[=${flag.value.slice(1)}` : ` ${flag.value}`) : ''
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${value}`
}
