// The part of a pattern that is the secret itself: cheap to compile, and where it matches nothing the whole can't.
import { parsePattern } from './pattern.ts'

/** Patterns up to this length are compiled and tried in no time. */
const LONG = 1000
/** A part that is most of its pattern saves nothing. */
const SHARE = 1 / 4

/** Source of the group `secret` of a long pattern; undefined when not every match has it, or it would save little. */
export function secretPart(source: string): string | undefined {
  if (source.length < LONG) return undefined
  const [only, ...more] = parsePattern(source).alternatives
  if (only === undefined || more.length > 0) return undefined
  for (const element of only.elements) {
    if (element.type !== 'CapturingGroup' || element.name !== 'secret') continue
    const part = element.raw.slice('(?<secret>'.length, -1)
    return part.length < source.length * SHARE ? part : undefined
  }
  return undefined
}
