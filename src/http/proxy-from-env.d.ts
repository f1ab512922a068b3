// The package brings no types of its own.
declare module 'proxy-from-env' {
  /** The proxy for `url` by the environment's *_PROXY and NO_PROXY; empty: none. */
  export function getProxyForUrl(url: string): string
}
