// How to go on with a commit that was stopped: the commands, written so that they can be copied.
import type { Finding, Report } from '../model/index.ts'
import { columns, wrap } from './layout.ts'
import type { Pen } from './pen.ts'
import { count, list } from './words.ts'

/** Commands written out before the rest is only counted. */
const MAX_COMMANDS = 5

/** What to do about the files, or the message, so that the commit can be made. */
export function goOnLines({ scan }: Report, findings: readonly Finding[], pen: Pen): string[] {
  const it = findings.length === 1 ? 'the secret' : 'the secrets'
  const title = pen.paint('strong', 'To go on with this commit:')
  const paths = [...new Set(findings.flatMap(({ places }) => places.flatMap((place) => place.path ?? [])))]
  if (scan.command === 'message')
    return [
      title,
      ...wrap(`Commit again with a message without ${it}. git has kept your message:`, pen.width, '  '),
      ...commandLines('git commit -e -F', [paths[0] ?? '.git/COMMIT_EDITMSG'], pen),
    ]
  const envFiles = paths.filter(isEnvFile)
  const files = paths.filter((path) => !isEnvFile(path))
  return [
    title,
    ...(files.length > 0 ? fileLines(files, it, pen) : []),
    ...(envFiles.length > 0 ? envFileLines(envFiles, pen) : []),
  ]
}

/** `git reset` and not `git restore --staged`: that one fails as long as there is no commit, when leaks are likely. */
function fileLines(paths: readonly string[], it: string, pen: Pen): string[] {
  const isOne = paths.length === 1
  const edit = `Take ${it} out of ${isOne ? 'the file' : 'the files'} (a .env file that git ignores is a good place), save, and stage again:`
  const leave = `Or leave ${isOne ? 'the file' : 'a file'} out of this commit; it stays as it is on disk:`
  return [
    ...wrap(edit, pen.width, '  '),
    ...commandLines('git add --', paths, pen),
    ...wrap(leave, pen.width, '  '),
    ...(isOne ? commandLines('git reset --', paths, pen) : [`    ${pen.command('git reset -- FILE')}`]),
  ]
}

/** `.env` is where the guide wants keys to live: it is the commit that is wrong, not the file. */
function envFileLines(paths: readonly string[], pen: Pen): string[] {
  const names = paths.length === 1 ? 'it' : 'them'
  const files = list(paths.map((path) => pen.place(pen.foreign(path), path)))
  const text = `Keys may live in ${files}, but not in git. List ${names} in .gitignore, and take ${names} out of git; on disk nothing is lost:`
  return [...wrap(text, pen.width, '  '), ...commandLines('git rm --cached --', paths, pen)]
}

function isEnvFile(path: string): boolean {
  return /(^|\/)\.env(\.(?!(?:.*\.)?(?:example|sample|template|dist)$)[^/]+)?$/.test(path)
}

/** One command for all paths when it fits, one for each otherwise. */
function commandLines(command: string, paths: readonly string[], pen: Pen): string[] {
  const shown = [...new Set(paths.slice(0, MAX_COMMANDS).map((path) => quote(path, pen)))]
  const together = `    ${command} ${shown.join(' ')}`
  const lines = columns(together) <= pen.width ? [together] : shown.map((path) => `    ${command} ${path}`)
  const rest = paths.length - MAX_COMMANDS
  return [
    ...lines.map((line) => `    ${pen.command(line.trim())}`),
    ...(rest > 0 ? [`    (and the same for ${count(rest, 'more file', 'more files')})`] : []),
  ]
}

/** The path as a shell takes it where the user stands, or FILE when it can't be written here. */
function quote(path: string, pen: Pen): string {
  if (pen.foreign(path) !== path) return 'FILE'
  const near = relativeTo(pen.prefix, path).replace(/^:/, './:')
  if (/^[\p{L}\p{N}_@%+=:,./-]+$/u.test(near)) return near
  return /["$`\\!]/.test(near) ? `'${near.replaceAll("'", `'\\''`)}'` : `"${near}"`
}

/** `path`, which starts at the top, seen from the directory `prefix` (`src/app/`, or empty at the top). */
function relativeTo(prefix: string, path: string): string {
  if (prefix === '' || /^([A-Za-z]:)?[\\/]/.test(path)) return path
  const from = prefix.split('/').filter((part) => part !== '')
  const to = path.split('/')
  let same = 0
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/')
}
