// The two shapes of trouble that users see: ToolError stops the run, Problem is data in the report.

/** Process exit codes; a contract that scripts rely on. */
export const ExitCode = { clean: 0, found: 1, failed: 2, interrupted: 130 } as const
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]

export type ErrorCode =
  | 'E_USAGE'
  | 'E_CONFIG'
  | 'E_RULES'
  | 'E_IGNORE_FILE'
  | 'E_BASELINE'
  | 'E_GIT_NOT_FOUND'
  | 'E_GIT'
  | 'E_RANGE'
  | 'E_NOT_A_REPOSITORY'
  | 'E_NOT_FOUND'
  | 'E_WRITE'
  | 'E_NETWORK'
  | 'E_HOOK'
  | 'E_INTERNAL'

/** Trouble that stops the run. `message` says what and where; `hint` says what to do. Neither holds a secret. */
export class ToolError extends Error {
  override readonly name = 'ToolError'
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }
}

export type ProblemCode =
  | 'E_OBJECT_MISSING'
  | 'E_OBJECT_CORRUPT'
  | 'E_GIT'
  | 'E_UNREADABLE'
  | 'E_UNMERGED'
  | 'E_INTERRUPTED'
  | 'E_SHALLOW'
  | 'W_SUBMODULE'
  | 'W_LFS'
  | 'W_ARCHIVE'
  | 'W_SLOW_READER'
  | 'W_SHALLOW'
  | 'W_MANY_PATHS'
  | 'W_NOT_A_FILE'
  | 'W_DECODE_BUDGET'
  | 'W_IGNORE_EXPIRED'
  | 'W_IGNORE_UNUSED'
  | 'W_IGNORE_NOT_SEEN'
  | 'W_BASELINE_STALE'
  | 'W_CONFIG_LEFT_OUT'

/**
 * Trouble that did not stop the scan. A code that starts with `E_` means something was not scanned
 * (the report is partial, exit 2); `W_` is worth saying and changes nothing.
 */
export interface Problem {
  readonly code: ProblemCode
  readonly count: number
  /** A few object ids or paths, for people. */
  readonly examples: readonly string[]
  readonly message?: string
}

/** True when the problem means that something asked for was not scanned. */
export function isPartial(problem: Problem): boolean {
  return problem.code.startsWith('E_')
}
