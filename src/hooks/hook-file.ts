// One hook file: what it is today, and what it is with our block in it or out of it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { blockOf, withBlock, withoutBlock } from './block.ts'
import { isExecutable } from './native.ts'
import { readOptional, realFile } from './site.ts'
import type { HookRow } from './table.ts'
import type { FileChange, HookHome, Site } from './types.ts'

export const KEPT_DIR = 'unleak-kept'
const SHEBANG = '#!/bin/sh\n'
const NEW_HOOK_MODE = 0o755
// A hook that is no shell script stays whole beside ours and is run after it, under its own name.
const CHAIN = `[ ! -x "\${0%/*}/${KEPT_DIR}/\${0##*/}" ] || exec "\${0%/*}/${KEPT_DIR}/\${0##*/}" "$@"`

/** The changes that put `row` in its hook file, and the record entries that undo them. */
export function addHook(
  site: Site,
  home: HookHome,
  row: HookRow,
): { changes: FileChange[]; added: string[] } {
  const path = realFile(site, join(home.dir, row.hook))
  const before = readOptional(path)
  if (before === undefined) {
    const after = Buffer.from(SHEBANG + blockOf(row.lines), 'latin1')
    return {
      changes: [{ path, before, after, mode: NEW_HOOK_MODE, why: row.why }],
      added: [`file:${row.hook}`],
    }
  }
  const text = before.toString('latin1')
  const isThere = text.includes('# unleak:begin')
  const kept = join(dirname(path), KEPT_DIR, basename(path))
  if (isThere) {
    const lines = existsSync(kept) ? [...row.lines, CHAIN] : row.lines
    const after = Buffer.from(withBlock(text, lines, path), 'latin1')
    // Git passes over a hook that lost its mode on the way, without an error.
    const mode = home.direct && !isExecutable(path) ? NEW_HOOK_MODE : modeOf(path)
    return { changes: changed({ path, before, after, mode, why: row.why }, modeOf(path)), added: [] }
  }
  const mode = modeOf(path)
  if (home.direct && !canHoldBlock(text, path))
    return { changes: setAside(path, before, kept, row), added: [] }
  const after = Buffer.from(withBlock(text, row.lines, path), 'latin1')
  return {
    changes: changed({ path, before, after, mode, why: `${row.why}; what was there stays` }),
    added: [],
  }
}

/** The hook moves to `kept`, whole and under its own name; ours takes its place and runs it at the end. */
function setAside(path: string, before: Buffer, kept: string, row: HookRow): FileChange[] {
  const after = Buffer.from(SHEBANG + blockOf([...row.lines, CHAIN]), 'latin1')
  const why = `holds the hook that was ${row.hook}; it still runs, after unleak`
  return [
    { path: kept, before: undefined, after: before, mode: modeOf(path), why },
    { path, before, after, mode: NEW_HOOK_MODE, why: row.why },
  ]
}

/** The changes that take our block out of the hook `name`, and put back a hook that was set aside. */
export function removeHook(site: Site, dir: string, name: string, added: ReadonlySet<string>): FileChange[] {
  if (!existsSync(join(dir, name))) return []
  const path = realFile(site, join(dir, name))
  const before = readFileSync(path)
  const text = before.toString('latin1')
  const rest = withoutBlock(text, path)
  if (rest === text) return []
  const why = 'no longer runs unleak'
  const mode = modeOf(path)
  const kept = join(dirname(path), KEPT_DIR, basename(path))
  const isEmpty = rest.replace(/^#!.*/, '').trim() === ''
  if (existsSync(kept) && isEmpty) {
    const aside = readFileSync(kept)
    return [
      { path, before, after: aside, mode: modeOf(kept), why: `${why}; the hook that was set aside is back` },
      { path: kept, before: aside, after: undefined, mode: modeOf(kept), why: 'is back in its place' },
    ]
  }
  // Only a file that init made goes with its block; an empty one that was there before stays.
  const isOurs = added.has(`file:${name}`) && isEmpty
  return [{ path, before, after: isOurs ? undefined : Buffer.from(rest, 'latin1'), mode, why }]
}

export const modeOf = (path: string): number => statSync(path).mode & 0o7777

/** The change as a list, empty when it changes nothing. */
export function changed(change: FileChange, modeNow = change.mode): FileChange[] {
  const { before, after, mode } = change
  return before && after && before.equals(after) && mode === modeNow ? [] : [change]
}

/**
 * A shell script that git runs today. Not: another language, a file that git ignores because it is not
 * executable (our mode would switch it on), or `#!/bin/sh` with a carriage return, which no kernel finds.
 */
function canHoldBlock(text: string, path: string): boolean {
  if (!isExecutable(path)) return false
  const first = text.split('\n', 1)[0] ?? ''
  if (!first.startsWith('#!')) return !text.slice(0, 4096).includes('\0')
  return (
    /^#!\s*(\/\S*\/)?(env\s+(-S\s+)?)?(sh|bash|dash|ash|ksh)(\s+-\w+)*\s*$/.test(first) &&
    !first.endsWith('\r')
  )
}
