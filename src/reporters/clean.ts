// What formats for programs write with: secrets masked in every text, whatever the format does to it afterwards.
import type { Report } from '../model/index.ts'
import { printJson } from './print-json.ts'
import { createRedactor, type Redactor } from './redaction.ts'

export interface Clean {
  /** For text that the scanned data wrote. */
  readonly foreign: (text: string) => string
  /** For our own words and those of rule files. */
  readonly known: (text: string) => string
}

/** The cleaner for one report; with `reveal` it lets everything pass. */
export function createClean(report: Report, reveal: boolean): Clean {
  const redactor = createRedactor(
    report.findings.map((finding) => finding.secret),
    reveal,
  )
  return { foreign: cleaner(redactor), known: redactor.known }
}

/** Masks secrets in foreign text, also those that only appear once JSON has escaped it. */
function cleaner(redactor: Redactor): Clean['foreign'] {
  return (text) => {
    const masked = redactor.foreign(text)
    const isPlain = /^[ !#-[\]-~]*$/.test(masked)
    const printed = isPlain ? `"${masked}"` : printJson(masked)
    return redactor.foreign(printed) === printed ? masked : '[redacted]'
  }
}

/** A path as a relative or `file:` reference; never more than the cleaned path tells. */
export function pathUri(path: string, { foreign }: Clean): string {
  const shown = foreign(path).replace(/\p{Cs}/gu, '\ufffd')
  const plain = /^([A-Za-z]:|\\\\)/.test(shown) ? shown.replaceAll('\\', '/') : shown
  const way = plain.split('/').map(encodeURIComponent).join('/')
  const uri = /^[A-Za-z]:/.test(plain)
    ? `file:///${way.replace('%3A', ':')}`
    : plain.startsWith('/')
      ? `file://${way}`
      : way
  return foreign(uri) === uri ? uri : encodeURIComponent('[redacted]')
}
