// One file of a disk → its bytes, or what it is instead. Synchronous: small files from the page cache take longer to
// wait for than to read.
import { closeSync, constants, lstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { WHOLE_OBJECT_LIMIT } from '../git/cat-file.ts'

/** `bytes` hold until the next file is read. */
export type FileContent = Buffer | 'link' | 'folder' | 'device' | 'large'

const ROOM = 1 << 20

/** What every file is read to: fresh memory takes longer to get than to fill. */
let scratch: Buffer | undefined

/** Never opens what could block, such as a pipe. Throws the system's error. */
export function readWhole(path: string | Buffer): FileContent {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return 'link'
  if (stat.isDirectory()) return 'folder'
  if (!stat.isFile()) return 'device'
  if (stat.size > WHOLE_OBJECT_LIMIT) return 'large'
  return (stat.size < ROOM ? readSmall(path, 'r') : undefined) ?? readFileSync(path)
}

/** Links are not followed, pipes not waited for. Windows can't say so: there each file is asked what it is. */
const PLAIN = constants.O_NOFOLLOW && constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** The same of what git has listed, which is hardly ever anything but a small file. */
export function readListed(path: string | Buffer): FileContent {
  if (PLAIN === undefined) return readWhole(path)
  let bytes: Buffer | undefined
  try {
    bytes = readSmall(path, PLAIN)
  } catch {} // the slow way says what is wrong
  return bytes !== undefined && bytes.length > 0 ? bytes : readWhole(path)
}

/** To its end, whatever size it is said to have, as files of /proc; undefined when there is more than room for. */
function readSmall(path: string | Buffer, flags: string | number): Buffer | undefined {
  scratch ??= Buffer.allocUnsafeSlow(ROOM)
  const file = openSync(path, flags)
  try {
    for (let length = 0; length < ROOM; ) {
      const count = readSync(file, scratch, length, ROOM - length, null)
      if (count === 0) return scratch.subarray(0, length)
      length += count
    }
    return undefined
  } finally {
    closeSync(file)
  }
}
