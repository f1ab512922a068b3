// Probes leave out only keywords at which nothing can match: the engine finds the same with and without them.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkTools } from '../../src/cli/commands/rules.ts'
import { createEngine, HitBuffer } from '../../src/engine/index.ts'
import { createKeywordTable } from '../../src/engine/kernel/keyword-table.ts'
import { createKernel, type Kernel } from '../../src/engine/kernel/load.ts'
import { pushHits } from '../../src/engine/kernel/prefilter.ts'
import { createProbeTable } from '../../src/engine/kernel/probe-table.ts'
import { holdsRun, type RunProbe } from '../../src/engine/probe.ts'
import { patternOf } from '../../src/model/index.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { readRuleFolder } from '../../src/rules/read.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { apart } from '../helpers/apart.ts'
import { textChunk } from '../helpers/rules.ts'
import { kernelModule } from './kernel/helpers.ts'

const { ruleset, about, automata } = compileRules(readRuleFolder('rules'))
const { complete } = checkTools(ruleset)
const exampleOf = (template: string, seed: number) =>
  expandTemplate(template, { random: seededRandom(seed), complete })

let kernel: Kernel
beforeAll(async () => {
  kernel = createKernel(await kernelModule())
})

/** Puts bytes into the kernel, with room behind them. */
function place(bytes: Uint8Array): number {
  const at = kernel.reserve(bytes.length + 64)
  kernel.bytes().set(bytes, at)
  return at
}

describe('required runs', () => {
  it.each(ruleset.rules.filter(({ run }) => run).map((rule) => [rule.id, rule] as const))(
    '%s',
    (id, rule) => {
      const run = new RegExp(`^${rule.run!.bytes}{${rule.run!.length}}`)
      for (const template of about.rules[id]!.examples) {
        for (const seed of [1, 2, 3]) {
          const text = exampleOf(template, seed)
          for (const match of text.matchAll(patternOf(rule, 'g'))) {
            const starts = Array.from(
              { length: rule.run!.to - rule.run!.from + 1 },
              (_, i) => i + rule.run!.from,
            )
            const { behind = '[^]', most = 1e6, bytes } = rule.run!
            const isBehind = (from: number) => new RegExp(behind).test(text[match.index + from - 1] ?? 'a')
            const lengthAt = (from: number) =>
              new RegExp(`^${bytes}*`).exec(text.slice(match.index + from))![0].length
            const holds = (from: number) =>
              run.test(match[0].slice(from)) &&
              (rule.run!.behind === undefined || isBehind(from)) &&
              lengthAt(from) <= most
            expect(starts.some(holds), `${template} has no ${rule.run!.bytes}{${rule.run!.length}}`).toBe(
              true,
            )
          }
        }
      }
    },
  )
})

describe('keepHits', () => {
  const probe = fc.record({
    bytes: fc.constantFrom('[ab]', '[a-c]', '[\\x2d0-9]'),
    length: fc.integer({ min: 1, max: 6 }),
    from: fc.integer({ min: -20, max: 10 }),
    span: fc.integer({ min: 0, max: 20 }),
    behind: fc.option(fc.constantFrom('[bd]', '[\\x2d]', '[a-d1]'), { nil: undefined }),
    more: fc.option(fc.nat(6), { nil: undefined }),
  })

  it('keeps exactly the hits that have a run near them', () => {
    fc.assert(
      fc.property(
        fc.array(probe, { minLength: 1, maxLength: 3 }),
        fc.array(fc.constantFrom(...'abcd-1')),
        (given, chars) => {
          const text = chars.join('')
          const probes = given.map(({ bytes, length, from, span, behind, more }) => ({
            ...(behind === undefined
              ? {}
              : { behind, ...(more === undefined ? {} : { most: length + more }) }),
            bytes,
            length,
            from,
            to: from + span,
          }))
          const table = createProbeTable(kernel, [probes])
          const at = place(Buffer.from(text))
          const hits = kernel.reserve(8 * (text.length + 1))
          const words = new BigUint64Array(kernel.bytes().buffer, hits, text.length)
          for (let i = 0; i < text.length; i++) words[i] = BigInt(i) << 16n
          const count = kernel.exports.keepHits(table, at, text.length, hits, text.length, 0)
          const kept = Array.from(new BigUint64Array(kernel.bytes().buffer, hits, count), (w) =>
            Number(w >> 16n),
          )
          const expected = chars.flatMap((_, i) =>
            probes.some((p: RunProbe) => holdsRun(text, i, p)) ? [i] : [],
          )
          expect(kept).toEqual(expected)
        },
      ),
    )
  })

  it('finds what the engine finds over every hit', () => {
    const engine = createEngine(ruleset)
    const keywords = engine.keywords.map(({ text }) => text)
    const table = createKeywordTable(kernel, keywords)
    const probes = createProbeTable(kernel, engine.probes(automata))
    const templates = ruleset.rules.flatMap(({ id }) => about.rules[id]!.examples)
    const piece = fc.oneof(
      fc
        .tuple(fc.constantFrom(...templates), fc.nat(99))
        .map(([template, seed]) => exampleOf(template, seed)),
      fc
        .tuple(fc.constantFrom(...apart('datadog_api_key', '0123456789abcdef'.repeat(2)).keys()), fc.nat(99))
        .map(([i, seed]) => apart('datadog_api_key', exampleOf('{hex:32}', seed))[i]![1]),
      fc.constantFrom(...keywords, ' ', '\n', '"', '" + "', '\\n', '%22', '_', 'aws-key ', 'token: ', 'x'),
      fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1')
        const at = place(bytes)
        const room = 4096
        const out = kernel.reserve(room * 8)
        const count = kernel.exports.findKeywords(table.at, at, bytes.length, 0, bytes.length, out, room)
        const kept = kernel.exports.keepHits(probes, at, bytes.length, out, count, 0)
        const hits = new HitBuffer()
        pushHits(kernel.bytes(), out, kept, 0, hits)
        const chunk = textChunk(bytes)
        const spansOf = (
          matches: readonly { rule: { id: string }; span: { start: number; end: number } }[],
        ) => matches.map(({ rule, span }) => `${rule.id} ${span.start}-${span.end}`)
        const noRuns = { runs: new Uint32Array(0), utf16: false }
        const all = new HitBuffer()
        kernel.exports.findKeywords(table.at, at, bytes.length, 0, bytes.length, out, room)
        pushHits(kernel.bytes(), out, count, 0, all)
        expect(spansOf(engine.match(chunk, { hits, ...noRuns }).matches)).toEqual(
          spansOf(engine.match(chunk, { hits: all, ...noRuns }).matches),
        )
      }),
      { numRuns: 2500 },
    )
  })
})
