// What was not scanned and why, and what else is worth saying about a scan.
import { ExitCode, isPartial, type Problem, type ProblemCode, type Report } from '../model/index.ts'
import { glue, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { count, duration, list, number } from './words.ts'

/** A sentence for a problem, from how often it happened. */
const WORDS: Readonly<Record<ProblemCode, (n: number) => string>> = {
  E_OBJECT_MISSING: (n) => `${count(n, 'object is', 'objects are')} missing from the repository`,
  E_OBJECT_CORRUPT: (n) => `${count(n, 'object is', 'objects are')} damaged and could not be read`,
  E_GIT: (n) => `git failed ${n === 1 ? 'once' : `${number(n)} times`}`,
  E_UNREADABLE: (n) => `${count(n, 'file')} could not be read`,
  E_UNMERGED: (n) => `${count(n, 'file has', 'files have')} an unresolved merge conflict`,
  E_INTERRUPTED: () => 'the scan was interrupted before its end',
  E_SHALLOW: (n) =>
    `the clone is shallow: its history ends inside the range, at ${count(n, 'commit')} whose files could not be compared`,
  W_SUBMODULE: (n) => `${count(n, 'submodule was', 'submodules were')} not entered`,
  W_LFS: (n) => `${count(n, 'file is', 'files are')} kept by git LFS elsewhere; only the pointer was scanned`,
  W_ARCHIVE: (n) =>
    `${count(n, 'archive or file in one was', 'archives or files in them were')} not opened, only scanned as it stands`,
  W_SLOW_READER: () => 'read through git cat-file, the slower way',
  W_SHALLOW: (n) => `the clone is shallow: its history is cut off at ${count(n, 'commit')}`,
  W_MANY_PATHS: (n) => `${count(n, 'file stands', 'files stand')} at more paths than are named`,
  W_NOT_A_FILE: (n) => `${count(n, 'entry', 'entries')} passed over, being neither files nor links`,
  W_DECODE_BUDGET: (n) =>
    `${count(n, 'file holds', 'files hold')} more encoded text than is decoded; the rest was scanned as it stands`,
  W_IGNORE_EXPIRED: (n) => `${count(n, 'entry', 'entries')} of the ignore file ran out and no longer count`,
  W_IGNORE_UNUSED: (n) =>
    `${count(n, 'entry', 'entries')} of the ignore file ${n === 1 ? 'hides' : 'hide'} nothing that is still there`,
  W_IGNORE_NOT_SEEN: (n) =>
    `${count(n, 'entry', 'entries')} of the ignore file ${n === 1 ? 'hides' : 'hide'} nothing in today's files`,
  W_BASELINE_STALE: (n) =>
    `${count(n, 'entry', 'entries')} of the baseline ${n === 1 ? 'is' : 'are'} no longer there`,
  W_CONFIG_LEFT_OUT: (n) =>
    `${count(n, 'key')} of the scanned repository's configuration ${n === 1 ? 'was' : 'were'} left out: it may only narrow a scan`,
}

/** What helps, where something does. */
const HINTS: Partial<Record<ProblemCode, string>> = {
  E_OBJECT_MISSING: 'git fetch may bring back what is missing; git fsck tells more.',
  E_OBJECT_CORRUPT: 'git fsck tells more.',
  W_IGNORE_EXPIRED: 'Look at each again: fix it, or accept it anew with unleak ignore.',
  W_IGNORE_UNUSED: 'What hides nothing can go from the file.',
  W_IGNORE_NOT_SEEN: 'unleak audit tells whether the history still needs them.',
  W_BASELINE_STALE: 'unleak baseline prune takes them out.',
  E_UNMERGED: 'Resolve the conflict and stage the file again.',
}

/** The section about what was left out; `consequence` says what follows. Empty when all was scanned. */
export function notScannedLines(report: Report, consequence: string, pen: Pen): string[] {
  const problems = report.scan.problems.filter(isPartial)
  if (report.scan.state === 'complete' && problems.length === 0) return []
  return [
    pen.paint('stop', 'Not scanned:'),
    ...(problems.length > 0 ? problems : [undefined]).flatMap((problem) =>
      wrap(problem ? problemText(problem, pen) : 'a part of what was asked for', pen.width, '  - ', '    '),
    ),
    ...wrap(consequence, pen.width, '  '),
  ]
}

/** Notes that change nothing. What only an audit could tell for sure is for those who ask. */
export function noteLines(report: Report, pen: Pen): string[] {
  return report.scan.problems
    .filter((problem) => !isPartial(problem) && (pen.verbose || problem.code !== 'W_IGNORE_NOT_SEEN'))
    .flatMap((problem) => wrap(`Note: ${problemText(problem, pen)}`, pen.width, '', '  '))
}

/** What `--verbose` adds at the end. */
export function verboseLines({ scan, tool }: Report, pen: Pen): string[] {
  if (!pen.verbose) return []
  const all = scan.dropped.reduce((sum, { count }) => sum + count, 0)
  const reasons = scan.dropped.map(({ reason, count }) => `${pen.known(reason)} ${number(count)}`)
  const dropped = `Dropped: ${count(all, 'candidate')}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`
  const timing = `Took ${duration(scan.durationMs)}; unleak ${pen.known(tool.version)}, rules ${pen.known(tool.ruleset)}`
  return [...wrap(dropped, pen.width, '', '  '), ...wrap(timing, pen.width, '', '  ')]
}

/** A problem in a sentence. */
export function problemText({ code, count, examples, message }: Problem, pen: Pen): string {
  const named = list(
    examples.slice(0, 3).map((example) => glue(pen.foreign(example))),
    3,
  )
  const more = named !== '' && count > 3 ? ', among them' : ':'
  const words =
    (WORDS[code] as (typeof WORDS)[ProblemCode] | undefined)?.(count) ?? `${code}, ${number(count)} times`
  // That one says what to do, in words that are to be copied.
  const reason =
    message === undefined
      ? ''
      : code === 'E_SHALLOW'
        ? `. ${glue(pen.known(message))}`
        : ` (${pen.foreign(message)})`
  const hint = HINTS[code] ? `. ${HINTS[code]}` : ''
  return `${words}${named === '' ? '' : `${more} ${named}`}${reason}${hint}`
}

/** The exit status of a scan that is not whole; Ctrl-C has one of its own. */
export function partialCode({ scan }: Report): ExitCode {
  return scan.problems.some(({ code }) => code === 'E_INTERRUPTED') ? ExitCode.interrupted : ExitCode.failed
}
