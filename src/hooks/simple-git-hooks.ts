// simple-git-hooks: unleak goes before the command that each hook has. Source: github.com/toplenboren/simple-git-hooks
import { join } from 'node:path'
import {
  byHand,
  chosenEntries,
  configFile,
  ENTRIES,
  type Entry,
  editFile,
  installStep,
  programOf,
} from './configured.ts'
import { dependsOn, fromTop } from './site.ts'
import { Claim, type ConfiguredManager, type Site } from './types.ts'

type Json = Record<string, unknown>

const KEY = 'simple-git-hooks'
const JSON_FILES = ['.simple-git-hooks.json', 'simple-git-hooks.json']
const CODE_FILES = [
  '.simple-git-hooks.cjs',
  '.simple-git-hooks.mjs',
  'simple-git-hooks.mjs',
  '.simple-git-hooks.js',
  'simple-git-hooks.cjs',
  'simple-git-hooks.js',
]

export const simpleGitHooks: ConfiguredManager = {
  id: KEY,

  claim(site) {
    const isThere =
      configFile(site, [...JSON_FILES, ...CODE_FILES]) || site.project?.text.includes(`"${KEY}"`)
    return isThere || (site.project && dependsOn(site.project.data, KEY)) ? Claim.present : Claim.none
  },

  configure(site, chosen) {
    const code = configFile(site, CODE_FILES)
    if (code)
      throw byHand(
        KEY,
        fromTop(site, code),
        chosenEntries(chosen).map((entry) => `"${entry.hook}": "${lineOf(site, entry)}"`),
      )
    const add = (hooks: Json): Json => {
      const next = { ...hooks }
      for (const entry of chosenEntries(chosen)) {
        const theirs = typeof next[entry.hook] === 'string' ? (next[entry.hook] as string) : ''
        if (!OURS.test(theirs)) next[entry.hook] = [lineOf(site, entry), theirs].filter(Boolean).join(' && ')
      }
      return next
    }
    const changes = editHooks(site, add, 'runs unleak')
    return {
      changes,
      notes: [],
      ...installStep(site, KEY, [], { hooks: chosen, needed: changes.length > 0 }),
    }
  },

  remove(site) {
    const take = (hooks: Json): Json =>
      Object.fromEntries(
        Object.entries(hooks).flatMap(([hook, line]) => {
          const rest = typeof line === 'string' ? line.replace(OURS, '') : line
          return rest === '' ? [] : [[hook, rest]]
        }),
      )
    const written = ENTRIES.flatMap(({ hook }) =>
      editFile(site, join(site.hooksDir, hook), withoutLine, WHY_REMOVED),
    )
    return [...editHooks(site, take, WHY_REMOVED), ...written]
  },
}

const OURS = /(?:\S*node_modules\/\.bin\/)?unleak (?:staged|message "\$1"|push "\$@")(?: && )?/

const WHY_REMOVED = 'no longer runs unleak'

/** A hook that simple-git-hooks has written: it does not write it anew once nothing is configured. */
function withoutLine(text: string | undefined): string | undefined {
  if (text === undefined || !text.includes('SIMPLE_GIT_HOOKS') || !OURS.test(text)) return text
  const rest = text.replace(OURS, '')
  return /\bfi\s*$/.test(rest) ? undefined : rest
}

function lineOf(site: Site, { command }: Entry): string {
  const args = command === 'message' ? ' "$1"' : command === 'push' ? ' "$@"' : ''
  return `${programOf(site)} ${command}${args}`
}

/** The object of hooks: a file of its own, or a part of package.json. */
function editHooks(site: Site, edit: (hooks: Json) => Json, why: string) {
  const own = configFile(site, JSON_FILES)
  const file = own ?? site.project?.file ?? join(site.top, JSON_FILES[0]!)
  const isPart = own === undefined && site.project !== undefined
  return editFile(
    site,
    file,
    (text) => {
      const data = JSON.parse(text?.replace(/^\uFEFF/, '') ?? '{}') as Json
      const hooks = (isPart ? (data[KEY] ?? {}) : data) as Json
      const next = edit(hooks)
      if (JSON.stringify(next) === JSON.stringify(hooks)) return text
      if (!isPart) return Object.keys(next).length > 0 ? layOut(next, text) : undefined
      const { [KEY]: _, ...others } = data
      return layOut(Object.keys(next).length > 0 ? { ...data, [KEY]: next } : others, text)
    },
    why,
  )
}

/** As npm writes package.json: with the indentation that is there. */
function layOut(data: Json, text: string | undefined): string {
  const indent = /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? '  '
  const eol = text?.includes('\r\n') ? '\r\n' : '\n'
  return `${JSON.stringify(data, null, indent)}\n`.replaceAll('\n', eol)
}
