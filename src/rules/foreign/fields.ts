// Values of foreign files, taken for what they should be; what they are not is taken for absent.

export type Fields = Readonly<Record<string, unknown>>

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}

/** A mapping; what is none is an empty one. */
export function record(value: unknown): Fields {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as Fields) : {}
}

export function records(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : []
}
