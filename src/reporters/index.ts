// The registry of reporters: a report goes in, text comes out. Pure: no process, no stdout, no clock.
import { json } from './json.ts'
import type { Reporter } from './reporter.ts'
import { text } from './text.ts'

export { createRedactor, type Redactor, redactText } from './redaction.ts'
export type { Reporter, ReporterOptions } from './reporter.ts'

export const REPORTERS: Readonly<Record<'text' | 'json', Reporter>> = { text, json }
