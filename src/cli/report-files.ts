// `--format FORMAT[=FILE]` and `--output FILE`: which reports are written, and where to.
import { resolve } from 'node:path'
import { ToolError } from '../model/index.ts'
import { assertPlace } from './whole-file.ts'

export interface Placed<Format extends string> {
  readonly format: Format
  /** Undefined: stdout. */
  readonly file: string | undefined
}

/** @param names the formats as the error names them. Throws ToolError `E_USAGE`. */
export function placedFormats<Format extends string>(
  values: readonly string[],
  formats: readonly Format[],
  names: string,
): Placed<Format>[] {
  return values.map((value) => {
    const [name = '', ...rest] = value.split('=')
    const format = formats.find((each) => each === name)
    if (format === undefined) throw new ToolError('E_USAGE', `--format: "${name}" is not ${names}.`)
    return { format, file: rest.length > 0 ? rest.join('=') : undefined }
  })
}

/**
 * The reports with `--output` given to the one that has no file.
 * @param otherwise written where no format is given; where each has a file of its own, --output is one more report
 * @param example formats that can stand together. Throws ToolError `E_USAGE` for two on stdout.
 */
export function withOutput<Format extends string>(
  given: readonly Placed<Format>[],
  file: string | undefined,
  otherwise: Format,
  example: string,
): Placed<Format>[] {
  const isOneMore =
    given.length === 0 || (file !== undefined && given.every((each) => each.file !== undefined))
  const all = isOneMore ? [...given, { format: otherwise, file: undefined }] : given
  if (all.filter((each) => each.file === undefined).length > 1)
    throw new ToolError('E_USAGE', 'two reports for one output.', { hint: `Give files: ${example}` })
  return all.map((each) => (each.file === undefined && file ? { ...each, file } : each))
}

/** Finds out before long work that one of them can't be written. Throws ToolError `E_WRITE`. */
export function assertPlaces(all: readonly Placed<string>[], cwd: string): void {
  for (const { file } of all) if (file !== undefined) assertPlace(resolve(cwd, file))
}
