// What was looked at and what it amounts to, in a line.
import { type Counts, type Finding, HELD, type Report, SEVERITIES } from '../model/index.ts'
import { count, number, size } from './words.ts'

/** Most severe first; otherwise in the report's order. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity))
}

/** True when not one byte was read, so that nothing can be said about secrets. */
export function isNothingRead({ scan }: Report): boolean {
  return scan.counts.bytes === 0
}

/** `20 staged files, 184 kB`: what was read. */
export function scannedText({ scan }: Report): string {
  const { files, blobs, commits, bytes } = scan.counts
  const parts = isRange(scan.command)
    ? rangeParts(scan.counts)
    : scan.command === 'staged'
      ? [count(files, 'staged file')]
      : scan.command === 'message'
        ? ['commit message']
        : [
            ...(commits > 0 ? [count(commits, 'commit')] : []),
            ...(files > 0 ? [count(files, 'file')] : blobs > 0 ? [count(blobs, 'blob')] : []),
          ]
  return [...parts, size(bytes)].join(', ') + rememberedText(scan.remembered)
}

/** What an earlier audit has read is not read again, and people must see that. */
function rememberedText(remembered: Report['scan']['remembered']): string {
  if (remembered === undefined) return ''
  return ` (${count(remembered.objects, 'object')} remembered from ${remembered.since.slice(0, 10)})`
}

/** True for the commands that scan the commits of a range. */
export function isRange(command: string): boolean {
  return command === 'push' || command === 'ci'
}

function rangeParts({ commits, blobs, objects }: Counts): string[] {
  if (commits + blobs === 0) return objects > 0 ? [count(objects, 'object')] : []
  return [...(commits > 0 ? [count(commits, 'commit')] : []), ...(blobs > 0 ? [count(blobs, 'blob')] : [])]
}

/** Which commits were scanned, and how that was known; `foreign` cleans what is not ours. */
export function rangeText({ scan }: Report, foreign: (text: string) => string): string {
  return `Range: ${foreign(scan.target)}.`
}

/** The line for a scan that found nothing and left nothing out. */
export function nothingFoundText(report: Report, foreign: (text: string) => string): string {
  const { command, counts, target } = report.scan
  if (!isNothingRead(report)) return `unleak: ${scannedText(report)}: ${noneText(report)}.`
  if (isRange(command)) return nothingNewText(report, foreign(target))
  if (command === 'message') return 'unleak: the commit message is empty, nothing to scan.'
  if (target === '-') return 'unleak: the input is empty, nothing to scan.'
  if (command === 'audit') return 'unleak: this repository has no commits and no objects: nothing to scan.'
  const files = count(counts.files, 'file')
  const empty = counts.files > 0 ? ', all empty' : ''
  return `unleak: ${files} ${command === 'staged' ? 'staged' : 'found'}${empty}, nothing to scan.`
}

/** `no secrets`, or how many are only not new. */
function noneText(report: Report): string {
  const held = heldText(report)
  return held === '' ? 'no secrets' : `no new secrets; ${held}`
}

/** `3 held by the baseline, 1 accepted in the ignore file`; empty when nothing was held back. */
export function heldText({ scan }: Report): string {
  const countOf = (reason: string) => scan.dropped.find((each) => each.reason === reason)?.count ?? 0
  return [HELD.baseline, HELD.ignored]
    .flatMap((reason) => (countOf(reason) > 0 ? [`${number(countOf(reason))} ${reason}`] : []))
    .join(', ')
}

function nothingNewText({ scan }: Report, target: string): string {
  const { commits, objects } = scan.counts
  if (commits > 0) return `unleak: ${count(commits, 'commit')}, all empty, nothing to scan: ${target}.`
  if (objects > 0) return `unleak: ${count(objects, 'object')}, all empty, nothing to scan: ${target}.`
  if (scan.target.startsWith('nothing to push')) return `unleak: ${target}, nothing to scan.`
  return `unleak: 0 commits, nothing to scan: ${target}.`
}

/** `3 secrets (1 critical, 2 high)`. */
export function foundText(findings: readonly Finding[]): string {
  const each = [...SEVERITIES].reverse().flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length
    return n > 0 ? [`${n} ${severity}`] : []
  })
  return `${count(findings.length, 'secret')} (${each.join(', ')})`
}
