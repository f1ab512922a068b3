// The terminal: the only place that writes to stdout and stderr, and knows what they can show.
import { writeSync } from 'node:fs'
import { prose } from './prose.ts'

export interface Terminal {
  readonly isTerminal: boolean
  readonly color: boolean
  readonly width: number
  readonly unicode: boolean
  readonly hyperlinks: boolean
  /** What was asked for, as it is: a report, a file, data. */
  out(text: string): void
  /** Sentences on stdout; a terminal gets them broken at words. */
  tell(text: string): void
  /** Sentences on stderr, in the same way. */
  err(text: string): void
  /**
   * Shows how far a long work is, on one line of stderr where that is a terminal: a share of the history from 0 to 1,
   * or words. Undefined takes the line away.
   */
  progress(state: number | (() => string) | undefined): void
}

/** Reads what stdout is from the environment; `noColor` comes from the command line. */
export function openTerminal(env: NodeJS.ProcessEnv, noColor: boolean): Terminal {
  return {
    get isTerminal() {
      return isTerminal(1)
    },
    get color() {
      return !noColor && wantsColor(env, isTerminal(1))
    },
    get width() {
      return Number(env.COLUMNS) || (isTerminal(1) ? process.stdout.columns : 0) || 80
    },
    unicode: !/^(C|POSIX)$/.test(env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8'),
    get hyperlinks() {
      return !noColor && isTerminal(1) && hasHyperlinks(env)
    },
    out: (text) => write(1, text),
    tell: (text) =>
      write(1, text.length > FITS && isTerminal(1) ? prose(text, process.stdout.columns || 80) : text),
    err: (text) => write(2, isTerminal(2) ? prose(text, process.stderr.columns || 80) : text),
    progress: progressLine(),
  }
}

/** What is no longer has no need of a look at what it is written to: narrower terminals break it themselves. */
const FITS = 60

/** Whether a descriptor is a terminal. `node:tty` brings all streams with it, and the hook's usual answer needs none. */
export function isTerminal(descriptor: 1 | 2): boolean {
  return process.getBuiltinModule('node:tty').isatty(descriptor)
}

function wantsColor(env: NodeJS.ProcessEnv, isOnTerminal: boolean): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0'
  return isOnTerminal && env.TERM !== 'dumb'
}

function hasHyperlinks(env: NodeJS.ProcessEnv): boolean {
  if (env.CI || env.TERM === 'dumb') return false
  if (['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper'].includes(env.TERM_PROGRAM ?? '')) return true
  return (
    Number(env.VTE_VERSION) >= 5000 ||
    env.WT_SESSION !== undefined ||
    /kitty|alacritty|foot/.test(env.TERM ?? '')
  )
}

const PROGRESS_EVERY_MS = 100
/** What is done sooner needs no line. */
const PROGRESS_AFTER_MS = 400

function progressLine(): Terminal['progress'] {
  const started = Date.now()
  let shown = 0
  let isSeen: boolean | undefined
  return (state) => {
    const now = Date.now()
    if (state === undefined) {
      if (shown > 0) write(2, '\r\u001b[K')
      return
    }
    if (now - started < PROGRESS_AFTER_MS || now - shown < PROGRESS_EVERY_MS) return
    isSeen ??= isTerminal(2)
    if (!isSeen) return
    shown = now
    write(2, `\r\u001b[Kunleak: ${typeof state === 'number' ? shareText(state, now - started) : state()}`)
  }
}

function shareText(share: number, elapsedMs: number): string {
  const left = share > 0.02 ? `, ${Math.ceil((elapsedMs / share - elapsedMs) / 1000)} s left` : ''
  return `${Math.floor(share * 100)} % of the history${left}`
}

/** Writes at once, so that nothing is lost when the process ends; a reader that went away is not an error. */
function write(descriptor: 1 | 2, text: string): void {
  let bytes = Buffer.from(text)
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5) // the pipe is full: wait for its reader
    }
  }
}
