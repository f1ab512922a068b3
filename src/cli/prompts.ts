// Questions with a choice or a line of text, for a person at a terminal. The only importer of @clack/prompts.
import { isCancel, multiselect, select, text } from '@clack/prompts'
import { ToolError } from '../model/index.ts'

/** Questions go to stderr: stdout stays the report's. A terminal that does not know its width would get a letter a line. */
function output(): { output: NodeJS.WriteStream } {
  process.stderr.columns ||= 80
  return { output: process.stderr }
}

export interface Choice<T> {
  readonly value: T
  readonly label: string
  readonly hint?: string
}

/** One of the choices; undefined when the person wants to stop (Escape, Ctrl-C). */
export async function choose<T extends string>(
  message: string,
  choices: readonly Choice<T>[],
): Promise<T | undefined> {
  const options = choices.map(({ value, label, hint }) => ({ value, label, ...(hint ? { hint } : {}) }))
  const answer = await select<string>({ ...output(), message, options })
  return isCancel(answer) ? undefined : (answer as T)
}

/** Any number of the choices, those in `chosen` marked at first; undefined when the person wants to stop. */
export async function chooseSome<T extends string>(
  message: string,
  choices: readonly Choice<T>[],
  chosen: readonly T[],
): Promise<readonly T[] | undefined> {
  const options = choices.map(({ value, label, hint }) => ({ value, label, ...(hint ? { hint } : {}) }))
  const answer = await multiselect<string>({
    ...output(),
    message,
    options,
    initialValues: [...chosen],
    required: false,
  })
  return isCancel(answer) ? undefined : (answer as T[])
}

/** A line of text; `complaint` says what is wrong with one. undefined when the person wants to stop. */
export async function askText(
  message: string,
  { initial = '', complaint }: { initial?: string; complaint?: (value: string) => string | undefined } = {},
): Promise<string | undefined> {
  const answer = await text({
    ...output(),
    message,
    initialValue: initial,
    validate: (value) => complaint?.((value ?? '').trim()),
  })
  return isCancel(answer) ? undefined : answer.trim()
}

/** For questions that have no answer but a flag when nobody is there. Throws ToolError `E_USAGE`. */
export function nobodyToAsk(what: string, flags: string): ToolError {
  return new ToolError('E_USAGE', `${what}: there is nobody to ask, standard input is not a terminal.`, {
    hint: `Answer with flags: ${flags}`,
  })
}
