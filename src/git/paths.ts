// Raw path bytes → text: UTF-8 as it is, other bytes as git writes them (\351).

const STRICT = new TextDecoder('utf-8', { fatal: true })

export function decodePath(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes)
  } catch {
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (char) => `\\${char.charCodeAt(0).toString(8)}`)
  }
}

/** Splits NUL-terminated fields. */
export function splitNul(bytes: Buffer): Buffer[] {
  const fields: Buffer[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start)
    if (end === -1) throw new RangeError('a NUL-terminated list ends early')
    fields.push(bytes.subarray(start, end))
    start = end + 1
  }
  return fields
}
