// SARIF 2.1.0, as GitHub code scanning takes it: one result for each secret and file, one rule with its help.

import { type Finding, isPartial, type Place, type Report } from '../model/index.ts'
import { type Clean, createClean, pathUri } from './clean.ts'
import { createPen, type Pen } from './pen.ts'
import { isInFile, placeGroups, placeName } from './place-groups.ts'
import { printItems, printJson } from './print-json.ts'
import { problemText } from './problems-text.ts'
import { shownSecret } from './redaction.ts'
import type { Reporter, ReporterOptions } from './reporter.ts'
import { LEVELS, sarifRules } from './sarif-rules.ts'
import type { Invocation, Location, Notification, Result, Run } from './sarif-types.ts'
import { verdictText } from './verdict-text.ts'
import { CONFIDENCE_WORDS, count } from './words.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'
const TOP = '%SRCROOT%'
/** GitHub shows no more of one result. */
const MAX_RELATED = 99

/** One result a piece, so that a large report is never one string. */
export const sarif: Reporter = function* (report, options) {
  const clean = createClean(report, options.reveal)
  const pen = createPen(report, { ...options, color: false, hyperlinks: false })
  const rules = sarifRules(report.findings, options.about, clean)
  const ruleIndex = new Map(rules.map(({ id }, i) => [id, i]))
  const run = printJson(runOf(report, options, rules, pen))
  yield `{"$schema":"${SCHEMA}","version":"2.1.0","runs":[${run.slice(0, -1)},"results":[`
  yield* printItems(results())
  yield '\n]}]}\n'

  function* results(): Iterable<object> {
    for (const finding of report.findings)
      for (const places of placeGroups(finding)) {
        const result = resultOf(finding, places, { clean, pen, below: options.below ?? '' })
        yield { ...result, ruleIndex: ruleIndex.get(finding.rule)! }
      }
  }
}

function runOf(
  report: Report,
  { repository }: ReporterOptions,
  rules: ReturnType<typeof sarifRules>,
  pen: Pen,
): Run {
  const { tool, scan } = report
  const driver = {
    name: 'unleak',
    version: tool.version,
    semanticVersion: tool.version,
    informationUri: 'https://www.npmjs.com/package/unleak',
    properties: { ruleset: tool.ruleset },
    rules,
  }
  const { uri, ...where } = repository ?? {}
  return {
    tool: { driver },
    // Audits and CI runs are kept apart: what one doesn't look at must not close the other's alerts.
    automationDetails: { id: `unleak/${scan.command}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [TOP]: { description: { text: 'The top of the repository.' } } },
    invocations: [invocationOf(report, pen)],
    ...(uri === undefined
      ? {}
      : { versionControlProvenance: [{ repositoryUri: uri, ...where, mappedTo: { uriBaseId: TOP } }] }),
    properties: { command: scan.command, state: scan.state, counts: scan.counts },
  }
}

function invocationOf({ scan, findings }: Report, pen: Pen): Invocation {
  const isWhole = scan.state === 'complete'
  const start = Date.parse(scan.startedAt)
  const notifications = scan.problems.map((problem): Notification => {
    const text = problemText(problem, pen).replaceAll('\0', ' ')
    return {
      level: isPartial(problem) ? 'error' : 'note',
      descriptor: { id: problem.code },
      message: { text },
    }
  })
  if (!isWhole && !scan.problems.some(isPartial))
    notifications.push({ level: 'error', message: { text: 'Not everything was scanned.' } })
  return {
    executionSuccessful: isWhole,
    exitCode: isWhole ? Number(findings.length > 0) : 2,
    startTimeUtc: scan.startedAt,
    endTimeUtc: new Date(start + scan.durationMs).toISOString(),
    toolExecutionNotifications: notifications,
  }
}

interface Writing {
  readonly clean: Clean
  readonly pen: Pen
  /** Folders between the system's root and the top of the repository. */
  readonly below: string
}

function resultOf(finding: Finding, places: readonly Place[], writing: Writing): Result {
  const { rule, id, severity, confidence, provider, verdict, secret, evidence, history } = finding
  const { clean, pen } = writing
  const related = places.slice(1, MAX_RELATED + 1).map((place, i) => ({
    id: i + 1,
    ...locationOf(place, writing),
    message: { text: 'The same secret' },
  }))
  const place = places[0]
  // Cleaned as a whole: the colon may continue what a commit's name holds of a secret.
  const line = clean.foreign(`${id}:${place && !isInFile(place) ? (place.commit ?? '1') : '1'}`)
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: messageOf(finding, places.length, pen) },
    locations: place ? [locationOf(place, writing)] : [],
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    partialFingerprints: { primaryLocationLineHash: line, 'unleakFinding/v1': id },
    properties: {
      id,
      severity,
      confidence,
      provider,
      verdict: verdict.state,
      secret: clean.known(shownSecret(secret, pen.reveal)),
      evidence: evidence.map(clean.foreign),
      ...(history ? { atHead: history.atHead, published: history.published.map(clean.foreign) } : {}),
    },
  }
}

function messageOf(finding: Finding, places: number, pen: Pen): string {
  const { title, secret, confidence, verdict, response, id } = finding
  const shown = pen.known(shownSecret(secret, pen.reveal))
  const revoke = response.find(({ step }) => step === 'revoke')
  return [
    `${pen.known(title)} ${shown}, ${count(secret.length, 'character')}: ${CONFIDENCE_WORDS[confidence]}.`,
    ...(places > 1 ? [`It stands ${places} times in this file or its history.`] : []),
    ...(verdict.state === 'unchecked' ? [] : [verdictText(verdict, pen.foreign)]),
    ...(revoke
      ? [`Treat it as leaked. ${pen.known(revoke.text)} ${pen.known(revoke.url ?? '')}`.trim()]
      : []),
    `False alarm: unleak ignore ${id} --reason "why"`,
  ]
    .join(' ')
    .replaceAll('](', '] (') // no link of the data's making
}

function locationOf(place: Place, { clean, below }: Writing): Location {
  const { line, column, endLine, endColumn } = place
  const region = { startLine: line, startColumn: column, endLine, endColumn }
  if (isInFile(place)) {
    const uri = pathUri(place.path!, clean)
    const isAbsolute = uri.startsWith('file:')
    const artifactLocation = isAbsolute ? { uri } : { uri: pathUri(below, clean) + uri, uriBaseId: TOP }
    return { physicalLocation: { artifactLocation, region }, ...logical(place, clean) }
  }
  // Code scanning turns results down that have no file: a message gets the name of one.
  const name = [placeName(place), ...(place.commit ? [place.commit.slice(0, 12)] : [])].join('/')
  return {
    physicalLocation: {
      artifactLocation: { uri: pathUri(name, clean), uriBaseId: TOP },
      region: { startLine: line },
    },
    ...logical(place, clean),
  }
}

/** The commit a place is in, which SARIF has no field for. */
function logical({ commit, kind, author, date }: Place, { foreign }: Clean): Partial<Location> {
  if (commit === undefined) return {}
  const by = [author === undefined ? '' : ` by ${foreign(author)}`, date === undefined ? '' : `, ${date}`]
  const fullyQualifiedName = foreign(commit)
  return {
    logicalLocations: [{ name: `commit ${fullyQualifiedName.slice(0, 12)}`, fullyQualifiedName, kind }],
    properties: { commit: fullyQualifiedName, text: `commit ${fullyQualifiedName}${by.join('')}` },
  }
}
