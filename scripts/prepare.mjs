// After `npm ci` in a clone: builds, and installs our own hooks. Not run for users of the package.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
if (existsSync('.git') && process.env.CI !== 'true') {
  const { default: husky } = await import('husky')
  const message = husky()
  if (message) console.error(message)
}
