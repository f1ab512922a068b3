// What a coding agent tells its hook → one shape for all agents. Anything that is not understood is an error.
//
// Sources, read in November 2026: Claude Code, code.claude.com/docs/en/hooks; Codex, developers.openai.com/codex/hooks
// and codex-rs/hooks/schema; Cursor, cursor.com/docs/agent/hooks; Copilot, docs.github.com/en/copilot/reference/
// hooks-reference (also loaded by VS Code, which sends names of Claude's form).
import { ToolError } from '../model/errors.ts'

export const AGENTS = ['claude', 'codex', 'cursor', 'copilot'] as const
export type Agent = (typeof AGENTS)[number]

/** before: a tool is about to run; after: it has run; prompt: a person's message is about to be sent. */
export type Moment = 'before' | 'after' | 'prompt' | 'other'

export interface AgentEvent {
  readonly agent: Agent
  readonly moment: Moment
  /** The event's own name, as the agent wrote it; empty where it sends none. */
  readonly name: string
  readonly tool: string
  readonly cwd: string | undefined
  /** What the tool is given, what it gave back, or the message. */
  readonly body: unknown
}

type Fields = Readonly<Record<string, unknown>>

const MOMENTS: Readonly<Record<string, Moment>> = {
  pretooluse: 'before',
  permissionrequest: 'before',
  beforeshellexecution: 'before',
  beforemcpexecution: 'before',
  beforereadfile: 'before',
  beforetabfileread: 'before',
  posttooluse: 'after',
  aftershellexecution: 'after',
  aftermcpexecution: 'after',
  afterfileedit: 'after',
  userpromptsubmit: 'prompt',
  userpromptsubmitted: 'prompt',
  beforesubmitprompt: 'prompt',
}

/** Where an agent writes who and where it is: none of it is what the tool works on. */
const SURROUNDINGS = new Set([
  'hook_event_name',
  'hookEventName',
  'session_id',
  'sessionId',
  'conversation_id',
  'generation_id',
  'turn_id',
  'tool_use_id',
  'transcript_path',
  'transcriptPath',
  'cwd',
  'workspace_roots',
  'permission_mode',
  'model',
  'cursor_version',
  'user_email',
  'timestamp',
])

/** Throws ToolError `E_USAGE` for what is no event of an agent: the caller then denies. */
export function readEvent(text: string, named: Agent | undefined): AgentEvent {
  const fields = parse(text)
  const name = words(fields.hook_event_name, fields.hookEventName)
  const agent = named ?? agentOf(fields, name)
  const moment = name === '' ? namelessMoment(fields) : (MOMENTS[name.toLowerCase()] ?? 'other')
  const roots = Array.isArray(fields.workspace_roots) ? fields.workspace_roots : []
  return {
    agent,
    moment,
    name,
    tool: words(fields.tool_name, fields.toolName, name),
    cwd: words(fields.cwd, roots[0]) || undefined,
    body: bodyOf(fields, moment),
  }
}

function parse(text: string): Fields {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw broken('what the agent sent is not JSON')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw broken('what the agent sent is no JSON object')
}

function broken(what: string): ToolError {
  return new ToolError('E_USAGE', `${what}, so nothing was checked.`, {
    hint: 'unleak agent-hook is started by the hooks of a coding agent: unleak init --agents writes them.',
  })
}

const words = (...values: readonly unknown[]): string =>
  (values.find((value) => typeof value === 'string' && value !== '') as string | undefined) ?? ''

function agentOf(fields: Fields, name: string): Agent {
  if (
    fields.cursor_version !== undefined ||
    fields.generation_id !== undefined ||
    /^(?:before|after)[A-Z]/.test(name)
  )
    return 'cursor'
  if (fields.toolName !== undefined || fields.hookEventName !== undefined || name === '') return 'copilot'
  return fields.turn_id === undefined ? 'claude' : 'codex'
}

/** Copilot sends no name: what is there tells what happened. */
function namelessMoment(fields: Fields): Moment {
  if (fields.toolResult !== undefined) return 'after'
  if (fields.toolName !== undefined) return 'before'
  if (typeof fields.prompt === 'string') return 'prompt'
  if (fields.timestamp !== undefined) return 'other' // a session that starts or ends, an error
  throw broken('this is no event of an agent that unleak knows')
}

function bodyOf(fields: Fields, moment: Moment): unknown {
  const rest = Object.fromEntries(Object.entries(fields).filter(([key]) => !SURROUNDINGS.has(key)))
  if (moment === 'before') return opened(fields.tool_input ?? fields.toolArgs ?? rest)
  if (moment === 'after') return fields.tool_response ?? fields.tool_output ?? fields.toolResult ?? rest
  return rest
}

/** Copilot and Cursor send some arguments as a text that holds JSON. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
