// The report as one page: nothing is loaded, and nothing runs but what the page's own hashes allow.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type Finding, isPartial, type Report } from '../model/index.ts'
import { type Clean, createClean } from './clean.ts'
import type { PageData, PageFinding, PageScan, PageStep } from './html/data.ts'
import { findingJson, scanJson, toolJson } from './json.ts'
import { createPen } from './pen.ts'
import { printJson } from './print-json.ts'
import { problemText } from './problems-text.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'
import { bySeverity, foundText, isNothingRead, scannedText } from './summary.ts'

/** One finding a piece, so that a large report is never one string. */
export const html: Reporter = function* (report, options) {
  const clean = createClean(report, options.reveal)
  const responses = createResponses()
  const findings = bySeverity(report.findings)
  // The steps come ahead of the findings that name them.
  const numbers = findings.map((finding) => responses.number(finding, clean))
  yield* head(report)
  const data: Omit<PageData, 'findings'> = {
    tool: toolJson(report) as PageData['tool'],
    scan: pageScan(report, options, clean),
    scanned: isNothingRead(report) ? 'nothing' : scannedText(report),
    responses: responses.all,
  }
  yield `${print(data).slice(0, -1)},"findings":[`
  for (const [i, finding] of findings.entries()) {
    const { response: _, ...rest } = findingJson(finding, clean, options.reveal) as Record<string, unknown>
    const files = finding.response.flatMap((step) => step.files ?? []).map(clean.foreign)
    const shown = { ...rest, response: numbers[i]!, ...(files.length > 0 ? { files } : {}) }
    yield `${i === 0 ? '' : ',\n'}${print(shown as unknown as PageFinding)}`
  }
  yield `]}</script>\n<script>${part('report-page.js')}</script>\n</body></html>\n`
}

function* head(report: Report): Iterable<string> {
  const [script, style] = [part('report-page.js'), part('report-page.css')]
  const csp = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>unleak report</title>
<style>${style}</style></head>
<body><div id="app"><noscript><main><h1>unleak report</h1><p>${summary(report)}</p>
<p>This page needs JavaScript, which is part of it, to show more. In a terminal: unleak report FILE</p></main></noscript></div>
<script type="application/json" id="report">`
}

/** Our own words and numbers only: nothing here has to be escaped. */
function summary(report: Report): string {
  const found = report.findings.length > 0 ? foundText(report.findings) : 'No secrets in what was read'
  return `${found}.${report.scan.state === 'partial' ? ' Not everything was scanned.' : ''}`
}

function pageScan(report: Report, options: ReporterOptions, clean: Clean): PageScan {
  const pen = createPen(report, { ...options, color: false, hyperlinks: false, unicode: true })
  const { command, target, state, startedAt, durationMs, counts } = scanJson(report, clean)
  const problems = report.scan.problems.map((problem) => ({
    code: problem.code,
    count: problem.count,
    examples: problem.examples.map(clean.foreign),
    text: problemText(problem, pen).replaceAll('\0', ' '),
    isPartial: isPartial(problem),
  }))
  return { command, target, state, startedAt, durationMs, counts, problems }
}

/** The steps that findings share, each list once. */
function createResponses() {
  const all: PageStep[][] = []
  const known = new Map<string, number>()
  const number = (finding: Finding, clean: Clean): number => {
    const steps = finding.response.map(
      ({ step, text, url, command }): PageStep => ({
        step,
        text: clean.known(text),
        ...(url === undefined ? {} : { url: clean.known(url) }),
        ...(command === undefined ? {} : { command: command.replaceAll(finding.id, '{id}') }),
      }),
    )
    const key = JSON.stringify(steps)
    const at = known.get(key) ?? all.push(steps) - 1
    known.set(key, at)
    return at
  }
  return { all, number }
}

/** JSON that can stand in a page: no sign in it begins a tag, a comment or an entity. */
function print(value: object): string {
  return printJson(value).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** The page's own files lie beside the bundle, or in dist/ when running from source. */
function part(name: string): string {
  const beside = new URL(`./${name}`, import.meta.url)
  return readFileSync(existsSync(beside) ? beside : new URL(`../../dist/${name}`, import.meta.url), 'utf8')
}
