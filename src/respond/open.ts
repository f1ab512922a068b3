// Opens a case: the key, its owner, its places, and the journal of earlier runs.
import { relative, resolve } from 'node:path'
import { fileStatus } from '../git/file-status.ts'
import { runGit } from '../git/run.ts'
import type { Clock, Http } from '../http/index.ts'
import { type Finding, type Secret, ToolError } from '../model/index.ts'
import { checkKey, createOpenAI, type KeyCheck } from '../openai/index.ts'
import { environmentOf, isEnvFileName } from '../places/env-file.ts'
import { fingerprintOf } from '../places/key.ts'
import { type Facts, openJournal } from '../state/journal.ts'
import { identify } from './identify.ts'
import { keyFromFacts, listFact, textFact } from './journaled.ts'
import type { Case, ListedKey, Options, Owner, Target } from './model.ts'
import { findTargets } from './targets.ts'

export interface OpenOptions {
  readonly finding: Finding
  readonly root: string
  readonly stateDir: string
  readonly adminKey: Secret | undefined
  readonly givenKey: Secret | undefined
  readonly keyId: string | undefined
  /** Env files that get the key though they do not hold the old one. */
  readonly named: readonly Target[]
  /** Unix seconds; undefined: the first commit that held it, or now. */
  readonly since: number | undefined
  readonly http: Http
  readonly baseUrl: string
  readonly clock: Clock
  readonly signal?: AbortSignal
  readonly options: Options
  /** Name of the journal and the command that goes on; default: those of `unleak respond`. */
  readonly journalName?: string
  readonly command?: string
  /** Asks a person which of several keys it is; undefined: nobody can be asked. */
  readonly choose: ((candidates: readonly ListedKey[]) => Promise<string | undefined>) | undefined
  readonly askFilled: Case['askFilled']
  readonly person: Case['person']
}

export async function openCase(open: OpenOptions): Promise<Case> {
  const { finding, root, stateDir, clock, http, baseUrl, adminKey } = open
  const now = () => new Date(clock.now())
  const journal = openJournal(stateDir, open.journalName ?? finding.id, now)
  const isOpenAI = finding.provider === 'openai'
  const admin = adminKey && isOpenAI ? createOpenAI({ key: adminKey, http, baseUrl }) : undefined
  const answer = isOpenAI ? await checkKey(finding.secret, { http, baseUrl, clock }) : undefined
  const remembered = keyFromFacts(journal.last('identify', 'done')?.facts)
  const known = open.keyId === undefined || open.keyId === remembered?.id ? remembered : undefined
  const owner = await chooseOwner(open, admin, answer, known)
  const begun = journal.last('begin', 'started')?.facts
  const names = [...finding.places.flatMap((place) => place.name ?? []), ...listFact(begun, 'variables')]
  const earlier = listFact(begun, 'files')
  const { targets, isGit } = await findTargets(finding.secret, { root, names, earlier })
  const named = open.named.filter((each) => !targets.local.some((target) => target.file === each.file))
  return {
    id: finding.id,
    command: open.command ?? `unleak respond ${finding.id}`,
    finding,
    key: finding.secret,
    root,
    isGit,
    targets: { ...targets, local: [...targets.local, ...named] },
    owner,
    ...leak(open, begun),
    admin,
    isActingKey: adminKey !== undefined && fingerprintOf(adminKey) === fingerprintOf(finding.secret),
    givenKey: open.givenKey,
    http,
    baseUrl,
    clock,
    signal: open.signal,
    journal,
    stateDir,
    options: open.options,
    askFilled: open.askFilled,
    person: open.person,
  }
}

async function chooseOwner(
  open: OpenOptions,
  admin: Case['admin'],
  answer: KeyCheck | undefined,
  known: ListedKey | undefined,
): Promise<Owner> {
  const { http, baseUrl, clock, adminKey } = open
  const homeOf = async () => adminKey && (await checkKey(adminKey, { http, baseUrl, clock })).organization
  const ask = (keyId: string | undefined) =>
    identify(open.finding.secret, { admin, answer, keyId, known, homeOf })
  const owner = await ask(open.keyId)
  if (owner.candidates.length < 2 || !open.choose || open.keyId) return owner
  const chosen = await open.choose(owner.candidates)
  return chosen === undefined ? owner : await ask(chosen)
}

const UNKNOWN_DAYS = 7

/** When it got out: the first commit that holds it is the earliest that is known. */
function leak(
  { finding, since, clock }: OpenOptions,
  begun: Facts | undefined,
): Pick<Case, 'leakedAt' | 'leakedHow'> {
  if (since !== undefined) return { leakedAt: since, leakedHow: 'as you said' }
  const how = textFact(begun, 'leakedHow')
  if (how !== undefined) return { leakedAt: Number(begun?.leakedAt), leakedHow: how }
  const first = finding.history?.introduced
  if (first)
    return {
      leakedAt: Math.min(Math.floor(Date.parse(first.date) / 1000), Math.floor(clock.now() / 1000)),
      leakedHow: `the first commit that held it, ${first.commit.slice(0, 10)}`,
    }
  const leakedAt = Math.floor(clock.now() / 1000) - UNKNOWN_DAYS * 86_400
  return {
    leakedAt,
    leakedHow: `no commit holds it, so the last ${UNKNOWN_DAYS} days are looked at; --since DATE says better`,
  }
}

/** A file that a person named as `PATH` or `PATH:NAME`. Throws ToolError. */
export async function namedTarget(text: string, root: string, cwd: string): Promise<Target> {
  const [, path = text, name = 'OPENAI_API_KEY'] = /^(.+?)(?::([A-Za-z_]\w*))?$/.exec(text) ?? []
  const file = resolve(cwd, path)
  const shown = relative(root, file).split('\\').join('/')
  if (!isEnvFileName(file))
    throw new ToolError('E_USAGE', `--target: ${shown} is not an env file by its name.`, {
      hint: 'For example: --target .env.production:OPENAI_API_KEY',
    })
  const inside = !shown.startsWith('..')
  const status = inside ? (await fileStatus([shown], root))?.get(shown) : undefined
  return {
    file,
    path: shown,
    variables: [name],
    isTracked: status?.isTracked ?? false,
    isIgnored: status?.isIgnored ?? true,
    isProduction: environmentOf(shown.split('/').at(-1)!) === 'production',
    isNamed: true,
  }
}

/** True in a working tree of git. */
export async function isGitTree(root: string): Promise<boolean> {
  return (await runGit(['rev-parse', '--is-inside-work-tree'], root)).status === 0
}
