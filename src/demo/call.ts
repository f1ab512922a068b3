// What the routes of the stand-in take and give, and what they share.
import type { DemoAccount, DemoKey, DemoProject } from './account.ts'
import { addEvent, keyActor } from './events.ts'
import { type DemoAnswer, refusal } from './troubles.ts'

/** A call as the handlers see it. */
export interface DemoCall {
  readonly account: DemoAccount
  readonly caller: DemoKey
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  /** Unix seconds. */
  readonly now: number
}

export interface DemoRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** With `{names}`, as in OpenAI's document. */
  readonly path: string
  readonly handle: (call: DemoCall) => DemoAnswer | object
}

type Handler = (call: DemoCall, project: DemoProject) => DemoAnswer | object

/** For routes below a project: 404 for one that is not there. */
export function inProject(handle: Handler): DemoRoute['handle'] {
  return (call) => {
    const project = call.account.projects.find(({ id }) => id === call.params.project_id)
    return project
      ? handle(call, project)
      : refusal(404, null, `No project found with id '${call.params.project_id}'.`)
  }
}

export const notFound = (what: string): DemoAnswer => refusal(404, null, `No ${what} found.`)

/** Notes in the audit log what a call did. */
export function note(call: DemoCall, type: string, details: object, project?: DemoProject): void {
  const { account, caller } = call
  addEvent(account, type, {
    actor: keyActor(account, caller),
    details,
    ...(project ? { project: project.id } : {}),
  })
}
