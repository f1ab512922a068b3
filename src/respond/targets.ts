// Where the new key has to go: uses sorted by what can be done about each.
import { fileStatus } from '../git/file-status.ts'
import type { Secret } from '../model/index.ts'
import { type EnvFile, environmentOf } from '../places/env-file.ts'
import { envFilesOf, findUses, projectFiles, shown, type Use, variablesOf } from '../places/find.ts'
import { isCommand, remoteUpdate } from '../places/remote.ts'
import type { Target, Targets } from './model.ts'

export interface TargetOptions {
  readonly root: string
  /** Variables that the key is known under, from findings. */
  readonly names: readonly string[]
  /** Files that a run before this one wrote or meant to: they may hold the new key by now. */
  readonly earlier: readonly string[]
}

export interface FoundTargets {
  readonly targets: Targets
  readonly envFiles: readonly EnvFile[]
  readonly isGit: boolean
}

export async function findTargets(key: Secret, options: TargetOptions): Promise<FoundTargets> {
  const { root, names, earlier } = options
  const files = await projectFiles(root)
  const envFiles = envFilesOf(files, root)
  const variables = variablesOf(key, envFiles, names)
  const uses = findUses(files, root, { value: key.reveal(), variables })
  const written = new Set(
    uses.filter((use) => use.kind.update === 'write' && use.isValue).map((use) => use.file),
  )
  for (const path of earlier) {
    const file = files.find((each) => shown(each, root) === path)
    if (file) written.add(file)
  }
  const status = await fileStatus(
    [...written].map((file) => shown(file, root)),
    root,
  )
  const local = [...written].sort().map((file): Target => {
    const path = shown(file, root)
    const here = uses.filter((use) => use.file === file).flatMap((use) => use.variable ?? [])
    const environment = environmentOf(path.split('/').at(-1)!)
    return {
      file,
      path,
      variables: [...new Set(here)],
      isTracked: status?.get(path)?.isTracked ?? false,
      isIgnored: status === undefined || (status.get(path)?.isIgnored ?? false),
      isNamed: false,
      isProduction: environment === 'production' || here.some((name) => environmentOf(name) === 'production'),
    }
  })
  return { targets: { local, ...elsewhere(uses) }, envFiles, isGit: status !== undefined }
}

function elsewhere(uses: readonly Use[]): Omit<Targets, 'local'> {
  const remote = new Map<string, Targets['remote'][number]>()
  const hand: { todo: { text: string; url?: string }; use: Use }[] = []
  for (const use of uses) {
    const way = use.isValue ? undefined : remoteUpdate(use)
    if (way === undefined) continue
    if (!isCommand(way))
      hand.push({
        use,
        todo: { text: `${use.path}:${use.line}: ${way.what}`, ...(way.url ? { url: way.url } : {}) },
      })
    else if (!remote.has(way.shown)) remote.set(way.shown, { command: way, use })
  }
  return {
    remote: [...remote.values()],
    hand,
    exposed: uses.filter((use) => use.isValue && use.kind.update !== 'write'),
    restart: uses.filter((use) => use.kind.update === 'restart' && !use.isValue && use.kind.id !== 'source'),
  }
}

/** Something that serves others uses the key: it gets the new one before the old one is revoked. */
export function isInProduction({ local, remote, hand }: Targets): boolean {
  return local.some((target) => target.isProduction) || remote.length > 0 || hand.length > 0
}
