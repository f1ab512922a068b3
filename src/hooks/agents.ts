// `init --agents`: the settings with which coding agents ask unleak before they act; merged into what is there.
//
// For the formats and their sources see src/agents/event.ts. Each command fails closed: an unleak that is not there
// stops the agent, with a line that says so.
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../git/ask.ts'
import { ToolError } from '../model/errors.ts'
import { applyChanges } from './apply.ts'
import { changed, modeOf } from './hook-file.ts'
import { fromTop, readOptional, realFile, surveySite } from './site.ts'
import type { FileChange, Site } from './types.ts'

type Json = Record<string, unknown>

interface AgentSettings {
  readonly id: string
  readonly name: string
  readonly file: string
  /** What shows that it is used: in the repository, or in a person's home. */
  readonly traces: readonly string[]
  readonly home: string
  /** Hooks by event, each a list of entries to add. */
  entries(program: string): Readonly<Record<string, readonly Json[]>>
  /** What the file holds besides hooks, when it is new. */
  readonly frame: Json
  readonly note?: string
}

const SECONDS = 30
const MISSING = 'unleak is not installed here, so nothing was checked. Do this: npm install'

const nested = (command: string, matcher?: string): Json => ({
  ...(matcher === undefined ? {} : { matcher }),
  hooks: [{ type: 'command', command, timeout: SECONDS }],
})

/** In sh; what is not there ends with 127, which Claude Code and Codex would take for a yes. */
const orStop = (program: string, agent: string): string => `${program} agent-hook ${agent} || exit 2`

const SETTINGS: readonly AgentSettings[] = [
  {
    id: 'claude',
    name: 'Claude Code',
    file: '.claude/settings.json',
    traces: ['.claude', 'CLAUDE.md'],
    home: '.claude',
    frame: {},
    entries: (program) => {
      const command = orStop(program.replace(/^node_modules/, '"$CLAUDE_PROJECT_DIR"/node_modules'), 'claude')
      return {
        PreToolUse: [nested(command, '*')],
        PostToolUse: [nested(command, 'Bash|Read|Grep|WebFetch|Task|mcp__.*')],
        UserPromptSubmit: [nested(command)],
      }
    },
  },
  {
    id: 'codex',
    name: 'Codex',
    file: '.codex/hooks.json',
    traces: ['.codex'],
    home: '.codex',
    frame: {},
    entries: (program) => {
      const command = orStop(
        program.replace(/^node_modules/, '"$(git rev-parse --show-toplevel)"/node_modules'),
        'codex',
      )
      return {
        PreToolUse: [nested(command)],
        PostToolUse: [nested(command)],
        UserPromptSubmit: [nested(command)],
      }
    },
    note: 'Codex runs hooks of a project only after you have looked at them: type /hooks in Codex and trust them.',
  },
  {
    id: 'cursor',
    name: 'Cursor',
    file: '.cursor/hooks.json',
    traces: ['.cursor', '.cursorrules'],
    home: '.cursor',
    frame: { version: 1 },
    entries: (program) => {
      const entry = { command: `${program} agent-hook cursor`, timeout: SECONDS, failClosed: true }
      return {
        beforeShellExecution: [entry],
        beforeMCPExecution: [entry],
        beforeReadFile: [entry],
        beforeSubmitPrompt: [entry],
        preToolUse: [{ ...entry, matcher: 'Write|Edit|StrReplace|MultiEdit|NotebookEdit' }],
      }
    },
  },
  {
    id: 'copilot',
    name: 'Copilot',
    file: '.github/hooks/unleak.json',
    traces: ['.github/hooks', '.github/copilot-instructions.md'],
    home: '.copilot',
    frame: { version: 1 },
    entries: (program) => {
      const deny = JSON.stringify({ permissionDecision: 'deny', permissionDecisionReason: MISSING })
      const entry = {
        type: 'command',
        bash: `${program} agent-hook copilot || echo '${deny}'`,
        powershell: `${program.replaceAll('/', '\\')} agent-hook copilot; if (-not $?) { '${deny}' }`,
        cwd: '.',
        timeoutSec: SECONDS,
      }
      const { bash, powershell, ...rest } = entry
      const told = { ...rest, bash: `${program} agent-hook copilot`, powershell: powershell.split(';')[0]! }
      return { preToolUse: [entry], userPromptSubmitted: [told] }
    },
    note: "Copilot's agent on GitHub reads the hooks of the default branch, and needs unleak installed there: name it in package.json and run npm ci in copilot-setup-steps.yml.",
  },
]

export const AGENT_IDS: readonly string[] = SETTINGS.map(({ id }) => id)

export interface AgentsOptions {
  readonly cwd: string
  /** Ids of AGENT_IDS; empty: those that leave traces here or in the home folder. */
  readonly agents: readonly string[]
  readonly dryRun: boolean
  readonly remove: boolean
  readonly env: Environment
}

export interface AgentsResult {
  readonly root: string
  readonly changes: readonly FileChange[]
  readonly lines: readonly string[]
}

