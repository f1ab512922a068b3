// ci and push: which commits are new, by the environment or by what git tells its hook; one scan, its reports.
import { randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { isatty } from 'node:tty'
import { type ExitCode, type PushedRef, type Report, ToolError } from '../../model/index.ts'
import { command } from '../../reporters/github.ts'
import { REPORTERS } from '../../reporters/index.ts'
import type { CommandContext, RunCommand } from '../commands.ts'
import { configured } from '../configured.ts'
import { CI_FLAGS, STAGED_FLAGS } from '../flags.ts'
import { planOutputs, reporterOptions } from '../output.ts'
import { readStdin } from '../stdin.ts'
import { runWith } from './scan.ts'

export const runPush: RunCommand = configured(STAGED_FLAGS, async (context) => {
  const { positionals } = context.args
  const framework = refsOfFramework(context.env)
  if (framework !== undefined) {
    const remote = context.env.PRE_COMMIT_REMOTE_NAME ?? ''
    return await runWith(context, { command: 'push', range: { kind: 'push', remote, refs: framework } })
  }
  if (isatty(0)) {
    throw new ToolError(
      'E_USAGE',
      'unleak push reads the refs to push from standard input, as git gives them.',
      {
        hint: 'It is a pre-push hook: unleak init installs it. For a range by hand: unleak ci --range A..B',
      },
    )
  }
  const refs = parsePushedRefs(await readStdin())
  return await runWith(context, {
    command: 'push',
    range: { kind: 'push', remote: positionals[0] ?? '', refs },
  })
})

/** The lines of a pre-push hook: `<local ref> <local id> <remote ref> <remote id>`. */
export function parsePushedRefs(input: string): PushedRef[] {
  const lines = input.split('\n').map((line) => line.trim())
  return lines.filter(Boolean).map((line) => {
    const parts = /^(.+) ([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/.exec(line)
    if (parts === null) {
      throw new ToolError(
        'E_USAGE',
        'standard input is not what git gives a pre-push hook; nothing was scanned.',
        {
          hint: 'Each line is: <local ref> <local id> <remote ref> <remote id>',
        },
      )
    }
    const [, localRef = '', localId = '', remoteRef = '', remoteId = ''] = parts
    return { localRef, localId, remoteRef, remoteId }
  })
}

/**
 * The pre-commit framework keeps git's lines for itself and says in its variables what is pushed. Source: pre-commit.com,
 * "pre-push hooks"; where there is no earlier commit, it asks for all files.
 */
function refsOfFramework(env: NodeJS.ProcessEnv): PushedRef[] | undefined {
  const { PRE_COMMIT_TO_REF: to, PRE_COMMIT_FROM_REF: from, PRE_COMMIT_REMOTE_BRANCH: branch } = env
  if (env.PRE_COMMIT !== '1' || branch === undefined) return undefined
  const localRef = env.PRE_COMMIT_LOCAL_BRANCH ?? branch
  const isId = (id: string | undefined) => id !== undefined && /^[0-9a-f]{40,64}$/.test(id)
  const localId = isId(to) ? to! : localRef
  const remoteId = isId(from) ? from! : '0'.repeat(40)
  return [{ localRef, localId, remoteRef: branch, remoteId }]
}

/** The lines of a pre-receive hook: `<old id> <new id> <ref>`. */
export function parseReceivedRefs(input: string): PushedRef[] {
  const lines = input.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [, remoteId, localId, ref] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S.*)$/.exec(line) ?? []
    if (remoteId === undefined || localId === undefined || ref === undefined)
      throw new ToolError(
        'E_USAGE',
        'standard input is not what git gives a pre-receive hook; nothing was scanned.',
        {
          hint: 'Each line is: <old id> <new id> <ref>',
        },
      )
    return { localRef: ref, localId, remoteRef: ref, remoteId }
  })
}

export const runCi: RunCommand = configured(CI_FLAGS, async (context) => {
  const { args, env } = context
  if (args.positionals.length > 0) {
    throw new ToolError('E_USAGE', `unleak ci takes no argument: "${args.positionals[0]}".`, {
      hint: 'Name the commits: unleak ci --range A..B',
    })
  }
  if (env.GITHUB_ACTIONS !== 'true') return await runRange(context, {})
  try {
    return await runRange(context, onGitHub(context))
  } catch (error) {
    const { name, message, hint = '' } = error as ToolError
    // What stops the run is told where people look first, and then as everywhere.
    if (name === 'ToolError')
      context.terminal.err(command('error', { title: 'unleak' }, `${message} ${hint}`.trim()))
    throw error
  }
})

async function runRange(context: CommandContext, also: Parameters<typeof runWith>[2]): Promise<ExitCode> {
  const { findRange } = await import('../../ci/index.ts')
  const range = findRange(context.args.one('range'), context.env, readEvent)
  return await runWith(context, { command: 'ci', range }, also)
}

function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new ToolError('E_RANGE', `${path}: the file that describes the event could not be read.`, {
      hint: 'Name the commits: unleak ci --range A..B',
      cause: error,
    })
  }
}

/** Annotations beside the report, and a summary for the run's page. */
function onGitHub(context: CommandContext) {
  const { terminal, env } = context
  const outputs = planOutputs(context)
  const isText = outputs.some(({ format, file }) => format === 'text' && file === undefined)
  // What the scanned data wrote must not be taken for a command of the workflow.
  const token = randomUUID()
  return {
    before: () => {
      if (isText) terminal.out(`::stop-commands::${token}\n`)
    },
    after: (report: Report, root: string) => {
      if (isText) terminal.out(`::${token}::\n`)
      const options = {
        ...reporterOptions(context, root, true),
        reveal: false,
        below: belowWorkspace(env.GITHUB_WORKSPACE, root),
      }
      const annotations = [...REPORTERS.github(report, options)].join('')
      // Another format on stdout is read by a program: GitHub takes commands from stderr as well.
      if (isText) terminal.out(annotations)
      else if (!outputs.some(({ format }) => format === 'github')) terminal.err(annotations)
      if (env.GITHUB_STEP_SUMMARY) {
        const text = [...REPORTERS.markdown(report, options)].join('')
        appendSummary(env.GITHUB_STEP_SUMMARY, text, context)
      }
    },
  }
}

/** Folders from the workspace down to the repository; empty when they are the same. */
function belowWorkspace(workspace: string | undefined, root: string): string {
  const way = workspace ? relative(workspace, root) : ''
  return way === '' || way.startsWith('..') ? '' : `${way.split(sep).join('/')}/`
}

function appendSummary(file: string, text: string, { terminal }: CommandContext): void {
  try {
    appendFileSync(file, text)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    terminal.err(`unleak: the step summary could not be written (${code}); the report above is whole.\n`)
  }
}
