// What `unleak init` installs, as data: a hook or a package script is one line here.

import { HOOK_NAMES, type HookName } from './types.ts'

export interface HookRow {
  /** The hook's name, which is its file name. */
  readonly hook: string
  /** The lines between our marks, in POSIX sh. Each must be harmless when a checkout turns LF to CRLF. */
  readonly lines: readonly string[]
  readonly why: string
}

const row = (hook: string, args: string, why: string): HookRow => ({
  hook,
  // The comment at the end swallows a carriage return.
  lines: [`sh "\${0%/*}/unleak.sh" ${args} || exit $? # taken out by: unleak init --remove`],
  why,
})

const REMOVED = '# taken out by: unleak init --remove'

/**
 * Git says on standard input what is pushed, and keeps standard output for itself. It is kept in a file, so that the rest of the hook (git-lfs reads it
 * too) gets it as if nobody had read it. A file of this repository: its name needs no program to make it.
 */
const PRE_PUSH: HookRow = {
  hook: 'pre-push',
  lines: [
    `unleak_refs=$(git rev-parse --git-path "unleak-push.$$") && cat > "$unleak_refs" || exit 2 ${REMOVED}`,
    `sh "\${0%/*}/unleak.sh" push "$@" < "$unleak_refs" >&2 || { unleak_code=$?; rm -f "$unleak_refs"; exit $unleak_code; } ${REMOVED}`,
    `exec < "$unleak_refs" && rm -f "$unleak_refs" || exit 2 ${REMOVED}`,
  ],
  why: 'runs `unleak push` before every push',
}

export const HOOKS: readonly HookRow[] = [
  row('pre-commit', 'staged', 'runs `unleak staged` before every commit'),
  row('commit-msg', 'message "$1"', 'runs `unleak message` on every commit message'),
  PRE_PUSH,
]

/** The rows of the hooks that somebody chose. */
export function chosenHooks(hooks: readonly HookName[] = HOOK_NAMES): readonly HookRow[] {
  return HOOKS.filter(({ hook }) => (hooks as readonly string[]).includes(hook))
}

/** On a server: git says on standard input what it is about to take in. */
export const RECEIVE: HookRow = {
  hook: 'pre-receive',
  lines: [
    `unleak_refs=$(git rev-parse --git-path "unleak-receive.$$") && cat > "$unleak_refs" || exit 2 ${REMOVED}`,
    `sh "\${0%/*}/unleak.sh" receive < "$unleak_refs" >&2 || { unleak_code=$?; rm -f "$unleak_refs"; exit $unleak_code; } ${REMOVED}`,
    `exec < "$unleak_refs" && rm -f "$unleak_refs" || exit 2 ${REMOVED}`,
  ],
  why: 'runs `unleak receive` on every push to this repository',
}

/** Scripts for package.json. */
export const SCRIPTS: Readonly<Record<string, string>> = {
  'check-api-health': 'unleak health',
}

/** The hooks of git that run on a person's machine. */
export const GIT_HOOKS: readonly string[] = [
  'applypatch-msg',
  'pre-applypatch',
  'post-applypatch',
  'pre-commit',
  'pre-merge-commit',
  'prepare-commit-msg',
  'commit-msg',
  'post-commit',
  'pre-rebase',
  'post-checkout',
  'post-merge',
  'pre-push',
  'post-rewrite',
  'pre-auto-gc',
]

/** The hooks of git that run where is pushed to. */
export const SERVER_HOOKS: readonly string[] = [
  'pre-receive',
  'update',
  'post-receive',
  'post-update',
  'push-to-checkout',
  'sendemail-validate',
]
