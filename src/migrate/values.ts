// Values of foreign files, taken for what they should be.

type Fields = Readonly<Record<string, unknown>>

/** A list of mappings; what is none is an empty one. */
export function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : []
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
