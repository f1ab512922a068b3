// Opens a file in the program that the desktop has for it: no shell, and nothing that waits for it.
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const OPENERS: Partial<Record<NodeJS.Platform, (file: string) => readonly [string, ...string[]]>> = {
  darwin: (file) => ['open', file],
  // `start` belongs to the shell; this is what it comes to for a page.
  win32: (file) => ['rundll32', 'url.dll,FileProtocolHandler', pathToFileURL(file).href],
}

/** True when the opener could be started; what becomes of it is not waited for. */
export async function openFile(file: string, platform = process.platform): Promise<boolean> {
  const [program, ...args] = (OPENERS[platform] ?? ((path) => ['xdg-open', path]))(file)
  const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true })
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
