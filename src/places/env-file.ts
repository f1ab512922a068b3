// Env files on disk: which there are, for which environment, and the variables in them, sealed.
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type Secret, ToolError } from '../model/index.ts'
import { parseEnv } from './env-grammar.ts'
import { looksLikeOpenAIKey, sealKey } from './key.ts'

export const ENVIRONMENTS = ['production', 'staging', 'development', 'test', 'unnamed'] as const
export type Environment = (typeof ENVIRONMENTS)[number]

export interface EnvVariable {
  readonly name: string
  readonly line: number
  readonly secret: Secret
  /** It has the shape of OpenAI's keys, so it may be sent there. */
  readonly isOpenAIKey: boolean
  /** The host, when the value is the address of a web service. */
  readonly host: string | undefined
}

export interface EnvFile {
  /** Absolute. */
  readonly file: string
  /** As people are shown it: from the top of the project, with slashes. */
  readonly path: string
  readonly environment: Environment
  /** `.env.example` and its like: made to be committed. */
  readonly isExample: boolean
  readonly variables: readonly EnvVariable[]
}

const NAME = /^(?:\.env(?:rc)?(?:[._-][\w.-]+)?|[\w.-]*\.env|\.dev\.vars(?:\.[\w-]+)?|\.flaskenv)$/
const EXAMPLE = /(?:^|[._-])(?:example|sample|template|dist|defaults?|schema)(?:[._-]|$)/i
/** Copies that editors and tools leave behind. */
const LEFTOVER = /(?:~|\.(?:swp|swo|tmp|unleak-tmp))$/

const WORDS: Readonly<Record<string, Environment>> = {
  production: 'production',
  prod: 'production',
  prd: 'production',
  live: 'production',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  preview: 'staging',
  uat: 'staging',
  development: 'development',
  develop: 'development',
  dev: 'development',
  local: 'development',
  test: 'test',
  testing: 'test',
  ci: 'test',
}

export function isEnvFileName(path: string): boolean {
  const name = basename(path)
  return NAME.test(name) && !LEFTOVER.test(name)
}

export function isExampleName(path: string): boolean {
  return EXAMPLE.test(basename(path))
}

/** The environment that a file or variable is named after: the first word that names one, nearest to the name's end. */
export function environmentOf(name: string): Environment {
  const words = name.toLowerCase().split(/[^a-z]+/)
  const named = words.map((word) => WORDS[word]).filter((word) => word !== undefined)
  // `.env.production.local` is production's: `local` only says that it stays on this machine.
  return named.find((word) => word !== 'development') ?? named[0] ?? 'unnamed'
}

const MAX_BYTES = 1_000_000

/** Reads an env file. Throws ToolError `E_NOT_FOUND` when it can't be read. */
export function readEnvFile(file: string, path: string): EnvFile {
  return {
    file,
    path,
    environment: environmentOf(path),
    isExample: isExampleName(path),
    variables: parseEnv(readText(file, path))
      .filter((entry) => entry.value !== '')
      .map(({ name, line, value }) => ({
        name,
        line,
        secret: sealKey(value),
        isOpenAIKey: looksLikeOpenAIKey(value),
        host: hostOf(value),
      })),
  }
}

/** Undefined for what is no web address. */
export function hostOf(value: string): string | undefined {
  return /^https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value).host : undefined
}

function readText(file: string, path: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) throw new Error('it is larger than 1 MB')
    return readFileSync(file, 'latin1')
  } catch (cause) {
    throw new ToolError('E_NOT_FOUND', `${path} could not be read: ${(cause as Error).message}`, { cause })
  }
}
