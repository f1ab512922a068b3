// Every place in a project that holds a key or names its variable.
import { readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { listWorkTree } from '../git/work-tree.ts'
import type { Secret } from '../model/index.ts'
import { findFiles, walkFiles } from '../sources/glob.ts'
import { type EnvFile, type Environment, environmentOf, isEnvFileName, readEnvFile } from './env-file.ts'
import { fingerprintOf } from './key.ts'
import { kindOf, type PlaceKind } from './kinds.ts'

export interface Use {
  readonly kind: PlaceKind
  /** From the top of the project, with slashes. */
  readonly path: string
  readonly file: string
  readonly line: number
  /** The variable that stands there; undefined for a key in clear without a name. */
  readonly variable: string | undefined
  /** The key itself stands there in clear. */
  readonly isValue: boolean
  readonly environment: Environment
  /** For a Kubernetes reference: the secret and the key inside it. */
  readonly secretRef?: { readonly name: string; readonly key: string }
}

const MAX_BYTES = 1_000_000
const ENV_GLOBS = ['**/.env', '**/.env[._-]*', '**/*.env', '**/.envrc', '**/.dev.vars*', '**/.flaskenv']

/** Absolute paths of what git tracks or would add, and of env files even where git ignores them. Sorted. */
export async function projectFiles(root: string): Promise<string[]> {
  const tracked = (await listWorkTree(root))?.map((name) => join(root, name)) ?? (await walkFiles(root))
  const envFiles = (await findFiles(ENV_GLOBS, root)).filter(isEnvFileName)
  return [...new Set([...tracked, ...envFiles])].sort()
}

/** The env files among `files`; one that can't be read is left to `onTrouble`. */
export function envFilesOf(
  files: readonly string[],
  root: string,
  onTrouble: (path: string, why: string) => void = () => {},
): EnvFile[] {
  return files.filter(isEnvFileName).flatMap((file) => {
    const path = shown(file, root)
    try {
      return [readEnvFile(file, path)]
    } catch (error) {
      onTrouble(path, (error as Error).message)
      return []
    }
  })
}

/** The names under which env files hold `secret`, and those given. */
export function variablesOf(
  secret: Secret,
  envFiles: readonly EnvFile[],
  known: readonly string[] = [],
): string[] {
  const print = fingerprintOf(secret)
  const held = envFiles.flatMap((each) =>
    each.variables.filter((variable) => fingerprintOf(variable.secret) === print).map(({ name }) => name),
  )
  return [...new Set([...held, ...known])].filter((name) => /^[A-Za-z_][\w.-]{2,80}$/.test(name))
}

/** Where `secret` stands in clear, or one of `variables` is named, in order of path and line. */
export function findUses(
  files: readonly string[],
  root: string,
  { value, variables }: { value: string; variables: readonly string[] },
): Use[] {
  return files.flatMap((file) => {
    const text = readText(file)
    return text === undefined ? [] : usesIn(text, file, root, value, variables)
  })
}

function usesIn(
  text: string,
  file: string,
  root: string,
  value: string,
  variables: readonly string[],
): Use[] {
  const names = variables.filter((name) => text.includes(name))
  if (names.length === 0 && !text.includes(value)) return []
  const path = shown(file, root)
  const kind = kindOf(path, text)
  const uses = new Map<string, Use>()
  const ways = names.map((name) => [name, new RegExp(`(?<![\\w-])${escapeRegExp(name)}(?![\\w-])`)] as const)
  const lines = text.split(/\r\n|\r|\n/)
  lines.forEach((content, i) => {
    const isValue = content.includes(value)
    const named = ways.filter(([, pattern]) => pattern.test(content)).map(([name]) => name)
    for (const variable of named.length > 0 ? named : isValue ? [undefined] : []) {
      const id = `${variable} ${isValue}`
      if (uses.has(id)) continue
      const environment = environmentIn(path, variable)
      const secretRef = kind.id === 'kubernetes' ? secretRefNear(lines, i) : undefined
      const use = { kind, path, file, line: i + 1, variable, isValue, environment }
      uses.set(id, secretRef ? { ...use, secretRef } : use)
    }
  })
  return [...uses.values()]
}

function environmentIn(path: string, variable: string | undefined): Environment {
  const byPath = environmentOf(path.split('/').at(-1)!)
  return byPath === 'unnamed' && variable ? environmentOf(variable) : byPath
}

/** `secretKeyRef: { name, key }` on the lines below the variable's name. */
function secretRefNear(lines: readonly string[], at: number): Use['secretRef'] | undefined {
  const near = lines.slice(at, at + 8).join('\n')
  const block = /secretKeyRef:([\s\S]*)/.exec(near)?.[1]
  const name = block && /\bname:\s*["']?(\w[\w.-]*)/.exec(block)?.[1]
  const key = block && /\bkey:\s*["']?(\w[\w.-]*)/.exec(block)?.[1]
  return name && key ? { name, key } : undefined
}

/** Undefined for what is no text of a reasonable size. */
function readText(file: string): string | undefined {
  try {
    const stat = statSync(file)
    if (!stat.isFile() || stat.size > MAX_BYTES) return undefined
    const text = readFileSync(file, 'latin1')
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

export function shown(file: string, root: string): string {
  return relative(root, file).split('\\').join('/')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
