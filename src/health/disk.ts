// What lies on disk: env files and what git knows of them, their modes, and keys in files that are no env files.
import { statSync } from 'node:fs'
import { resolvePlan } from '../config/resolve.ts'
import { fileStatus } from '../git/file-status.ts'
import { isEnvFileName, isExampleName } from '../places/env-file.ts'
import { envFilesOf, projectFiles } from '../places/find.ts'
import { loadRules } from '../rules/load.ts'
import { runScan } from '../scan.ts'
import { version } from '../version.ts'
import type { DiskFacts } from './model.ts'

export async function readDisk(root: string): Promise<DiskFacts> {
  const files = await projectFiles(root)
  const unreadable: { path: string; why: string }[] = []
  const envFiles = envFilesOf(files, root, (path, why) => unreadable.push({ path, why }))
  const modes = new Map<string, number>()
  if (process.platform !== 'win32')
    for (const { file, path } of envFiles) modes.set(path, statSync(file).mode & 0o777)
  return {
    root,
    envFiles,
    unreadable,
    git: await fileStatus(
      envFiles.map((file) => file.path),
      root,
    ),
    modes,
    exposed: await exposedKeys(root),
  }
}

/** Scans the working tree with the rules of OpenAI; env files are where keys belong. */
async function exposedKeys(root: string): Promise<DiskFacts['exposed']> {
  const { plan, choice } = await resolvePlan({ command: 'scan', cwd: root, paths: ['.'], only: ['openai'] })
  const { readIgnores } = await import('../config/ignores.ts')
  const report = await runScan(plan, {
    version,
    rules: () => loadRules(choice),
    ignores: async () => readIgnores(plan.ignoreFile),
  })
  if (report.scan.state === 'partial')
    return {
      ok: false,
      why: `a part of the files could not be read (${report.scan.problems[0]?.examples[0] ?? 'unknown'})`,
    }
  const value = report.findings.flatMap((finding) =>
    finding.places
      .filter(({ path = '' }) => !isEnvFileName(path) || isExampleName(path))
      .map(({ path = '', line }) => ({ path, line, redacted: finding.secret.redacted, id: finding.id })),
  )
  return { ok: true, value }
}
