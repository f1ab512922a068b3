// node scripts/release-notes.mjs v1.2.3: what the changelog says of this version; fails when tag, version and changelog differ.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Throws when the package names no repository, the tag is not the version of the package, or the changelog has no heading for it. */
export function notesFor(tag, { version, repository, changelog }) {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, package.json says ${version}`)
  if (!repository)
    throw new Error(
      'package.json names no repository, and npm takes no provenance without one. Add to it, with your own address: ' +
        '"repository": { "type": "git", "url": "git+https://github.com/OWNER/NAME.git" }',
    )
  const sections = changelog.split(/^## /m).slice(1)
  const own = sections.find((section) => section.split('\n')[0].split(/[\s,(]/)[0] === version)
  if (!own) throw new Error(`CHANGELOG.md has no heading "## ${version}": rename "Unreleased"`)
  return `${own.split('\n').slice(1).join('\n').trim()}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  process.stdout.write(notesFor(process.argv[2] ?? '', { version, repository, changelog }))
}
