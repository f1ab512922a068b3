// The report as JSON, exactly `unleak-report/1` (report.schema.json beside this file).
import type { CommitRef, Finding, History, Place, Problem, Report, ResponseStep } from '../model/index.ts'
import { escapeJson } from './escape.ts'
import { createRedactor, type Redactor, shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'

/** Keys in a fixed order, two spaces of indent; one piece a finding, so that a large report is never one string. */
export const json: Reporter = function* (report, { reveal }) {
  const redactor = createRedactor(
    report.findings.map((finding) => finding.secret),
    reveal,
  )
  const clean = cleaner(redactor)
  const head = print({ schema: report.schema, tool: toolJson(report), scan: scanJson(report, clean) })
  yield `${head.slice(0, -2)},\n  "findings": [`
  for (const [i, finding] of report.findings.entries())
    yield `${i === 0 ? '' : ','}\n    ${print(findingJson(finding, clean, redactor, reveal)).replaceAll('\n', '\n    ')}`
  yield report.findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}

type Clean = (text: string) => string

function print(value: unknown): string {
  return escapeJson(JSON.stringify(value, null, 2))
}

/** Masks secrets in foreign text, also those that only appear once JSON has escaped it. */
function cleaner(redactor: Redactor): Clean {
  return (text) => {
    const masked = redactor.foreign(text)
    const isPlain = /^[ !#-[\]-~]*$/.test(masked)
    const printed = isPlain ? `"${masked}"` : escapeJson(JSON.stringify(masked))
    return redactor.foreign(printed) === printed ? masked : '[redacted]'
  }
}

function toolJson({ tool }: Report): object {
  return { version: tool.version, ruleset: tool.ruleset }
}

function scanJson({ scan }: Report, clean: Clean): object {
  const { commits, objects, blobs, files, bytes } = scan.counts
  return {
    command: scan.command,
    target: clean(scan.target),
    state: scan.state,
    startedAt: scan.startedAt,
    durationMs: scan.durationMs,
    counts: { commits, objects, blobs, files, bytes },
    problems: scan.problems.map((problem) => problemJson(problem, clean)),
    dropped: scan.dropped.map(({ reason, count }) => ({ reason: clean(reason), count })),
    remembered: scan.remembered,
  }
}

function problemJson(problem: Problem, clean: Clean): object {
  return {
    code: problem.code,
    count: problem.count,
    examples: problem.examples.map(clean),
    message: problem.message === undefined ? undefined : clean(problem.message),
  }
}

function findingJson(finding: Finding, clean: Clean, { known }: Redactor, reveal: boolean): object {
  const { secret, verdict } = finding
  return {
    id: finding.id,
    rule: finding.rule,
    provider: finding.provider,
    title: known(finding.title),
    severity: finding.severity,
    confidence: finding.confidence,
    evidence: finding.evidence.map(clean),
    secret: {
      redacted: secret.redacted,
      length: secret.length,
      value: reveal ? shownSecret(secret, true) : undefined,
    },
    places: finding.places.map((place) => placeJson(place, clean)),
    history: finding.history && historyJson(finding.history, clean),
    verdict: {
      state: verdict.state,
      reason: verdict.reason === undefined ? undefined : clean(verdict.reason),
      checkedAt: verdict.checkedAt,
    },
    response: finding.response.map((step) => stepJson(step, clean, known)),
  }
}

function placeJson(place: Place, clean: Clean): object {
  const text = (value: string | undefined) => (value === undefined ? undefined : clean(value))
  return {
    kind: place.kind,
    path: text(place.path),
    line: place.line,
    column: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
    blob: text(place.blob),
    commit: text(place.commit),
    author: text(place.author),
    date: place.date,
    tag: text(place.tag),
    name: text(place.name),
    parts: place.parts?.map(({ name, value }) => ({ name, value: clean(value) })),
    encoding: place.encoding,
  }
}

function historyJson(history: History, clean: Clean): object {
  const commit = (ref: CommitRef | null) =>
    ref && {
      commit: clean(ref.commit),
      author: clean(ref.author),
      date: ref.date,
      path: ref.path === undefined ? undefined : clean(ref.path),
    }
  return {
    introduced: commit(history.introduced),
    removed: commit(history.removed),
    atHead: history.atHead,
    refs: history.refs.map(clean),
    published: history.published.map(clean),
  }
}

function stepJson(step: ResponseStep, clean: Clean, known: Clean): object {
  return {
    step: step.step,
    text: known(step.text),
    url: step.url === undefined ? undefined : known(step.url),
    command: step.command === undefined ? undefined : known(step.command),
    files: step.files?.map(clean),
  }
}
