// Files outside git, by fast-glob; folders honour their .gitignore files. The only importer of fast-glob.
import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import fastGlob from 'fast-glob'
import ignore, { type Ignore } from 'ignore'

const ALWAYS_LEFT_OUT = ['**/.git/**', '**/node_modules/**']

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
  // A folder whose name is not UTF-8 can't be entered here: it is told, not passed over.
  const files = entries
    .filter((entry) => !entry.dirent.isDirectory() || entry.path.includes('\ufffd'))
    .map((entry) => entry.path)
  const isIgnored = await gitignoreRules(directory, files)
  return files
    .filter((file) => !isIgnored(file))
    .sort()
    .map((file) => join(directory, file))
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
