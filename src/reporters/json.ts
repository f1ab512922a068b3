// The report as JSON, exactly `unleak-report/1` (report.schema.json beside this file).
import type { CommitRef, Finding, History, Place, Problem, Report, ResponseStep } from '../model/index.ts'
import { type Clean, createClean } from './clean.ts'
import { escapeJson } from './escape.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter } from './reporter.ts'

/** Keys in a fixed order, two spaces of indent; one piece a finding, so that a large report is never one string. */
export const json: Reporter = function* (report, { reveal }) {
  const clean = createClean(report, reveal)
  const head = print({ schema: report.schema, tool: toolJson(report), scan: scanJson(report, clean) })
  yield `${head.slice(0, -2)},\n  "findings": [`
  for (const [i, finding] of report.findings.entries())
    yield `${i === 0 ? '' : ','}\n    ${print(findingJson(finding, clean, reveal)).replaceAll('\n', '\n    ')}`
  yield report.findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}

function print(value: unknown): string {
  return escapeJson(JSON.stringify(value, null, 2))
}

export function toolJson({ tool }: Report): object {
  return { version: tool.version, ruleset: tool.ruleset }
}

export function scanJson({ scan }: Report, clean: Clean) {
  const { commits, objects, blobs, files, bytes } = scan.counts
  return {
    command: scan.command,
    target: clean.foreign(scan.target),
    state: scan.state,
    startedAt: scan.startedAt,
    durationMs: scan.durationMs,
    counts: { commits, objects, blobs, files, bytes },
    problems: scan.problems.map((problem) => problemJson(problem, clean)),
    // The filters' own words: what they share with a secret, such as `password`, tells nothing of it.
    dropped: scan.dropped.map(({ reason, count }) => ({ reason: clean.known(reason), count })),
    remembered: scan.remembered,
  }
}

function problemJson(problem: Problem, clean: Clean): object {
  return {
    code: problem.code,
    count: problem.count,
    examples: problem.examples.map(clean.foreign),
    message: problem.message === undefined ? undefined : clean.foreign(problem.message),
  }
}

export function findingJson(finding: Finding, clean: Clean, reveal: boolean): object {
  const { secret, verdict } = finding
  return {
    id: finding.id,
    rule: finding.rule,
    provider: finding.provider,
    title: clean.known(finding.title),
    severity: finding.severity,
    confidence: finding.confidence,
    evidence: finding.evidence.map(clean.foreign),
    secret: {
      redacted: secret.redacted,
      length: secret.length,
      value: reveal && secret.isKnown ? shownSecret(secret, true) : undefined,
    },
    places: finding.places.map((place) => placeJson(place, clean)),
    history: finding.history && historyJson(finding.history, clean),
    verdict: {
      state: verdict.state,
      reason: verdict.reason === undefined ? undefined : clean.foreign(verdict.reason),
      checkedAt: verdict.checkedAt,
    },
    response: finding.response.map((step) => stepJson(step, clean)),
  }
}

function placeJson(place: Place, clean: Clean): object {
  const text = (value: string | undefined) => (value === undefined ? undefined : clean.foreign(value))
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
    parts: place.parts?.map(({ name, value }) => ({ name, value: clean.foreign(value) })),
    encoding: place.encoding,
  }
}

function historyJson(history: History, clean: Clean): object {
  const commit = (ref: CommitRef | null) =>
    ref && {
      commit: clean.foreign(ref.commit),
      author: clean.foreign(ref.author),
      date: ref.date,
      path: ref.path === undefined ? undefined : clean.foreign(ref.path),
    }
  return {
    introduced: commit(history.introduced),
    removed: commit(history.removed),
    atHead: history.atHead,
    refs: history.refs.map(clean.foreign),
    published: history.published.map(clean.foreign),
  }
}

function stepJson(step: ResponseStep, clean: Clean): object {
  return {
    step: step.step,
    text: clean.known(step.text),
    url: step.url === undefined ? undefined : clean.known(step.url),
    command: step.command === undefined ? undefined : clean.known(step.command),
    files: step.files?.map(clean.foreign),
  }
}
