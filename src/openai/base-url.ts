// Where OpenAI is. Never from OPENAI_BASE_URL: that is where applications are sent, by whoever wrote the repository.
import { isLoopbackHost } from '../http/index.ts'
import { ToolError } from '../model/index.ts'

export const OPENAI_URL = 'https://api.openai.com/v1'

/** Another server in place of OpenAI, for demos and tests; this variable only, and said out loud when it is used. */
export const BASE_URL_VARIABLE = 'UNLEAK_OPENAI_BASE_URL'

/** The API's address. Throws ToolError `E_USAGE` for one that is neither https nor on this machine. */
export function baseUrlFrom(env: NodeJS.ProcessEnv): string {
  const given = env[BASE_URL_VARIABLE]
  return given ? checkBaseUrl(given) : OPENAI_URL
}

/** `url` without a slash at its end. Throws ToolError `E_USAGE` when keys must not be sent there. */
export function checkBaseUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || parsed.username || parsed.password || parsed.search || parsed.hash)
    throw refusal('is not a plain address')
  if (parsed.protocol !== 'https:' && !(parsed.protocol === 'http:' && isLoopbackHost(parsed.hostname)))
    throw refusal('is neither https nor on this machine')
  return parsed.href.replace(/\/+$/, '')
}

function refusal(why: string): ToolError {
  return new ToolError(
    'E_USAGE',
    `${BASE_URL_VARIABLE} ${why}: keys would go there in clear. Nothing was sent.`,
    {
      hint: `Unset it, or give an address such as http://127.0.0.1:4010/v1`,
    },
  )
}
