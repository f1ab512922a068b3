// The error in an answer of OpenAI, as data.

export interface ErrorBody {
  readonly message: string
  readonly type: string | undefined
  readonly code: string | undefined
  readonly param: string | undefined
}

/** OpenAI's error, or undefined: the body is not one. */
export function errorOf(body: string): ErrorBody | undefined {
  const error = (parse(body) as { error?: unknown } | undefined)?.error
  if (typeof error !== 'object' || error === null) return undefined
  const { message, type, code, param } = error as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return { message: text(message) ?? '', type: text(type), code: text(code), param: text(param) }
}

export function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
