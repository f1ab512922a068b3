// What the next commit would record: the index against HEAD, by object id.
import { decodePath, splitNul } from './paths.ts'
import { gitError, runGit } from './run.ts'
import { listStagedDirectly } from './staged-direct.ts'

export interface StagedEntry {
  readonly path: string
  /** A added, M modified, T type changed, D deleted, U unmerged. */
  readonly status: string
  readonly mode: string
  readonly blob: string
  /** The blob HEAD has at this path; undefined when it has none. */
  readonly headBlob: string | undefined
}

export const GITLINK = '160000'

/** Entries of the index of `root` that differ from HEAD; on an unborn branch all of them. Throws ToolError. */
export async function listStaged(cwd: string, root: string): Promise<StagedEntry[]> {
  return listStagedDirectly(cwd, root) ?? (await askForStaged(cwd))
}

/** The same by git alone, the reference. */
export async function askForStaged(cwd: string): Promise<StagedEntry[]> {
  const diff = await runGit(
    [
      'diff-index',
      '--cached',
      '--raw',
      '-z',
      '--no-renames',
      '--no-abbrev',
      '--ignore-submodules=none',
      'HEAD',
      '--',
    ],
    cwd,
  )
  if (diff.status === 0) return parseRawDiff(diff.stdout)
  if (!(await isUnborn(cwd))) throw gitError('the staged changes could not be listed', diff)
  const listed = await runGit(['ls-files', '--stage', '-z', '--full-name', ':/'], cwd)
  if (listed.status !== 0) throw gitError('the staged files could not be listed', listed)
  return parseIndexList(listed.stdout)
}

/** True before the first commit: HEAD names a branch that does not exist yet. */
async function isUnborn(cwd: string): Promise<boolean> {
  const name = await runGit(['symbolic-ref', '-q', 'HEAD'], cwd)
  if (name.status !== 0) return false
  const target = await runGit(['show-ref', '--verify', '--quiet', name.stdout.toString('utf8').trim()], cwd)
  return target.status === 1
}

/** `:<old mode> <mode> <old id> <id> <status> NUL path NUL` … */
function parseRawDiff(output: Buffer): StagedEntry[] {
  const fields = splitNul(output)
  const entries: StagedEntry[] = []
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [oldMode = '', mode = '', oldBlob = '', blob = '', status = ''] = fields[i]!.toString('latin1')
      .slice(1)
      .split(' ')
    const hadBlob = !/^0+$/.test(oldBlob) && oldMode !== GITLINK
    const path = decodePath(fields[i + 1]!)
    entries.push({ path, status: status.slice(0, 1), mode, blob, headBlob: hadBlob ? oldBlob : undefined })
  }
  return entries
}

/** `<mode> <id> <stage> TAB path NUL` … */
function parseIndexList(output: Buffer): StagedEntry[] {
  return splitNul(output).map((field) => {
    const tab = field.indexOf(0x09)
    const [mode = '', blob = '', stage = ''] = field.toString('latin1', 0, tab).split(' ')
    const path = decodePath(field.subarray(tab + 1))
    return { path, status: stage === '0' ? 'A' : 'U', mode, blob, headBlob: undefined }
  })
}
