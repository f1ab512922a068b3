// Runs the rules that the hits of one segment wake, each on a bounded window around its hits.
import type { Layer, Match } from '../model/index.ts'
import type { HitBuffer } from './prefilter.ts'
import { holdsRun } from './probe.ts'
import type { RuntimeRule, Tables } from './tables.ts'

/** Bytes of margin so that boundaries see what stands around a window. */
const MARGIN = 16

/** Matches of the hits `[first, last)` in `layer`, unresolved, without duplicates. */
export function matchRules(
  tables: Tables,
  layer: Layer,
  hits: HitBuffer,
  first: number,
  last: number,
): Match[] {
  const matches: Match[] = []
  const around = new Map<RuntimeRule, number[]>()
  for (let i = first; i < last; i++) {
    const keyword = hits.keywords[i]!
    if (keyword >= tables.firstTrigger) continue
    const at = hits.offsets[i]! - layer.base
    for (const { rule, anchor } of tables.wakesOf(keyword)) {
      if (anchor >= 0) matchAt(rule, layer, at - anchor, matches)
      else if (rule.probe === undefined || holdsRun(layer.text, at, rule.probe)) pushTo(around, rule, at)
    }
  }
  for (const [rule, places] of around) matchAround(rule, layer, places, matches)
  return matches
}

function pushTo(map: Map<RuntimeRule, number[]>, rule: RuntimeRule, at: number): void {
  const places = map.get(rule)
  if (places) places.push(at)
  else map.set(rule, [at])
}

function matchAt(rule: RuntimeRule, layer: Layer, start: number, matches: Match[]): void {
  if (start < 0) return
  const regex = rule.regex('sticky')
  regex.lastIndex = start
  const found = regex.exec(layer.text)
  if (found) addMatch(rule, layer, found, 0, matches)
}

/** Windows around the places, merged where they touch, so that no byte is searched twice. */
function matchAround(rule: RuntimeRule, layer: Layer, places: readonly number[], matches: Match[]): void {
  const regex = rule.regex('global')
  for (let i = 0; i < places.length; ) {
    const from = Math.max(0, places[i]! - rule.before)
    let to = places[i]! + rule.after
    i += 1
    while (i < places.length && places[i]! - rule.before <= to) {
      to = places[i]! + rule.after
      i += 1
    }
    const start = Math.max(0, from - MARGIN)
    const window = layer.text.slice(start, Math.min(layer.text.length, to + MARGIN))
    regex.lastIndex = from - start
    for (let found = regex.exec(window); found; found = regex.exec(window)) {
      addMatch(rule, layer, found, start, matches)
      if (found[0] === '') regex.lastIndex += 1
    }
  }
}

function addMatch(
  rule: RuntimeRule,
  layer: Layer,
  found: RegExpExecArray,
  shift: number,
  matches: Match[],
): void {
  const [secretStart, secretEnd] = found.indices?.groups?.secret ?? found.indices![0]!
  const start = found.index + shift
  const end = start + found[0].length
  if (!hasContext(rule, layer.text, start, end) || !isAtPath(rule, layer.path)) return
  const from = secretStart + shift + layer.base
  const span = layer.toChunk(from, secretEnd + shift + layer.base)
  matches.push({
    rule: rule.rule,
    layer,
    start,
    end,
    secretStart: secretStart + shift,
    secretEnd: secretEnd + shift,
    groups: found.groups ?? {},
    span,
    whole: layer.toChunk(start + layer.base, end + layer.base),
  })
}

/** A rule for certain paths says nothing where there is none. */
function isAtPath(rule: RuntimeRule, path: string | undefined): boolean {
  return rule.paths === undefined || (path !== undefined && rule.paths().test(path))
}

function hasContext(rule: RuntimeRule, text: string, start: number, end: number): boolean {
  const { context } = rule.rule
  if (!context || !rule.context) return true
  return rule.context().test(text.slice(Math.max(0, start - context.before), end + context.after))
}
