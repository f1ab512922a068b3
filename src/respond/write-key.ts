// Puts a new key into an env file: out of git first if git has it, whole or not at all, the old bytes kept.
import { join } from 'node:path'
import { untrack } from '../git/file-status.ts'
import type { Secret } from '../model/index.ts'
import { readEnvFile } from '../places/env-file.ts'
import { appendEntry, parseEnv, replaceValues } from '../places/env-grammar.ts'
import { fingerprintOf } from '../places/key.ts'
import { rewriteFile } from '../places/rewrite.ts'
import type { Target } from './model.ts'

export interface WriteOptions {
  readonly root: string
  readonly backupDir: string
}

/** Replaces `old` by `next` in the file, under whatever names. Returns where the old bytes are kept. Throws ToolError. */
export async function writeKey(
  target: Target,
  old: Secret,
  next: Secret,
  { root, backupDir }: WriteOptions,
): Promise<string | undefined> {
  if (target.isTracked) await untrack(target.path, root)
  if (!target.isIgnored) ignore(target.path, root, backupDir)
  const value = next.reveal()
  const edit = (text: string) => {
    const entries = parseEnv(text)
    const holding = entries.filter((entry) => entry.value === old.reveal())
    if (holding.length > 0) return replaceValues(text, holding, value)
    if (entries.some((entry) => entry.value === value)) return text
    if (!target.isNamed) return text // somebody has put another key there since
    const named = entries.filter((entry) => target.variables.includes(entry.name))
    if (named.length > 0) return replaceValues(text, named, value)
    return target.variables.reduce((edited, name) => appendEntry(edited, name, value), text)
  }
  return rewriteFile(target.file, edit, backupDir).backup
}

/** One line in the .gitignore at the top; `/` keeps it to this file. */
function ignore(path: string, root: string, backupDir: string): void {
  const line = `/${path}`
  const edit = (text: string) => {
    if (text.split(/\r?\n/).includes(line)) return text
    const eol = text.includes('\r\n') ? '\r\n' : '\n'
    const gap = text === '' || /\n$/.test(text) ? '' : eol
    return `${text}${gap}${Buffer.from(line, 'utf8').toString('latin1')}${eol}`
  }
  rewriteFile(join(root, '.gitignore'), edit, backupDir)
}

/** The secret in one of the files that has this fingerprint. */
export function readBack(targets: readonly Target[], fingerprint: string): Secret | undefined {
  for (const target of targets) {
    const found = readValues(target).find((secret) => fingerprintOf(secret) === fingerprint)
    if (found) return found
  }
  return undefined
}

/** What stands under any name in the file; nothing when it can't be read. */
export function readValues({ file, path }: Pick<Target, 'file' | 'path'>): Secret[] {
  try {
    return readEnvFile(file, path).variables.map((variable) => variable.secret)
  } catch {
    return []
  }
}
