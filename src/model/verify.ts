// How a rule's credential is asked about, as its rule file says it.

/** Ways of asking that data can't express; each is one file of `verify/`. */
export const PROTOCOLS = ['openai', 'openai-admin', 'aws-sts'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** One harmless request. `{secret}` stands in a header, the body or the path; `{b64(…)}` is base64 of what is in it. */
export interface VerifyRequest {
  readonly method: 'GET' | 'POST'
  /** https, with its host written out, or `{host}`. */
  readonly url: string
  /** Regular expression for `{host}`: the service's own domains, under which each customer has a name. */
  readonly host?: string
  /** What else the request needs from near the secret, such as a public half: regular expressions, by `{name}`. */
  readonly near?: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** An answer that a verdict rests on: its status, and what its body must say if anything. */
export interface VerifyRow {
  readonly status: number
  /** A field that must be there (`data.id`), or have a value (`ok == true`). */
  readonly json?: string
  /** Regular expression that the body must match. */
  readonly body?: string
  /** Said in place of the usual words. */
  readonly reason?: string
}

export const OUTCOMES = ['restricted', 'unusable', 'dead', 'live'] as const
export type Outcome = (typeof OUTCOMES)[number]

export type VerifyHttp = { readonly request: VerifyRequest } & {
  readonly [outcome in Outcome]?: readonly VerifyRow[]
}

export type VerifySpec = { readonly protocol: Protocol } | VerifyHttp
