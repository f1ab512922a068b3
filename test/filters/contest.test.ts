// A rule that has nothing to do with the bytes leaves them to the next one.
import { expect, it } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { judgeMatch } from '../../src/filters/contest.ts'
import { rulesOf, textChunk } from '../helpers/rules.ts'

const kept = (text: string, ...rules: Record<string, unknown>[]) => {
  const chunk = textChunk(text)
  return createEngine(rulesOf(...rules).ruleset)
    .match(chunk)
    .matches.map((match) => judgeMatch(match, chunk))
    .filter(({ judgement }) => judgement.kept)
    .map(({ match }) => match.rule.id)
}
const value = 'qZ8xV2nB7kLw4TtR9yPc3HsJ6mDfG1aE5uXo'
const strict = { id: 'test-strict', pattern: 'tok_[A-Za-z0-9]{36}', proofs: ['elastic-api-key'] }
const loose = {
  id: 'test-loose',
  pattern: '(?<=tok_)[A-Za-z0-9]{36}',
  keywords: ['tok_'],
  context: { words: ['tok'] },
  boundary: 'none',
}

it('the next rule has its turn when the first is foreign to the bytes', () => {
  expect(kept(`a tok_${value}`, strict, loose)).toEqual(['test-loose'])
})

it('a placeholder stays one for every rule', () => {
  expect(kept(`a tok_${'x'.repeat(36)}`, strict, loose)).toEqual([])
})
