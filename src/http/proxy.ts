// Proxies from the environment (HTTPS_PROXY, NO_PROXY, …): a tunnel through which TLS runs end to end.
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'

/** Trouble with the proxy itself: its answers must never pass for those of the service behind it. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
}

/** The proxy for an address, or undefined: go there directly. Throws ProxyError for one of another kind. */
export function proxyFor(url: URL): URL | undefined {
  const given = getProxyForUrl(url.href)
  if (given === '') return undefined
  const proxy = URL.canParse(given) ? new URL(given) : undefined
  if (proxy && /^https?:$/.test(proxy.protocol)) return proxy
  throw new ProxyError('the proxy in the environment is not an http or https address')
}

/** A TLS connection to `target` through `proxy`; the proxy sees host and port, nothing else. */
export async function tunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<TLSSocket> {
  const socket = await openTunnel(proxy, target, signal)
  return await new Promise((resolve, reject) => {
    const secure = connectTls({ socket, servername: target.hostname, ALPNProtocols: ['http/1.1'] })
    secure.on('error', () => {}) // whoever sends through it hears of its end
    const abort = () => secure.destroy(new Error('aborted'))
    signal.addEventListener('abort', abort, { once: true })
    secure.once('error', reject)
    secure.once('secureConnect', () => {
      secure.off('error', reject)
      signal.removeEventListener('abort', abort)
      resolve(secure)
    })
  })
}

function openTunnel(proxy: URL, target: URL, signal: AbortSignal): Promise<Socket> {
  const where = `${target.hostname}:${target.port || 443}`
  const request = proxy.protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const asked = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: where,
      headers: { Host: where, ...authorization(proxy) },
      signal,
    })
    asked.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new ProxyError(`the proxy refused the connection (status ${answer.statusCode})`))
    })
    asked.once('response', (answer) => {
      answer.destroy()
      reject(new ProxyError(`the proxy refused the connection (status ${answer.statusCode})`))
    })
    asked.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ProxyError(`the proxy can't be reached (${error.code ?? 'no connection'})`)),
    )
    asked.end()
  })
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` }
}
