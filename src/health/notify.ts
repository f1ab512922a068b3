// A short message to a webhook that speaks Slack's format (Slack, Mattermost, Discord with /slack).
import { type Http, isLoopbackHost } from '../http/index.ts'
import { ToolError } from '../model/index.ts'
import type { HealthReport } from './model.ts'

/** The address from the variable `name`. An address like that is a secret: it never stands on a command line. */
export function webhookFrom(name: string, env: NodeJS.ProcessEnv): URL {
  if (/[:/]/.test(name)) {
    throw new ToolError('E_USAGE', '--notify takes the NAME of an environment variable, not an address.', {
      hint: 'Put the address into a variable: who has it can write to your channel. Then: --notify SLACK_WEBHOOK_URL',
    })
  }
  const value = env[name]?.trim()
  if (!value) throw new ToolError('E_USAGE', `--notify: the environment variable ${name} is not set.`)
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isFine = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!url || !isFine)
    throw new ToolError('E_USAGE', `--notify: the value of ${name} is not an https address.`)
  return url
}

/** Throws ToolError when the message was not taken; nothing of the address is told. */
export async function notify(report: HealthReport, url: URL, http: Http): Promise<void> {
  const outcome = await http.send({
    method: 'POST',
    url: url.href,
    shownUrl: url.origin,
    loopback: isLoopbackHost(url.hostname),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: messageOf(report) }),
  })
  if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) return
  const why = outcome.kind === 'answer' ? `it answered with status ${outcome.status}` : outcome.reason
  throw new ToolError('E_NETWORK', `the webhook did not take the message: ${why}.`)
}

export function messageOf({ counts, checks }: HealthReport): string {
  const head = `API key health: ${counts.bad} bad, ${counts.attention} to look at, ${counts['not-checked']} not checked, ${counts.well} well.`
  const lines = checks
    .filter((check) => check.verdict === 'bad' || check.verdict === 'attention')
    .flatMap((check) =>
      check.items
        .filter((item) => item.verdict === 'bad' || item.verdict === 'attention')
        .slice(0, 3)
        .map((item) => `• ${check.title}: ${item.subject}: ${item.text}`),
    )
  return [head, ...lines.slice(0, 20)]
    .join('\n')
    .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!)
}
