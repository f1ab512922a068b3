// Writes a file whole or not at all: beside it first, then renamed over it.
import { rename, writeFile } from 'node:fs/promises'

export async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  await writeFile(temporary, text)
  await rename(temporary, file)
}