export async function runAgents(options: AgentsOptions): Promise<AgentsResult> {
  const site = await surveySite(options.cwd, options.env)
  const chosen = options.remove && options.agents.length === 0 ? SETTINGS : choose(site, options)
  const plans = chosen.map((settings) => ({ settings, changes: planFile(site, settings, options.remove) }))
  const changes = plans.flatMap((plan) => plan.changes)
  if (!options.dryRun) applyChanges(changes)
  const told = options.remove ? [] : plans.flatMap(({ settings }) => settings.note ?? [])
  const done = changes.map(
    (change) => `${fromTop(site, change.path)} ${change.after ? change.why : 'is removed'}.`,
  )
  return {
    root: site.top,
    changes,
    lines: [...(done.length > 0 ? done : ['There is nothing to change.']), ...told],
  }
}

export interface AgentName {
  readonly id: string
  readonly name: string
}

/** Those that left traces in the repository or in the person's home folder. */
export function foundAgents(site: Site, env: Environment): readonly AgentName[] {
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  return SETTINGS.filter(
    (each) =>
      each.traces.some((name) => existsSync(join(site.top, name))) || existsSync(join(home, each.home)),
  ).map(({ id, name }) => ({ id, name }))
}

function choose(site: Site, { agents, env }: AgentsOptions): AgentSettings[] {
  if (agents.length > 0) return SETTINGS.filter(({ id }) => agents.includes(id))
  const found = foundAgents(site, env).map(({ id }) => id)
  if (found.length > 0) return SETTINGS.filter(({ id }) => found.includes(id))
  throw new ToolError('E_HOOK', 'no coding agent has left a trace here or in your home folder', {
    hint: `Name those you use: unleak init --agents=${AGENT_IDS.join(',')}`,
  })
}

function planFile(site: Site, settings: AgentSettings, remove: boolean): FileChange[] {
  const path = realFile(site, join(site.top, settings.file))
  const before = readOptional(path)
  if (remove && before === undefined) return []
  const text = before?.toString('utf8')
  const data = text === undefined ? { ...settings.frame } : parse(text, path)
  const without = withoutOurs(data)
  const next = remove ? without : withOurs(without, settings.entries(programOf(site)))
  // Nothing of anybody's is left: the file goes as well.
  const isEmpty = remove && Object.keys(next).every((key) => key in settings.frame)
  const isSame = text !== undefined && JSON.stringify(next) === JSON.stringify(data)
  const after = isEmpty ? undefined : isSame ? before : Buffer.from(layOut(next, text))
  const why = remove
    ? `no longer has ${settings.name} ask unleak`
    : `has ${settings.name} ask unleak before it acts`
  return changed({ path, before, after, mode: before ? modeOf(path) : 0o644, why })
}

/** The project's own unleak, else the one on the PATH. */
function programOf(site: Site): string {
  if (!site.project) return 'unleak'
  const below = fromTop(site, site.project.dir)
  return `${below === '' ? '' : `${below}/`}node_modules/.bin/unleak`
}

function parse(text: string, path: string): Json {
  try {
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    const { hooks } = data as Json
    if (
      isObject(data) &&
      (hooks === undefined || (isObject(hooks) && Object.values(hooks).every(Array.isArray)))
    )
      return data
  } catch {}
  throw new ToolError('E_CONFIG', `${path} is not what its agent reads: a JSON object with lists of hooks`, {
    hint: 'Mend it, then try again; comments are not JSON.',
  })
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const OURS = /\bunleak(?:\.cmd)?["']? agent-hook\b/

const isOurs = (entry: unknown): boolean =>
  isObject(entry) &&
  [entry.command, entry.bash, entry.powershell].some((line) => OURS.test(String(line ?? '')))

function withoutOurs(data: Json): Json {
  if (!isObject(data.hooks)) return data
  const events = Object.entries(data.hooks).flatMap(([event, list]) => {
    const rest = (list as unknown[]).flatMap((entry) => {
      if (!isObject(entry) || !Array.isArray(entry.hooks)) return isOurs(entry) ? [] : [entry]
      const hooks = entry.hooks.filter((each) => !isOurs(each))
      return hooks.length === entry.hooks.length ? [entry] : hooks.length > 0 ? [{ ...entry, hooks }] : []
    })
    return rest.length > 0 || (list as unknown[]).length === 0 ? [[event, rest] as const] : []
  })
  const { hooks: _, ...others } = data
  return events.length > 0 ? { ...data, hooks: Object.fromEntries(events) } : others
}

function withOurs(data: Json, entries: Readonly<Record<string, readonly Json[]>>): Json {
  const hooks: Record<string, unknown> = { ...(isObject(data.hooks) ? data.hooks : {}) }
  for (const [event, ours] of Object.entries(entries))
    hooks[event] = [...((hooks[event] as unknown[]) ?? []), ...ours]
  return { ...data, hooks }
}

/** With the indentation and line ends of the file that is there. */
function layOut(data: Json, text: string | undefined): string {
  const indent = /\n([ \t]+)"/.exec(text ?? '')?.[1] ?? '  '
  const eol = text?.includes('\r\n') ? '\r\n' : '\n'
  const end = text === undefined || /\n$/.test(text) ? '\n' : ''
  return `${JSON.stringify(data, null, indent)}${end}`.replaceAll('\n', eol)
}
