// What a tool gave back, with labels in place of its secrets, in the shape in which it came.
import { createEngine, createFastPrefilter } from '../engine/index.ts'
import { createLabels, maskText } from '../mask/index.ts'
import type { Ruleset } from '../model/index.ts'

export function maskedOutput(body: unknown, ruleset: Ruleset): unknown {
  const engine = createEngine(ruleset, createFastPrefilter)
  const label = createLabels()
  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') return maskText(value, { engine, label })
    if (Array.isArray(value)) return value.map(mask)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mask(each)]))
  }
  return mask(body)
}
