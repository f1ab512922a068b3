// A rule's request with the secret put into it; the only file that opens one for it.
import type { HttpRequest } from '../http/index.ts'
import type { VerifyRequest } from '../model/index.ts'
import type { NoQuestion, Subject } from './subject.ts'

/** The request of a rule for one secret; `shownUrl` and `carries` hold nothing of it. */
export function fill(
  request: VerifyRequest,
  subject: Subject,
): { request: HttpRequest; shown: URL; carries: string } | NoQuestion {
  const near = lookUp({ ...request.near, ...(request.host ? { host: request.host } : {}) }, subject)
  if ('cannot' in near) return near
  request = near.put(request)
  const address = request.url
  const secret = subject.secret.reveal()
  if (/[\r\n\0]/.test(secret)) return { cannot: 'it has line breaks, which no request can carry' }
  const url = fillText(address, pathPart(secret))
  const shownUrl = fillText(address, '…')
  // A secret must not lead to another host or path.
  if (new URL(url).host !== new URL(shownUrl).host || /(?:^|\/)\.\.?(?:\/|$)/.test(secret))
    return { cannot: 'its characters would change the address' }
  return {
    shown: new URL(shownUrl),
    carries: carrier(request),
    request: {
      method: request.method,
      url,
      shownUrl,
      repeatable: true, // each is harmless, also twice
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, text]) => [name, fillText(text, secret)]),
      ),
      ...(request.body === undefined ? {} : { body: fillText(request.body, bodyPart(secret, request)) }),
    },
  }
}

/** Finds what stands near the secret, and puts it into a request's places. */
function lookUp(
  patterns: Readonly<Record<string, string>>,
  { texts }: Subject,
): NoQuestion | { put: (request: VerifyRequest) => VerifyRequest } {
  const values = new Map<string, string>()
  for (const [name, pattern] of Object.entries(patterns)) {
    const whole = new RegExp(`(?<![\\w.-])(?:${pattern})(?![\\w-]|\\.\\w)`)
    const found = texts.map((text) => whole.exec(text)?.[0]).find((value) => value !== undefined)
    if (found === undefined && name === 'host')
      return { cannot: 'this service gives each customer a host of their own: name it with --host' }
    if (found === undefined) return { cannot: `its ${name} half is needed too, and was not found near it` }
    values.set(name, found)
  }
  const put = (text: string) => {
    for (const [name, value] of values) text = text.replaceAll(`{${name}}`, () => value)
    return text
  }
  return {
    put: (request) => ({
      ...request,
      url: put(request.url),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name, put(text)])),
    }),
  }
}

/** `{secret}` is the secret, `{b64(user:{secret})}` and `{base64(…)}` the base64 of what is inside. */
function fillText(text: string, secret: string): string {
  return text
    .replace(/\{(?:b64|base64)\(([^()]*)\)\}/g, (_, inner: string) =>
      Buffer.from(inner.replaceAll('{secret}', () => secret)).toString('base64'),
    )
    .replaceAll('{secret}', () => secret)
}

/** Slashes and colons are parts of the few secrets that services take in the path. */
function pathPart(secret: string): string {
  return encodeURIComponent(secret).replaceAll('%2F', '/').replaceAll('%3A', ':')
}

function bodyPart(secret: string, { headers }: VerifyRequest): string {
  const isForm = /form-urlencoded/.test(headers['Content-Type'] ?? '')
  return isForm ? encodeURIComponent(secret) : JSON.stringify(secret).slice(1, -1)
}

function carrier({ headers, body, url }: VerifyRequest): string {
  const header = Object.entries(headers).find(([, text]) => text.includes('{secret}'))?.[0]
  if (header) return `the ${header} header`
  if (body?.includes('{secret}')) return 'the body'
  return url.includes('{secret}') ? 'the path, the only way this service takes it' : 'nothing'
}
