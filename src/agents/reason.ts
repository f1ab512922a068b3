// What was found → words for the agent: what to do in its place, and what not to try. Never the secret.
import type { RulesetAbout } from '../model/index.ts'
import type { AgentEvent } from './event.ts'
import type { Verdict } from './judge.ts'
import type { TextFinding } from './scan.ts'

const MOST = 5

export function shortReason({ found, bypass }: Verdict): string {
  if (found.length === 0) return `unleak stopped this: ${bypass}.`
  const more = found.length > 1 ? ` and ${found.length - 1} more` : ''
  return `unleak stopped this: ${describe(found[0]!)}${more}.`
}

export function reasonFor(event: AgentEvent, verdict: Verdict, about: RulesetAbout): string {
  const { found, bypass } = verdict
  if (found.length === 0)
    return lines(
      `unleak stopped this: ${bypass}.`,
      'Run it without that. If the check itself is wrong, tell the person what it says: only they decide.',
    )
  const variable =
    found.flatMap(({ finding }) => about.providers[finding.provider]?.env ?? [])[0] ?? 'API_KEY'
  const ids = [...new Set(found.map(({ finding }) => finding.id))]
  const alarm = `False alarm? Only the person decides, in a terminal of their own: unleak ignore ${ids[0]} --reason "…"`
  if (event.moment === 'prompt') return lines(heading(found, 'this message was not sent'), ...PROMPT, alarm)
  if (event.moment === 'after')
    return lines(heading(found, 'the output of this tool holds a secret'), ...SEEN, alarm)
  const isShown = found.every((each) => each.isShown)
  return lines(
    heading(found, isShown ? 'it would show or send a secret' : 'it holds a secret'),
    'Nothing was run, written or sent.',
    ...(isShown ? SHOWN : writing(variable)),
    alarm,
  )
}

function heading(found: readonly TextFinding[], what: string): string {
  const rest = found.length > MOST ? [`and ${found.length - MOST} more`] : []
  return `unleak stopped this: ${what}: ${[...found.slice(0, MOST).map(describe), ...rest].join('; ')}.`
}

function describe({ where, finding }: TextFinding): string {
  const line = finding.places[0]?.line ?? 1
  return `${article(finding.title)} in ${where}${line > 1 ? `, line ${line}` : ''}`
}

const article = (title: string): string => `${/^[AEIOU]/i.test(title) ? 'an' : 'a'} ${title}`

const PROMPT = [
  'Take the value out and send the message again; the agent can read it from an environment variable by name.',
  'If you have sent it to any agent before, treat it as leaked: unleak respond shows what to do.',
]

const SEEN = [
  'Do not repeat the value in a message, a file, a command or a commit, and do not print it again.',
  'Go on with its name only. Tell the person that it was shown to you: what an agent has seen may have to be revoked.',
]

const SHOWN = [
  'Work with names, not values: a program that you start can read the variable or the file by itself.',
  'To see the rest, pipe it through the mask, as in: unleak mask < FILE (secrets come out as labels).',
]

function writing(variable: string): string[] {
  return [
    `In code, read it from the environment (such as ${variable}), and stop with a clear message when it is not set; in examples write a placeholder such as <${variable}>.`,
    'Do not encode it, split it, or put it somewhere else. If it must stand in a file that git ignores, ask the person to put it there.',
    'Tell the person where you have it from: if it was in a chat, a log or a commit, it has to be revoked.',
  ]
}

const lines = (...all: readonly string[]): string => all.join('\n')
