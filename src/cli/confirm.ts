// Questions to the person at the terminal; on stderr, so that stdout stays the report's.
import { createInterface } from 'node:readline/promises'
import { isatty } from 'node:tty'

/** True when somebody can answer. */
export function canAsk(): boolean {
  return isatty(0) && isatty(2)
}

/** A plain yes, or no. Without a terminal nobody can say yes. */
export async function confirm(question: string): Promise<boolean> {
  return canAsk() && /^y(?:es)?$/i.test((await ask(`${question} [y/N] `)).trim())
}

/** One line; empty when the terminal is closed. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await Promise.race([
      lines.question(question),
      new Promise<string>((resolve) => lines.once('close', () => resolve(''))),
    ])
  } finally {
    lines.close()
  }
}
