// The registry of reporters: a report goes in, text comes out. Pure: no process, no stdout, no clock.
import { github } from './github.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import type { Reporter } from './reporter.ts'
import { text } from './text.ts'

export { createRedactor, type Redactor, redactText } from './redaction.ts'
export type { Reporter, ReporterOptions } from './reporter.ts'

export const REPORTERS: Readonly<Record<'text' | 'json' | 'markdown' | 'github', Reporter>> = {
  text,
  json,
  markdown,
  github,
}
