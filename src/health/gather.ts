// Gathers the facts of a health check: disk, keys, their own answers, the account.
import type { Http } from '../http/index.ts'
import type { Secret } from '../model/index.ts'
import { type CheckOptions, checkKey, checkSpending, createOpenAI, type Model } from '../openai/index.ts'
import { looksLikeOpenAIKey, sealKey } from '../places/key.ts'
import { madeHere } from '../state/made-here.ts'
import { recall } from '../state/memory.ts'
import { readAccount } from './account.ts'
import { readDisk } from './disk.ts'
import { isAccepted } from './join.ts'
import { ADMIN_VARIABLE, baseUrls, knownKeys } from './keys.ts'
import type { HealthFacts, HealthPolicy, KeyAnswer, KnownKey, Reading } from './model.ts'

export interface GatherOptions {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  readonly policy: HealthPolicy
  /** More names of variables that hold keys. */
  readonly names: readonly string[]
  readonly stateDir: string
  readonly now: Date
  /** Undefined: nothing is asked over the network. */
  readonly network: { readonly http: Http; readonly baseUrl: string } | undefined
  /** Let backup keys make a request that costs a hundredth of a cent. */
  readonly spendTest: boolean
}

const OFFLINE = 'nothing was asked over the network (--offline)'

export async function gatherFacts(options: GatherOptions): Promise<HealthFacts> {
  const { root, env, policy, names, network, now } = options
  const disk = await readDisk(root)
  const sources = { env, envFiles: disk.envFiles, names, backup: policy.backup }
  const keys = knownKeys(sources)
  const offline = { ok: false, why: OFFLINE } as const
  const [answers, listedModels, account] = network
    ? await Promise.all([
        askKeys(keys, options, network),
        listModels(keys, network),
        askAccount(options, network),
      ])
    : ([offline, offline, offline] as const)
  return {
    now,
    policy,
    keys,
    baseUrls: baseUrls(sources),
    answers,
    listedModels,
    account,
    disk,
    memory: recall(options.stateDir),
    madeHere: madeHere(options.stateDir),
  }
}

async function askKeys(
  keys: readonly KnownKey[],
  { spendTest }: GatherOptions,
  network: CheckOptions,
): Promise<HealthFacts['answers']> {
  const answers = await Promise.all(
    keys.map(async (key): Promise<readonly [string, KeyAnswer]> => {
      const answer = await checkKey(key.secret, network)
      const isTested = spendTest && key.isBackup && isAccepted(answer)
      const spending = isTested ? await checkSpending(key.secret, SPEND_MODEL, network) : undefined
      return [key.fingerprint, spending ? { ...answer, spending } : answer]
    }),
  )
  return { ok: true, value: new Map(answers) }
}

/** A small model that every project has. */
const SPEND_MODEL = 'gpt-4o-mini'

/** The models that OpenAI lists, with the days on which they go away. */
async function listModels(
  keys: readonly KnownKey[],
  network: CheckOptions,
): Promise<Reading<readonly Model[]>> {
  let why = 'there is no key to ask with'
  for (const key of keys.filter((each) => !each.isAdmin)) {
    try {
      return { ok: true, value: await createOpenAI({ key: key.secret, ...network }).models() }
    } catch (error) {
      why = (error as Error).message
    }
  }
  return { ok: false, why }
}

async function askAccount(
  { env, now }: GatherOptions,
  network: CheckOptions,
): Promise<HealthFacts['account']> {
  const admin = adminKeyFrom(env)
  if (!admin && env[ADMIN_VARIABLE]?.trim())
    return { ok: false, why: `what ${ADMIN_VARIABLE} holds is not a key of OpenAI: cut off, or another's` }
  if (!admin) return { ok: false, why: `there is no admin key: set ${ADMIN_VARIABLE} in the environment` }
  const check = await checkKey(admin, network)
  if (check.state !== 'live' && check.state !== 'live-restricted')
    return { ok: false, why: `the admin key in ${ADMIN_VARIABLE}: ${check.reason}` }
  return { ok: true, value: await readAccount(createOpenAI({ key: admin, ...network }), now) }
}

/** The admin key of the environment; undefined when there is none, or no admin key under that name. */
export function adminKeyFrom(env: NodeJS.ProcessEnv): Secret | undefined {
  const value = env[ADMIN_VARIABLE]?.trim()
  return value && looksLikeOpenAIKey(value) ? sealKey(value) : undefined
}
