// Writes docs/api.md from the types of src/index.ts and the comments in them: npm run docs:api
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** The `.d.ts` files of the library, made anew: name of each declaration → its comment and text. */
function declarations() {
  const folder = mkdtempSync(join(tmpdir(), 'unleak-api-'))
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [tsc, '-p', 'tsconfig.types.json', '--outDir', folder], { cwd: root })
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.d.ts'),
    )
    const all = new Map()
    for (const file of files.sort())
      for (const each of declaredIn(readFileSync(join(folder, file), 'utf8'))) all.set(each.name, each)
    return { all, index: readFileSync(join(folder, 'index.d.ts'), 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A comment, and a declaration up to the line that ends it: the first after its own that is not indented. */
const DECLARATION =
  /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^export (?:declare )?(interface|class|type|const|function) (\w+)(.*(?:\n(?:[ }]).*)*)/gm

function* declaredIn(text) {
  for (const [, comment = '', kind, name, rest] of text.matchAll(DECLARATION))
    yield { name, kind, comment: wordsOf(comment), text: `${kind} ${name}${rest}` }
}

function wordsOf(comment) {
  return comment
    .replace(/^\/\*\*|\*\/\n?$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
}

/** Names that index.d.ts exports, its own among them. */
function exportedNames(index) {
  const lists = [...index.matchAll(/export \{([^}]*)\}/g)].flatMap(([, list]) => list.split(','))
  const listed = lists.map((item) => item.trim().replace(/^type /, '')).filter((name) => name !== '')
  return new Set([...[...declaredIn(index)].map(({ name }) => name), ...listed])
}

/** The comment as Markdown: examples as code, the rest as text. */
function textOf({ comment }) {
  const [words, ...tags] = comment.split(/^@/m)
  const parts = tags.map((tag) => {
    const [, kind, body] = /^(\w+)\s([\s\S]*)$/.exec(tag) ?? []
    const flat = body.trim()
    return kind === 'example' ? `\`\`\`ts\n${flat}\n\`\`\`` : `*${kind}*: ${flat.replace(/\n\s*/g, ' ')}`
  })
  return [words.trim(), ...parts].filter((part) => part !== '').join('\n\n')
}

const GROUPS = [
  ['Functions', ({ kind }) => kind === 'function'],
  ['Classes', ({ kind }) => kind === 'class'],
  ['Types', ({ kind }) => kind === 'interface' || kind === 'type'],
  ['Constants', ({ kind }) => kind === 'const'],
]

/** The whole page. Throws when a name is exported that no declaration was found for. */
export function apiPage() {
  const { all, index } = declarations()
  const names = exportedNames(index)
  const missing = [...names].filter((name) => !all.has(name))
  if (missing.length > 0) throw new Error(`no declaration found for ${missing.join(', ')}`)
  const own = [...names].map((name) => all.get(name))
  const sections = GROUPS.flatMap(([title, belongs]) => [
    `## ${title}`,
    ...own
      .filter(belongs)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((each) => [`### ${each.name}`, textOf(each), `\`\`\`ts\n${each.text}\n\`\`\``]),
  ])
  const head = [
    '<!-- Written by scripts/write-api-page.mjs from src/index.ts. Change the comments there instead. -->',
    '# Names of the library',
    "`import { … } from 'unleak'`. With examples: [library.md](library.md).",
  ]
  return `${[...head, ...sections].filter((part) => part !== '').join('\n\n')}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'docs/api.md'), apiPage())
