// A Chromium of this machine. Without one, tests are skipped with a printed reason; in CI that is a failure.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const PLACES = [
  process.env.UNLEAK_TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)'].map((name) =>
    join(process.env[name] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
]

/** Path of the browser; undefined when a person's machine has none. */
export function findChromium(): string | undefined {
  const found = PLACES.find((path) => path && existsSync(path))
  if (found) return found
  const reason = 'no Chromium found: install it, or name it in UNLEAK_TEST_CHROMIUM'
  if (process.env.CI) throw new Error(reason)
  process.stderr.write(`The tests of the HTML report are skipped: ${reason}.\n`)
  return undefined
}

export async function launch(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: ['--no-sandbox'] })
}
