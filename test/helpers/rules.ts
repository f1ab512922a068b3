// Small rule sets for tests of the engine.
import { createEngine, type Engine } from '../../src/engine/index.ts'
import { type Chunk, type Match, STEPS, wholeChunk } from '../../src/model/index.ts'
import { compileRules } from '../../src/rules/compile.ts'
import { parseRuleFile } from '../../src/rules/schema.ts'

/** Compiles rules given as in a YAML file, with the tedious fields filled in. */
export function rulesOf(...rules: readonly Record<string, unknown>[]) {
  const content = {
    provider: 'test',
    name: 'Test',
    response: Object.fromEntries(STEPS.map((step) => [step, { text: `do ${step}` }])),
    rules: rules.map((rule, i) => ({
      id: `test-rule-${i}`,
      title: 'Test',
      severity: 'high',
      examples: ['x'],
      ...rule,
    })),
  }
  return compileRules([parseRuleFile(content, 'test.yml')])
}

export function engineOf(...rules: readonly Record<string, unknown>[]): Engine {
  return createEngine(rulesOf(...rules).ruleset)
}

export function textChunk(text: string | Uint8Array): Chunk {
  return wholeChunk(typeof text === 'string' ? Buffer.from(text, 'utf8') : text, {
    kind: 'file',
    path: 'a.txt',
  })
}

/** The secrets of matches, as text. */
export function secretsOf(matches: readonly Match[]): string[] {
  return matches.map((m) => m.layer.text.slice(m.secretStart, m.secretEnd))
}
