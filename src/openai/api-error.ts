// An answer of OpenAI that is not what was asked for, or none at all.

/** `refused`: the service said no; `no-answer`: nothing came; `garbage`: what came is not OpenAI's. */
export type ApiErrorKind = 'refused' | 'no-answer' | 'garbage'

/** Trouble with one call. `message` is for people, names the call, and holds no secret. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly kind: ApiErrorKind
  /** HTTP status; 0 when nothing came. */
  readonly status: number
  /** OpenAI's own code and type, such as `invalid_api_key`. */
  readonly code: string | undefined
  readonly type: string | undefined
  readonly requestId: string | undefined

  constructor(
    kind: ApiErrorKind,
    message: string,
    facts: {
      status?: number
      code?: string | undefined
      type?: string | undefined
      requestId?: string | undefined
    } = {},
  ) {
    super(message)
    this.kind = kind
    this.status = facts.status ?? 0
    this.code = facts.code
    this.type = facts.type
    this.requestId = facts.requestId
  }
}
