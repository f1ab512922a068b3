// Allowed or stopped → what each agent wants to hear, and with which exit status.
//
// Exit status 2 with the reason on stderr stops the tool in Claude Code, Codex and Cursor whatever the event; Copilot
// reads standard output. For the sources see event.ts.
import type { Agent, AgentEvent } from './event.ts'

export interface Answer {
  readonly stdout: string
  readonly stderr: string
  readonly code: 0 | 2
}

/** Cursor and Copilot read the answer of each hook as JSON; for the others silence is consent. */
export function allow(event: Pick<AgentEvent, 'agent' | 'moment'>): Answer {
  if (event.agent !== 'cursor') return { stdout: '', stderr: '', code: 0 }
  const { moment } = event
  const answer = moment === 'before' ? { permission: 'allow' } : moment === 'prompt' ? { continue: true } : {}
  return json(answer)
}

/**
 * Stops it. `reason` is for the agent, `short` for the person; `output`: what the tool gave back, without its secrets.
 */
export function stop(event: AgentEvent, reason: string, short: string, output?: unknown): Answer {
  const { moment, name } = event
  if (moment === 'other') return { stdout: '', stderr: `${reason}\n`, code: 2 }
  switch (event.agent) {
    case 'cursor':
      if (moment === 'prompt') return json({ continue: false, user_message: reason })
      if (moment === 'before') return json({ permission: 'deny', user_message: short, agent_message: reason })
      return json({ additional_context: reason })
    case 'copilot': {
      if (moment === 'prompt') return { stdout: '', stderr: `${reason}\n`, code: 2 }
      if (moment === 'after') return json({ additionalContext: reason })
      const flat = { permissionDecision: 'deny', permissionDecisionReason: reason }
      // VS Code loads the same hooks and reads Claude's form.
      return json(name === '' ? flat : { ...flat, hookSpecificOutput: { hookEventName: name, ...flat } })
    }
    default:
      return json(claudeStop(event, reason, output))
  }
}

function claudeStop({ agent, moment, name }: AgentEvent, reason: string, output: unknown): object {
  if (moment === 'prompt') return { decision: 'block', reason }
  if (moment === 'after') {
    // Codex refuses fields that it does not know.
    const replaced = output === undefined || agent === 'codex' ? {} : { updatedToolOutput: output }
    return {
      decision: 'block',
      reason,
      hookSpecificOutput: { hookEventName: name, additionalContext: reason, ...replaced },
    }
  }
  if (name === 'PermissionRequest')
    return { hookSpecificOutput: { hookEventName: name, decision: { behavior: 'deny', message: reason } } }
  return {
    hookSpecificOutput: { hookEventName: name, permissionDecision: 'deny', permissionDecisionReason: reason },
  }
}

/** For what could not be understood or checked: nothing is known but, perhaps, the agent. */
export function refuse(agent: Agent | undefined, reason: string): Answer {
  if (agent !== 'copilot') return { stdout: '', stderr: `${reason}\n`, code: 2 }
  return json({ permissionDecision: 'deny', permissionDecisionReason: reason })
}

const json = (value: object): Answer => ({ stdout: `${JSON.stringify(value)}\n`, stderr: '', code: 0 })
