// TOML → values. The only importer of smol-toml.
import { parse } from 'smol-toml'
import { ToolError } from '../../model/index.ts'

/** Throws ToolError `E_RULES` with the file and the place of the mistake. */
export function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (error) {
    const { line } = error as { line?: number }
    const message = (error as Error).message.split('\n')[0]
    throw new ToolError('E_RULES', `${file}${line === undefined ? '' : `:${line}`}: ${message}`, {
      cause: error,
    })
  }
}
