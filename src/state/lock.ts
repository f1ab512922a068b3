// One run at a time for one case: a second one would make a second key.
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/index.ts'
import { openDirectory } from './directory.ts'

/** Runs `work` while this process alone holds the lock `name`. A lock whose process is gone counts for nothing. */
export async function withLock<T>(directory: string, name: string, work: () => Promise<T>): Promise<T> {
  openDirectory(directory)
  const file = join(openDirectory(join(directory, 'locks')), name)
  take(file)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): void {
  for (let tries = 0; tries < 3; tries++) {
    try {
      claim(file)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      if (holder !== undefined) {
        throw new ToolError(
          'E_WRITE',
          `another run (process ${holder}) is at work on this key; nothing was done.`,
          {
            hint: 'Wait for it to end, then run this again.',
          },
        )
      }
      rmSync(file, { force: true })
    }
  }
  throw new ToolError('E_WRITE', `${file}: the lock could not be taken.`)
}

/** Takes the name with its content in one step: who looks never finds a lock without its holder. */
function claim(file: string): void {
  const own = `${file}.${process.pid}`
  rmSync(own, { force: true })
  writeFileSync(own, String(process.pid), { flag: 'wx', mode: 0o600 })
  try {
    linkSync(own, file)
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 }) // a file system without links
  } finally {
    rmSync(own, { force: true })
  }
}

/** The living process that holds the lock; undefined: none does. */
function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    process.kill(pid, 0)
    return pid
  } catch (error) {
    // EPERM: it lives, and is another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? Number(readFileSync(file, 'utf8')) : undefined
  }
}
