// Adds and removes scripts in package.json by editing its text: nothing else in the file moves.
import { ToolError } from '../model/errors.ts'
import type { PackageJson } from './types.ts'

interface Member {
  readonly key: string
  readonly keyStart: number
  readonly valueStart: number
  readonly valueEnd: number
}

export interface ScriptEdit {
  readonly text: string
  /** Record entries for what was added: `script:NAME`, and `scripts` when the object itself is new. */
  readonly added: readonly string[]
  readonly notes: readonly string[]
}

export function parsePackageJson(text: string, path: string): PackageJson {
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (isObject(data) && (data.scripts === undefined || isObject(data.scripts))) return data
  } catch (cause) {
    throw new ToolError('E_CONFIG', `${path} is not valid JSON`, { hint: 'Mend it, then try again.', cause })
  }
  throw new ToolError('E_CONFIG', `${path} is not a package.json: it, or its "scripts", is no object`, {
    hint: 'Mend it, then try again.',
  })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function addScripts(
  text: string,
  scripts: Readonly<Record<string, string>>,
  path: string,
): ScriptEdit {
  const added: string[] = []
  const notes: string[] = []
  const existing: Readonly<Record<string, unknown>> = parsePackageJson(text, path).scripts ?? {}
  let edited = text
  for (const [name, command] of Object.entries(scripts)) {
    if (Object.hasOwn(existing, name)) {
      if (existing[name] !== command) notes.push(keptNote(name, command, existing[name]))
      continue
    }
    const object = scriptsOf(edited)
    if (!object) added.push('scripts')
    edited = object
      ? insertMember(edited, object.valueStart, name, command)
      : insertScripts(edited, name, command)
    added.push(`script:${name}`)
  }
  return { text: edited, added, notes }
}

/** Removes the scripts that are still word for word ours, and `scripts` itself when that was ours too. */
export function removeScripts(
  text: string,
  scripts: Readonly<Record<string, string>>,
  alsoObject: boolean,
  path: string,
): string {
  const existing: Readonly<Record<string, unknown>> = parsePackageJson(text, path).scripts ?? {}
  let edited = text
  for (const [name, command] of Object.entries(scripts)) {
    const object = scriptsOf(edited)
    if (object && existing[name] === command) edited = removeMember(edited, object.valueStart, name)
  }
  const object = scriptsOf(edited)
  const isEmpty = object !== undefined && membersOf(edited, object.valueStart).length === 0
  return alsoObject && isEmpty ? removeMember(edited, topStart(edited), 'scripts') : edited
}

function keptNote(name: string, command: string, existing: unknown): string {
  return `package.json already has a script "${name}" (${JSON.stringify(existing)}): kept. Ours would be "${command}".`
}

const topStart = (text: string): number => text.indexOf('{')

function scriptsOf(text: string): Member | undefined {
  return membersOf(text, topStart(text)).findLast((member) => member.key === 'scripts')
}

/** The members of the object that starts at `start`. The text is known to be valid JSON. */
function membersOf(text: string, start: number): Member[] {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
  tokens.lastIndex = start + 1
  const members: Member[] = []
  let depth = 1
  let key: { text: string; start: number } | undefined
  let valueStart = -1
  let end = start
  const close = () => {
    if (key && valueStart >= 0) {
      members.push({ key: JSON.parse(key.text), keyStart: key.start, valueStart, valueEnd: end })
    }
    key = undefined
    valueStart = -1
  }
  for (let token = tokens.exec(text); token && depth > 0; token = tokens.exec(text)) {
    const [word] = token
    if (word === '}' || word === ']') depth--
    if (depth === 0 || (depth === 1 && word === ',')) close()
    else if (depth === 1 && word === ':' && valueStart < 0) valueStart = -2
    else if (valueStart === -2) valueStart = token.index
    else if (!key) key = { text: word, start: token.index }
    if (word === '{' || word === '[') depth++
    end = tokens.lastIndex
  }
  return members
}

function insertMember(text: string, start: number, key: string, value: string): string {
  const last = membersOf(text, start).at(-1)
  const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`
  if (!last) {
    const close = text.indexOf('}', start)
    const { eol, indent } = layoutOf(text)
    return `${text.slice(0, start)}{${eol}${indent}${indent}${pair}${eol}${indent}}${text.slice(close + 1)}`
  }
  // The white space before the last key is the file's own indentation and line ending.
  const gap = /\s*$/.exec(text.slice(0, last.keyStart))?.[0] ?? ''
  return `${text.slice(0, last.valueEnd)},${gap}${pair}${text.slice(last.valueEnd)}`
}

function insertScripts(text: string, key: string, value: string): string {
  const start = topStart(text)
  const { eol, indent } = layoutOf(text)
  const pair = `${JSON.stringify(key)}: ${JSON.stringify(value)}`
  const object = `"scripts": {${eol}${indent}${indent}${pair}${eol}${indent}}`
  const last = membersOf(text, start).at(-1)
  if (last) return `${text.slice(0, last.valueEnd)},${eol}${indent}${object}${text.slice(last.valueEnd)}`
  return `${text.slice(0, start)}{${eol}${indent}${object}${eol}}${text.slice(text.indexOf('}', start) + 1)}`
}

function removeMember(text: string, start: number, key: string): string {
  const members = membersOf(text, start)
  const at = members.findLastIndex((member) => member.key === key)
  const [previous, member, next] = [members[at - 1], members[at], members[at + 1]]
  if (!member) return text
  if (previous) return text.slice(0, previous.valueEnd) + text.slice(member.valueEnd)
  if (next) return text.slice(0, member.keyStart) + text.slice(next.keyStart)
  return `${text.slice(0, start)}{}${text.slice(text.indexOf('}', member.valueEnd) + 1)}`
}

function layoutOf(text: string): { eol: string; indent: string } {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  return { eol, indent: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ' }
}
