// A shell command → what it would show, what it would commit, and whether it goes round the checks. A guard for
// mistakes, not a fence: a program may do anything, and what it prints is checked again when it has run.
import { readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

export interface ShellPlan {
  /** Files whose content would be shown or sent; absolute. */
  readonly files: readonly string[]
  /** Variables whose values would be shown; `all`: the whole environment. */
  readonly variables: readonly string[] | 'all'
  /** The folders in which it commits; absolute. */
  readonly commits: readonly string[]
  /** How it would go round the checks, as a part of a sentence. */
  readonly bypass: string | undefined
}

const MOST_FILES = 32
const SHOWS =
  /^(?:cat|tac|nl|less|more|most|head|tail|bat|batcat|strings|xxd|od|hexdump|base64|base32|grep|egrep|fgrep|rg|ag|ack|sed|awk|gawk|cut|sort|uniq|rev|fold|column|jq|yq|diff|paste|type|get-content|gc|curl|wget|http|https|xh|nc|ncat|scp|rsync|sftp)$/i
const PREFIXES = new Set(['sudo', 'command', 'exec', 'time', 'nice', 'nohup', 'builtin', 'stdbuf'])
const SWITCHES =
  /^(?:HUSKY=0|LEFTHOOK=0|LEFTHOOK=false|UNLEAK_SKIP=.+|SKIP=.*unleak.*|SKIP_SIMPLE_GIT_HOOKS=1|GIT_CONFIG_(?:KEY|COUNT).*)$/

/** What a command line would do, as far as it says so. */
export function readCommand(line: string, cwd: string): ShellPlan {
  let at = cwd
  // Masked output is what an agent may see.
  const isMasked = /\|\s*(?:npx\s+(?:--no-install\s+)?)?unleak\s+mask\b/.test(line)
  const files = new Set<string>()
  const variables = new Set<string>()
  let isAll = false
  const commits = new Set<string>()
  let bypass: string | undefined
  for (const words of simpleCommands(line)) {
    const { name, args, settings } = strip(words)
    bypass ??= bypassOf(name, args, settings)
    if (name === 'cd' && args[0] !== undefined) at = resolve(at, args[0])
    if (name === 'git' && subcommand(args) === 'commit') commits.add(resolve(at, ...folderOf(args)))
    if (isMasked) continue
    for (const file of filesOf(name, args, words, at)) if (files.size < MOST_FILES) files.add(file)
    const shown = variablesOf(name, args, words)
    if (shown === 'all') isAll = true
    else for (const variable of shown) variables.add(variable)
  }
  return { files: [...files], variables: isAll ? 'all' : [...variables], commits: [...commits], bypass }
}

function filesOf(name: string, args: readonly string[], words: readonly string[], cwd: string): string[] {
  const read = words.flatMap((word, i) => (words[i - 1] === '<' ? [word] : []))
  if (SHOWS.test(name)) {
    if (/grep|^rg$/.test(name) && args.some((arg) => /^-[a-z]*[qcl]/.test(arg))) return expand(read, cwd)
    // curl's `@file` and `name=@file`, and a path behind `=`.
    read.push(...args.filter((arg) => !/^[-|<>]/.test(arg)).map((arg) => arg.replace(/^(?:[^=/]*=)?@/, '')))
  }
  return expand(read, cwd)
}

function expand(paths: readonly string[], cwd: string): string[] {
  return paths.flatMap((path) => {
    const whole = resolve(cwd, path.replace(/^~(?=\/|$)/, homedir()))
    if (!path.includes('*')) return isFile(whole) ? [whole] : []
    const pattern = new RegExp(
      `^${basename(whole)
        .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')}$`,
    )
    try {
      const names = readdirSync(dirname(whole)).filter((name) => pattern.test(name))
      return names.map((name) => join(dirname(whole), name)).filter(isFile)
    } catch {
      return []
    }
  })
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function variablesOf(
  name: string,
  args: readonly string[],
  words: readonly string[],
): readonly string[] | 'all' {
  // What is handed on or written to a file is not shown.
  if (words.some((word) => word === '|' || word === '>' || word === '>>') && !/env|set|export/.test(name))
    return []
  const plain = args.filter((arg) => !/^[-|<>]/.test(arg))
  if (name === 'printenv') return plain.length === 0 ? 'all' : plain
  if (name === 'env' && plain.length === 0) return 'all'
  if (name === 'set' && plain.length === 0) return 'all'
  if (/^(?:export|declare|typeset)$/.test(name) && plain.length === 0) return 'all'
  if (!/^(?:echo|printf|print|write-output|write-host)$/i.test(name) && !words.includes('<<<')) return []
  return words.flatMap((word) => [...word.matchAll(/\$(?:env:)?\{?!?(\w+)/gi)].map((match) => match[1]!))
}

function bypassOf(name: string, args: readonly string[], settings: readonly string[]): string | undefined {
  const isSwitched = settings.find((setting) => SWITCHES.test(setting))
  if (isSwitched) return `${isSwitched.split('=')[0]} switches the checks off`
  if (name === 'export' && args.some((arg) => SWITCHES.test(arg))) return 'it switches the checks off'
  if (/^unleak$/.test(name) && args[0] === 'ignore') return 'only a person accepts a finding'
  if (/^unleak$/.test(name) && args[0] === 'init' && args.includes('--remove'))
    return 'it takes the hooks out'
  if (name !== 'git') return undefined
  if (args.some((arg) => /^core\.hookspath/i.test(arg))) return 'core.hooksPath switches the hooks off'
  const does = subcommand(args)
  if (!/^(?:commit|push|merge|rebase|am|cherry-pick)$/.test(does)) return undefined
  if (args.includes('--no-verify')) return '--no-verify leaves out the check'
  return does === 'commit' && args.some((arg) => /^-[a-ln-z]*n/.test(arg))
    ? '-n leaves out the check'
    : undefined
}

/** `git -C FOLDER`, as often as it is given. */
const folderOf = (args: readonly string[]): string[] => args.filter((_, i) => args[i - 1] === '-C')

function subcommand(args: readonly string[]): string {
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '-C' || args[i] === '-c') i += 1
    else if (!args[i]!.startsWith('-')) return args[i]!
  }
  return ''
}

function strip(words: readonly string[]): { name: string; args: string[]; settings: string[] } {
  const settings: string[] = []
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at]!
    if (/^\w+=/.test(word)) settings.push(word)
    else if (word === 'env' && /^(?:\w+=|-)/.test(words[at + 1] ?? '')) continue
    else if (word === 'npx') continue
    else if (!PREFIXES.has(word) && !(at > 0 && word.startsWith('-'))) break
  }
  return { name: basename(words[at] ?? ''), args: words.slice(at + 1), settings }
}

