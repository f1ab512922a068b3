// A command at a real terminal, by the `script` of util-linux; without it, such tests are skipped with a printed reason.
import { spawn, spawnSync } from 'node:child_process'

export const KEYS = { enter: '\r', down: '\u001b[B', space: ' ', escape: '\u001b' } as const

/** Whether this machine can make a terminal; in CI on Linux it must. */
export function hasTerminal(): boolean {
  const found = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0
  if (!found && process.platform === 'linux' && process.env.CI)
    throw new Error('script (util-linux) is missing')
  if (!found) process.stderr.write('Tests at a terminal are skipped: there is no script of util-linux.\n')
  return found
}

export interface TerminalRun {
  readonly status: number
  /** All that was written, with colours and cursor moves. */
  readonly screen: string
}

/** Runs `argv` in a terminal; each answer is typed once the text before it has been seen. */
export async function atTerminal(
  argv: readonly string[],
  answers: readonly (readonly [seen: string, keys: string])[],
  { cwd, env, columns = 80 }: { cwd: string; env: NodeJS.ProcessEnv; columns?: number },
): Promise<TerminalRun> {
  const quoted = argv.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const command = `stty columns ${columns} rows 40 -echo; exec ${quoted}`
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd, env })
  let screen = ''
  let from = 0
  const left = [...answers]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    const at = left[0] === undefined ? -1 : screen.indexOf(left[0][0], from)
    if (at === -1) return
    from = screen.length
    child.stdin.write(left.shift()![1])
  })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { status: status ?? 128, screen }
}
