// The header of a raw commit, read by place: tree, parents, author, the committer's time, encoding.

/** Where the parts of a commit's header begin and end. */
export interface Header {
  readonly tree: number
  readonly parents: readonly number[]
  readonly author: readonly [start: number, end: number]
  /** Seconds since 1970, by the committer's clock. */
  readonly time: number
  readonly encoding: string | undefined
  readonly message: number
  /** What stands behind is not needed. */
  readonly end: number
}

const LINE_FEED = 0x0a
/** Of a message, what tells the parts of a stash. */
const SUBJECT = 32

/** Reads what attribution needs of the raw commit; undefined when it names no tree. */
export function readHeader(bytes: Uint8Array, hexLength: number): Header | undefined {
  const parents: number[] = []
  let tree = -1
  let author: readonly [number, number] = [0, 0]
  let time = 0
  let encoding: string | undefined
  let at = 0
  let end = -1
  while (at < bytes.length && bytes[at] !== LINE_FEED) {
    let lineEnd = bytes.indexOf(LINE_FEED, at)
    if (lineEnd < 0) lineEnd = bytes.length
    if (startsWith(bytes, at, 'tree ') && tree < 0 && lineEnd === at + 5 + hexLength) tree = at + 5
    else if (startsWith(bytes, at, 'parent ') && lineEnd === at + 7 + hexLength) parents.push(at + 7)
    else if (startsWith(bytes, at, 'author ')) author = [at + 7, lineEnd]
    else if (startsWith(bytes, at, 'committer ')) time = timeIn(bytes, at, lineEnd)
    else if (startsWith(bytes, at, 'encoding '))
      encoding = Buffer.from(bytes.subarray(at + 9, lineEnd)).toString('latin1')
    else if (startsWith(bytes, at, 'gpgsig')) {
      // The last of what is wanted stands before it, and signatures are long. A stash is never signed.
      end = at
      at = bytes.length
      break
    }
    at = lineEnd + 1
  }
  if (tree < 0) return undefined
  if (end < 0) end = Math.min(bytes.length, at + SUBJECT)
  return { tree, parents, author, time, encoding, message: at + 1, end }
}

export function startsWith(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false
  return true
}

/** The number behind the last `>`. */
function timeIn(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && bytes[at - 1] !== 0x3e) at--
  let [time, digits] = [0, 0]
  for (at = bytes[at] === 0x20 ? at + 1 : at; at < end && digits < 15; at++, digits++) {
    const digit = bytes[at]! - 0x30
    if (digit < 0 || digit > 9) break
    time = time * 10 + digit
  }
  return time
}

/** Where 'Name <mail>' ends: behind the last `>`. */
export function nameEnd(bytes: Uint8Array, [start, end]: readonly [number, number]): number {
  for (let at = end; at > start; at--) if (bytes[at - 1] === 0x3e) return at
  return end
}
