// After `npm ci` in a clone, and before `npm pack`: builds, and installs our own hooks. Not run for users of the package;
// as `prepare` it would be announced to those who install from a file, with a warning.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

// `npm install -g git+…`, as the pre-commit framework does it, brings no build tools: the tag of a release holds dist/.
const isBuilt = existsSync('dist/cli.cjs') && !existsSync('node_modules/esbuild')
if (!isBuilt) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
if (!isBuilt && existsSync('.git') && process.env.CI !== 'true') {
  const { default: husky } = await import('husky')
  const message = husky()
  if (message) console.error(message)
}
