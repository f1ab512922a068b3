// The registry of reporters: a report goes in, text comes out. Pure: no process, no stdout, no clock.
import { github } from './github.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import type { FormatName, Reporter } from './reporter.ts'
import { text } from './text.ts'

export { createRedactor, type Redactor, redactText } from './redaction.ts'
export type { Reporter, ReporterOptions } from './reporter.ts'

/** Those that hooks and CI runs use: they are there at once. */
export const REPORTERS = { text, json, markdown, github } as const satisfies Partial<
  Readonly<Record<FormatName, Reporter>>
>

type ColdName = Exclude<FormatName, keyof typeof REPORTERS>

/** The others load when they are asked for. */
const COLD: Readonly<Record<ColdName, () => Promise<Reporter>>> = {
  jsonl: async () => (await import('./jsonl.ts')).jsonl,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  codequality: async () => (await import('./codequality.ts')).codequality,
  csv: async () => (await import('./csv.ts')).csv,
  html: async () => (await import('./html.ts')).html,
}

/** The reporter of a format. */
export async function loadReporter(format: FormatName): Promise<Reporter> {
  return format in REPORTERS ? REPORTERS[format as keyof typeof REPORTERS] : await COLD[format as ColdName]()
}
