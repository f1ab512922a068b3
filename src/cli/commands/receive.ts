// `unleak receive`: the commits that a push brings to this server, in a pre-receive hook.
import { isatty } from 'node:tty'
import { ToolError } from '../../model/index.ts'
import type { RunCommand } from '../commands.ts'
import { readStdin } from '../stdin.ts'
import { parseReceivedRefs } from './range.ts'
import { runWith } from './scan.ts'

export const runReceive: RunCommand = async (context) => {
  if (isatty(0)) {
    throw new ToolError(
      'E_USAGE',
      'unleak receive reads the pushed refs from standard input, as git gives them.',
      {
        hint: 'It is a pre-receive hook: unleak init --pre-receive installs it, in the repository on the server.',
      },
    )
  }
  const refs = parseReceivedRefs(await readStdin())
  return await runWith(context, {
    command: 'push',
    range: { kind: 'push', remote: 'this server', refs, isReceived: true },
  })
}
