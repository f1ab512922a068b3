// `unleak doctor`: proves that the hooks fire, and says what keeps them from it.
import { styleText } from 'node:util'
import { type Check, type Diagnosis, diagnose } from '../../doctor/index.ts'
import { ExitCode, ToolError } from '../../model/index.ts'
import { cacheFolder } from '../cache-place.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { createMask } from '../mask.ts'
import type { Terminal } from '../terminal.ts'

export const runDoctor: RunCommand = async ({ args, terminal, env, cwd }: CommandContext) => {
  if (args.positionals.length > 0)
    throw new ToolError('E_USAGE', `unleak doctor takes no argument: "${args.positionals[0]}".`)
  const format = args.one('format') ?? 'text'
  if (format !== 'text' && format !== 'json')
    throw new ToolError('E_USAGE', `--format: "${format}" is not one of text, json.`)
  const diagnosis = await diagnose(cwd, { env, cache: cacheFolder(env, cwd), node: process.execPath })
  const text = format === 'json' ? `${JSON.stringify(diagnosis, null, 2)}\n` : asText(diagnosis, terminal)
  // What a hook said is foreign.
  const shown = (await createMask())(text)
  if (format === 'json') terminal.out(shown)
  else terminal.tell(shown)
  return diagnosis.state === 'well' ? ExitCode.clean : ExitCode.found
}

const SIGNS = { ok: ['ok', 'green'], note: ['note', 'yellow'], problem: ['PROBLEM', 'red'] } as const

function asText({ root, manager, checks, state }: Diagnosis, terminal: Terminal): string {
  const line = ({ state: is, text, fix }: Check) => {
    const [sign, color] = SIGNS[is]
    const mark = terminal.color ? styleText(color, sign, { validateStream: false }) : sign
    return `${mark}${' '.repeat(9 - sign.length)}${text}\n${fix === undefined ? '' : `         Do this: ${fix}\n`}`
  }
  const kind = manager === 'native' ? 'plain git hooks' : manager
  return `unleak doctor: ${root} (${kind})\n\n${checks.map(line).join('')}\n${endText(state, checks)}\n`
}

function endText(state: Diagnosis['state'], checks: readonly Check[]): string {
  const is = (id: string, wanted: Check['state']) =>
    checks.some((check) => check.id === id && check.state === wanted)
  if (state === 'well') return `The hooks${is('hook-file', 'note') ? ' that are here' : ''} fire.`
  if (['commit', 'message', 'push', 'hook-file'].every((id) => is(id, 'problem')))
    return 'No hook of unleak is at work here. Install them: unleak init'
  const count = checks.filter((check) => check.state === 'problem').length
  return `${count} problem${count === 1 ? '' : 's'}: a secret can get past, or nothing can be committed.`
}
