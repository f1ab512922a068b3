// The keys that the check is about: from the environment and the env files, by name; each key once.
import type { Secret } from '../model/index.ts'
import { type EnvFile, environmentOf, hostOf } from '../places/env-file.ts'
import { fingerprintOf, isAdminKey, looksLikeOpenAIKey, sealKey } from '../places/key.ts'
import type { HealthFacts, Holder, KnownKey } from './model.ts'

/** The admin key comes from the environment alone: a file that an application reads must not open the account. */
export const ADMIN_VARIABLE = 'OPENAI_ADMIN_KEY'
const OPENAI_NAME = /OPENAI/i
const BACKUP_NAME = /(?:^|_)(?:BACKUP|SECONDARY|FALLBACK|STANDBY|SPARE)(?:_|$)/i
const BASE_URL_NAME = /^(?:OPENAI_(?:API_)?BASE(?:_URL)?|OPENAI_API_HOST|OPENAI_ENDPOINT)$/i

export interface KeySources {
  readonly env: NodeJS.ProcessEnv
  readonly envFiles: readonly EnvFile[]
  /** More names of variables that hold keys. */
  readonly names: readonly string[]
  readonly backup: readonly string[]
}

/** Every distinct key under a name that says OpenAI, or that has the shape of its keys, in order of appearance. */
export function knownKeys({ env, envFiles, names, backup }: KeySources): KnownKey[] {
  const found = new Map<string, { secret: Secret; holders: Holder[] }>()
  const add = (secret: Secret, holder: Holder): void => {
    const fingerprint = fingerprintOf(secret)
    const entry = found.get(fingerprint) ?? { secret, holders: [] }
    entry.holders.push(holder)
    found.set(fingerprint, entry)
  }
  const inFiles = new Set<string>(names)
  for (const file of envFiles) {
    for (const { name, line, secret, isOpenAIKey } of file.isExample ? [] : file.variables) {
      if (!isOpenAIKey) continue
      inFiles.add(name)
      const environment = file.environment === 'unnamed' ? environmentOf(name) : file.environment
      add(secret, { name, path: file.path, line, environment })
    }
  }
  for (const [name, value] of Object.entries(env)) {
    if (name === ADMIN_VARIABLE || !value || !looksLikeOpenAIKey(value)) continue
    if (!OPENAI_NAME.test(name) && !inFiles.has(name)) continue
    add(sealKey(value), { name, path: undefined, line: undefined, environment: environmentOf(name) })
  }
  return [...found].map(([fingerprint, { secret, holders }]) => ({
    fingerprint,
    secret,
    holders,
    isAdmin: isAdminKey(secret),
    isBackup: holders.every(({ name }) => backup.includes(name) || BACKUP_NAME.test(name)),
  }))
}

/** Where applications are sent in place of OpenAI itself. */
export function baseUrls({ env, envFiles }: Pick<KeySources, 'env' | 'envFiles'>): HealthFacts['baseUrls'] {
  const inEnvironment = Object.entries(env).map(([name, value = '']) => ({
    name,
    host: hostOf(value),
    where: `${name} in the environment`,
    environment: environmentOf(name),
  }))
  const inFiles = envFiles
    .filter((file) => !file.isExample)
    .flatMap((file) =>
      file.variables.map(({ name, line, host }) => ({
        name,
        host,
        where: `${name} in ${file.path}:${line}`,
        environment: file.environment,
      })),
    )
  return [...inEnvironment, ...inFiles].flatMap(({ name, host, where, environment }) =>
    host !== undefined && BASE_URL_NAME.test(name) ? [{ where, host, environment }] : [],
  )
}
