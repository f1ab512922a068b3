// Files outside git, by fast-glob; folders honour their .gitignore files. The only importer of fast-glob.
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import fastGlob from 'fast-glob'
import ignore, { type Ignore } from 'ignore'
import { filesBelow } from './byte-names.ts'

const LEFT_OUT = ['.git', 'node_modules']
const ALWAYS_LEFT_OUT = LEFT_OUT.map((folder) => `**/${folder}/**`)

/** All files below `directory` that no .gitignore leaves out, as absolute paths, sorted. */
export async function walkFiles(directory: string): Promise<string[]> {
  const options = {
    cwd: directory,
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    suppressErrors: false,
  }
  const entries = await fastGlob('**', { ...options, ignore: ALWAYS_LEFT_OUT, objectMode: true })
  const files = entries.flatMap(({ path, dirent }) => {
    if (!dirent.isDirectory()) return [path]
    // fast-glob can't enter a folder whose name is not UTF-8.
    return path.includes('\ufffd') ? belowBytes(path, directory) : []
  })
  const isIgnored = await gitignoreRules(directory, files)
  return files
    .filter((file) => !isIgnored(file))
    .sort()
    .map((file) => join(directory, file))
}

function belowBytes(folder: string, directory: string): string[] {
  const files = filesBelow(join(directory, folder), (name) => LEFT_OUT.includes(name))
  return files.map((file) => relative(directory, file).split(sep).join('/'))
}

/** Files that a glob names, as absolute paths, sorted. What a person names is not left out. */
export async function matchFiles(pattern: string, cwd: string): Promise<string[]> {
  const found = await fastGlob(pattern.split('\\').join('/'), {
    cwd,
    dot: true,
    absolute: true,
    followSymbolicLinks: false,
  })
  return found.sort()
}

/** Files below `cwd` that one of the globs names, ignored by git or not, but not what packages bring; absolute, sorted. */
export async function findFiles(patterns: readonly string[], cwd: string): Promise<string[]> {
  const found = await fastGlob([...patterns], {
    cwd,
    dot: true,
    absolute: true,
    ignore: ALWAYS_LEFT_OUT,
    followSymbolicLinks: false,
    onlyFiles: false, // a link to an env file is one too
    suppressErrors: true,
  })
  return found.sort()
}

/** Each .gitignore speaks for its own folder; deeper ones are asked first, as git does. */
async function gitignoreRules(
  directory: string,
  files: readonly string[],
): Promise<(file: string) => boolean> {
  const levels: { folder: string; rules: Ignore }[] = []
  for (const file of files.filter((f) => f === '.gitignore' || f.endsWith('/.gitignore'))) {
    const text = await readFile(join(directory, file), 'utf8').catch(() => '')
    levels.push({ folder: dirname(file), rules: ignore().add(text) })
  }
  levels.sort((a, b) => b.folder.length - a.folder.length)
  return (file) => {
    for (const { folder, rules } of levels) {
      const name = folder === '.' ? file : relative(folder, file)
      if (name.startsWith('..')) continue
      const verdict = rules.test(name)
      if (verdict.ignored || verdict.unignored) return verdict.ignored
    }
    return false
  }
}
