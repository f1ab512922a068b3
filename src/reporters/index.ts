// The registry of reporters: a report goes in, text comes out. Pure: no process, no stdout, no clock.
import { github } from './github.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import type { FormatName, Reporter } from './reporter.ts'
import { text } from './text.ts'

export { createRedactor, type Redactor, redactText } from './redaction.ts'
export type { Reporter, ReporterOptions } from './reporter.ts'

export const REPORTERS: Readonly<Record<FormatName, Reporter>> = {
  text,
  json,
  markdown,
  github,
}
