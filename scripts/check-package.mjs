// npm run check:package: the packed package as registries and TypeScript see it. Asks the npm registry for one tool.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = mkdtempSync(join(tmpdir(), 'unleak-package-'))
const shell = process.platform === 'win32'
const run = (command, args, stdio = 'inherit') =>
  execFileSync(command, args, { cwd: root, stdio, shell, encoding: 'utf8' })

/** Too large for a development dependency (60 packages, 39 MB), and needed at releases only. */
const TYPES_TOOL = '@arethetypeswrong/cli@0.18.5'

try {
  run('npm', ['run', 'build'])
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], ['ignore', 'pipe', 'inherit']),
  )
  const tarball = join(folder, filename)
  run('npx', ['publint', 'run', tarball, '--strict'])
  run('npx', ['--yes', TYPES_TOOL, tarball, '--profile', 'esm-only'])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
