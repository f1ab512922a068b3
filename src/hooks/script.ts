// unleak.sh, the file that every hook calls: finds the project's unleak, or stops the commit or push and says why.
export const SCRIPT_NAME = 'unleak.sh'
const SIGNATURE = '# Written by `unleak init`'
const RECORD = '# unleak:added'

export interface ScriptFacts {
  /** The directory of package.json, relative to the top of the work tree, with `/`; '' for the top. */
  readonly project: string
  /** What a person types to install the project's packages, if there is a package.json. */
  readonly install: string | undefined
  /** What brings unleak where nothing names it yet. */
  readonly add: string
  /** What init added: `file:pre-commit`, `script:prepare`, `config:core.hooksPath`, … */
  readonly added: readonly string[]
  /** True for hooks of many repositories: what lies in one of them is not run, it may be anybody's. */
  readonly isShared?: boolean
}

// Typed in a terminal, it makes GUI clients see the node of that terminal.
const SHOW_NODE_TO_GUIS =
  'echo "export PATH=\\"$(dirname "$(command -v node)"):\\$PATH\\"" >> ~/.config/husky/init.sh'

export function scriptText(facts: ScriptFacts): string {
  const where = facts.project === '' ? '' : `   (in ${facts.project})`
  const advice = facts.install
    ? [`Do this:  ${facts.install}${where}`, `or, where package.json does not name it:  ${facts.add}`]
    : [`Do this:  ${facts.add}`]
  return `#!/bin/sh
${SIGNATURE}, which rewrites it; \`unleak init --remove\` takes it away.
# Runs the project's own unleak for a git hook. What can't be scanned is not committed, and not pushed.
${[RECORD, ...facts.added].join(' ')}

stop() {
  printf 'unleak: STOPPED. %s, so nothing was scanned.\\n' "$1" >&2
  shift
  printf '  %s\\n' "$@" >&2
  exit 2
}

${facts.isShared ? '' : findIn(facts)}${SET_PATH}
${facts.isShared ? 'bin=' : LOOK_HERE}
[ -n "$bin" ] || bin=$(command -v unleak) || stop 'unleak is not installed here' \\
  ${quote(facts.isShared ? 'Looked on the PATH: what lies in a repository is not run for all of them.' : 'Looked in node_modules, in that of the main worktree, and on the PATH.')} \\
  ${advice.map(quote).join(' \\\n  ')} \\
  'and try again.'
command -v node >/dev/null 2>&1 || stop 'node is not on the PATH of the program that runs git' \\
  'Do this, in a terminal where \`node -v\` works:' \\
  '  mkdir -p ~/.config/husky' \\
  ${quote(`  ${SHOW_NODE_TO_GUIS}`)} \\
  'and try again.'
exec "$bin" "$@"
`
}

const findIn = (facts: ScriptFacts): string => `project=${quote(facts.project || '.')}
find_in() {
  for bin in "$1/$project/node_modules/.bin/unleak" "$1/node_modules/.bin/unleak"; do
    if [ -f "$bin" ]; then return 0; fi
  done
  bin=
  return 1
}

`

const SET_PATH = `# GUI clients often start git without the PATH of a shell; husky's file for that holds for us too.
# In a subshell, so that nothing in it can end this script.
init=\${XDG_CONFIG_HOME:-$HOME/.config}/husky/init.sh
if ! command -v node >/dev/null 2>&1 && [ -f "$init" ]; then
  path=$(. "$init" >/dev/null 2>&1; printf %s "$PATH")
  PATH=\${path:-$PATH}
fi
`

const LOOK_HERE = `# Git runs hooks at the top of the work tree. A linked worktree may have no node_modules.
if ! find_in . && [ -f .git ] && main=$(git rev-parse --git-common-dir) && find_in "$main/.."; then
  echo 'unleak: no node_modules in this worktree, using those of the main one' >&2
fi`

/** Whether the script that lies there is ours, and if so what init has added, by its record. */
export function ownership(script: Buffer | undefined): {
  readonly isOurs: boolean
  readonly added: ReadonlySet<string>
} {
  const text = script?.toString()
  const isOurs = text?.includes(SIGNATURE) === true
  return { isOurs, added: isOurs ? recordOf(text) : new Set() }
}

export function recordOf(text: string | undefined): Set<string> {
  const line = text?.split(/\r?\n/).find((candidate) => candidate.startsWith(`${RECORD} `))
  return new Set(line?.slice(RECORD.length).split(' ').filter(Boolean))
}

/** For POSIX sh, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** For a command line shown to a person, quoted only where needed. */
export function shown(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word))).join(' ')
}
