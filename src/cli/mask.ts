// Masks what looks like a secret in texts that leave by other ways than findings: errors, names, git's complaints.
import { createEngine, createFastPrefilter } from '../engine/index.ts'
import { judgeMatch } from '../filters/contest.ts'
import { type Report, wholeChunk } from '../model/index.ts'
import { loadRules } from '../rules/load.ts'
import { sealSecret } from '../sighting.ts'

/** Replaces every secret in a text by its redacted form. */
export type Mask = (text: string) => string

/** A mask that knows all bundled rules. What only looks generic stays: a message must still say something. */
export async function createMask(): Promise<Mask> {
  made ??= makeMask()
  return await made
}

let made: Promise<Mask> | undefined

async function makeMask(): Promise<Mask> {
  const { ruleset } = await loadRules()
  const engine = createEngine(ruleset, createFastPrefilter, 1)
  return (text) => {
    const bytes = Buffer.from(text, 'utf8')
    const chunk = wholeChunk(bytes, { kind: 'stdin' })
    let masked = ''
    let from = 0
    for (const claimed of engine.match(chunk).matches) {
      const { match, candidate, judgement } = judgeMatch(claimed, chunk)
      if (!judgement.kept || match.span.start < from) continue
      masked +=
        bytes.toString('utf8', from, match.span.start) + sealSecret(match.rule, candidate.secret).redacted
      from = match.span.end
    }
    return masked + bytes.toString('utf8', from)
  }
}

/** The report with its foreign texts masked: names of files, people and targets, and what git said. */
export async function maskReport(report: Report): Promise<Report> {
  const mask = await createMask()
  const foreign = JSON.stringify([
    report.scan.target,
    report.scan.problems,
    report.findings.map((f) => f.places),
  ])
  if (mask(foreign) === foreign) return report
  return {
    ...report,
    scan: {
      ...report.scan,
      target: mask(report.scan.target),
      problems: report.scan.problems.map((problem) => ({
        ...problem,
        examples: problem.examples.map(mask),
        ...(problem.message === undefined ? {} : { message: mask(problem.message) }),
      })),
    },
    findings: report.findings.map((finding) => ({
      ...finding,
      places: finding.places.map((place) => ({
        ...place,
        ...(place.path === undefined ? {} : { path: mask(place.path) }),
        ...(place.author === undefined ? {} : { author: mask(place.author) }),
      })),
    })),
  }
}
