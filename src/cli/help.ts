// Help texts, generated from the tables of commands and flags.
import { COMMANDS, type CommandSpec } from './commands.ts'
import { type Flag, variableOf } from './flags.ts'

export function overview(version: string): string {
  const width = Math.max(...COMMANDS.map((c) => c.name.length))
  const lines = COMMANDS.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`)
  return `unleak ${version}: keeps OpenAI keys, and every other credential, out of git.

Usage: unleak COMMAND [FLAGS]

${lines.join('\n')}

unleak COMMAND --help shows its flags.
Exit status: 0 nothing found, 1 something found, 2 not (wholly) scanned, 130 interrupted.
`
}

export function commandHelp(command: CommandSpec): string {
  const names = command.flags.map(flagName)
  const width = Math.min(30, Math.max(...names.map((n) => n.length)))
  const lines = command.flags.map((flag, i) => {
    const name = names[i]!
    return name.length > width
      ? `  ${name}\n  ${''.padEnd(width)}  ${flag.help}`
      : `  ${name.padEnd(width)}  ${flag.help}`
  })
  const example = command.flags[0]
    ? `\nEach flag is also an environment variable, such as ${variableOf(command.flags[0])}.\n`
    : ''
  return `${command.usage}\n  ${command.summary}\n\n${lines.join('\n')}\n${example}`
}

function flagName(flag: Flag): string {
  const value = flag.value ? (flag.value.startsWith('[') ? `[=${flag.value.slice(1)}` : ` ${flag.value}`) : ''
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${value}`
}
