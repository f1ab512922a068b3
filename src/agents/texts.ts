// What an agent's tool is given → the texts to scan, each with a name for people and what stood there before.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export interface AgentText {
  /** Where it stands, for the answer: `content`, `command`, `the file .env`. */
  readonly where: string
  readonly text: string | Uint8Array
  /** The file it is written to or read from. */
  readonly path?: string
  /** What stood there before: its lines are not new. */
  readonly earlier?: () => Promise<readonly Uint8Array[]>
  /** It would be shown to the agent; what matters little may be. */
  readonly isShown?: true
}

type Fields = Readonly<Record<string, unknown>>

const OLD = ['old_string', 'old_str', 'oldString', 'oldText', 'old_text']
const PATHS = ['file_path', 'filePath', 'path', 'notebook_path', 'target_file', 'filename']
const WHOLE = new Set(['content', 'contents', 'file_text', 'fileText', 'new_source'])

/** Every text of a tool's input but what an edit takes away. */
export function textsOf(body: unknown, cwd: string): AgentText[] {
  const texts: AgentText[] = []
  walk(body, '', cwd, texts)
  return texts
}

function walk(value: unknown, key: string, cwd: string, texts: AgentText[]): void {
  if (typeof value === 'string') texts.push(textOf(value, key, {}, cwd))
  else if (Array.isArray(value)) for (const each of value) walk(each, key, cwd, texts)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      if (OLD.includes(name)) continue
      if (typeof each === 'string') texts.push(textOf(each, name, value as Fields, cwd))
      else walk(each, name, cwd, texts)
    }
  }
}

function textOf(text: string, key: string, siblings: Fields, cwd: string): AgentText {
  const patch = /\*\*\* (?:Begin Patch|Update File|Add File)/.test(text) ? patched(text) : undefined
  if (patch) return { where: key || 'the patch', ...patch }
  const path = pathOf(siblings)
  const old = OLD.map((name) => siblings[name]).find((value) => typeof value === 'string') as
    | string
    | undefined
  const at = path === undefined ? {} : { path }
  if (old !== undefined) return { where: key, text, ...at, earlier: async () => [Buffer.from(old)] }
  if (path !== undefined && WHOLE.has(key))
    return { where: key, text, ...at, earlier: () => fileNow(path, cwd) }
  // The name may be what tells that its value is a secret.
  const isNamed = key !== '' && !/[\r\n]/.test(text)
  return { where: key || 'the message', text: isNamed ? `${key}: ${JSON.stringify(text)}` : text }
}

export function pathOf(fields: Fields): string | undefined {
  const path = PATHS.map((name) => fields[name]).find((value) => typeof value === 'string')
  return path as string | undefined
}

/** A file that holds it already is not made worse. */
async function fileNow(path: string, cwd: string): Promise<Uint8Array[]> {
  try {
    return [readFileSync(resolve(cwd, path))]
  } catch {
    return []
  }
}

/** Of a patch what it adds; what it takes out was there. */
function patched(text: string): Pick<AgentText, 'text' | 'path' | 'earlier'> {
  const lines = text.split('\n')
  const taken = lines.filter((line) => /^[- ]/.test(line)).map((line) => line.slice(1))
  const added = lines.filter((line) => !/^[- ]/.test(line)).map((line) => line.replace(/^\+/, ''))
  const path = /\*\*\* (?:Update|Add) File: (\S.*)/.exec(text)?.[1]?.trim()
  return {
    text: added.join('\n'),
    earlier: async () => [Buffer.from(taken.join('\n'))],
    ...(path ? { path } : {}),
  }
}