const TOKEN =
  /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|(<<<|>>|&&|\|\||[;|&\n()`<>]|\$\()|([ \t\r]+)|([^\s'"\\;|&()`<>$]+|.)/g

/**
 * Words of each simple command, with the quotes off; redirections are words of their own, and `|` at the end says that
 * the output goes on. What `$(…)`, backticks and `sh -c "…"` hold are commands of their own.
 */
export function simpleCommands(line: string): string[][] {
  const commands: string[][] = [[]]
  const inner: string[][] = []
  let word: string | undefined
  const end = () => {
    if (word !== undefined) commands.at(-1)!.push(word)
    word = undefined
  }
  for (const [, single, double, escaped, operator, space, text] of line.matchAll(TOKEN)) {
    const words = commands.at(-1)!
    if (operator !== undefined) {
      end()
      if (/^(?:<<<|[<>]|>>)$/.test(operator)) words.push(operator)
      else {
        if (operator === '|') words.push(operator)
        commands.push([])
      }
    } else if (space !== undefined) end()
    else {
      inner.push(...insideOf(words, single, double))
      // In single quotes a dollar is only a dollar.
      word = (word ?? '') + (single?.replaceAll('$', '\0') ?? double ?? escaped ?? text ?? '')
    }
  }
  end()
  return [...commands, ...inner].filter((words) => words.length > 0)
}

/** What a quoted word runs, behind `words`. */
function insideOf(
  words: readonly string[],
  single: string | undefined,
  double: string | undefined,
): string[][] {
  const quoted = single ?? double
  if (quoted === undefined) return []
  if (/^-\w*c$/.test(words.at(-1) ?? '') || words[0] === 'eval') return simpleCommands(quoted)
  const nested = double?.matchAll(/\$\(([^()]*)\)|`([^`]*)`/g) ?? []
  return [...nested].flatMap(([, a, b]) => simpleCommands(a ?? b ?? ''))
}
