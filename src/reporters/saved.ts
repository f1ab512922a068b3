// A saved report → a report again: JSON or JSON lines, checked against the schema that it names.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import { type Finding, REPORT_SCHEMA, type Report, type SavedSecret, Secret } from '../model/index.ts'
import schema from './report.schema.json' with { type: 'json' }

/** Why a text is no report, in words; `hint` says what to do. */
export interface NoReport {
  readonly why: string
  readonly hint?: string
}

type SavedReport = Omit<Report, 'findings'> & {
  readonly findings: readonly (Omit<Finding, 'secret'> & { readonly secret: SavedSecret })[]
}

/** Reads what `--format json` or `--format jsonl` wrote. */
export function readSaved(text: string): Report | NoReport {
  const value = parse(text.replace(/^\ufeff/, ''))
  if (isNoReport(value)) return value
  const named = (value as { schema?: unknown } | null)?.schema
  if (named !== REPORT_SCHEMA) return otherSchema(named)
  const validate = new Ajv2020({ strict: false, allErrors: false }).compile(tolerant(schema) as object)
  if (!validate(value)) return { why: reasonOf(validate.errors?.[0]) }
  const report = value as SavedReport
  return {
    ...report,
    scan: { ...report.scan, dropped: report.scan.dropped ?? [] },
    findings: report.findings.map((finding) => ({ ...finding, secret: Secret.saved(finding.secret) })),
  }
}

export function isNoReport(value: unknown): value is NoReport {
  return typeof value === 'object' && value !== null && 'why' in value
}

function parse(text: string): unknown {
  if (text.trim() === '') return { why: 'it is empty' }
  try {
    return JSON.parse(text)
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    try {
      return fromLines(lines.map((line) => JSON.parse(line) as Record<string, unknown>))
    } catch {
      return { why: 'it is not JSON' }
    }
  }
}

/** The lines of `--format jsonl` as one report; one that has no end was cut off. */
function fromLines(lines: readonly Record<string, unknown>[]): unknown {
  const [head, ...rest] = lines
  const end = rest.pop()
  if (head?.type !== 'scan') return { why: 'its first line is not that of a report' }
  const cut = { why: 'it was cut off: lines are missing', hint: 'The scan that wrote it did not end.' }
  if (end?.type !== 'end' || end.findings !== rest.length) return cut
  const { type: _, schema, tool, ...scan } = head
  const { type: __, findings: ___, ...more } = end
  return {
    schema,
    tool,
    scan: { ...scan, ...more },
    findings: rest.map(({ type: ____, ...finding }) => finding),
  }
}

function otherSchema(named: unknown): NoReport {
  if (typeof named !== 'string')
    return { why: `it does not say that it is one ("schema": "${REPORT_SCHEMA}")` }
  const isOurs = /^unleak-[a-z]+\/\d+$/.test(named)
  return {
    why: isOurs
      ? `it is ${named}, and this version reads ${REPORT_SCHEMA}`
      : `its schema is not ${REPORT_SCHEMA}`,
    ...(isOurs && named.startsWith('unleak-report/') ? { hint: 'A newer unleak may read it.' } : {}),
  }
}

/** Where the value is wrong and how, without the value. */
function reasonOf(error: ErrorObject | undefined): string {
  const allowed = (error?.params as { allowedValues?: unknown[] })?.allowedValues
  const values = allowed ? `: ${allowed.join(', ')}` : ''
  return `${error?.instancePath || 'it'} ${error?.message ?? 'is not as it should be'}${values}`
}

/** The schema without its ban on keys it does not know: a later version may write more. */
function tolerant(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tolerant)
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key]) => key !== 'additionalProperties')
  return Object.fromEntries(kept.map(([key, value]) => [key, tolerant(value)]))
}
