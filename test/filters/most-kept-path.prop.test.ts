// Whatever filters and proofs keep at some path they keep at the one that an audit assumes before it knows.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEngine } from '../../src/engine/index.ts'
import { MOST_KEPT_PATH } from '../../src/filters/candidate.ts'
import { judgeMatches } from '../../src/judge-matches.ts'
import { wholeChunk } from '../../src/model/index.ts'
import { loadRules } from '../../src/rules/load.ts'

const { ruleset } = await loadRules()
const engine = createEngine(ruleset)
const PATHS = [
  ...['a.ts', 'package-lock.json', 'conf/app.yml', 'app.example.yml', 'README.md', '.npmrc', 'go.sum', 'x'],
  ...['Dockerfile', 'locales/de.json', 'src/main.rs', '.env.sample', 'test/a.py', 'a.tfvars', undefined],
]

function keptAt(text: string, path: string | undefined): string[] {
  const chunk = wholeChunk(Buffer.from(text), { kind: 'history', blob: '', ...(path ? { path } : {}) })
  const { matches } = engine.match(chunk)
  return judgeMatches(matches, chunk, new Map()).map(({ rule, place }) => `${rule.id}:${place.column}`)
}

const name = fc.constantFrom(
  'password',
  'DB_PASSWORD',
  'api_key',
  'clientSecret',
  'token',
  'integrity',
  'auth',
)
const between = fc.constantFrom(': ', '=', ' = "', ": '", '":"', ' => ')
const characters = [...'abcdefXYZ0123456789abcdef_-+/=.!$@'].join('')
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(...characters), minLength: 8, maxLength: 44 }),
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 64 }),
)
const end = fc.constantFrom('', '"', "'", ';', '\n')

it('the path that keeps most keeps all', () => {
  fc.assert(
    fc.property(name, between, value, end, fc.constantFrom(...PATHS), (a, b, c, d, path) => {
      const most = new Set(keptAt(a + b + c + d, MOST_KEPT_PATH))
      expect(keptAt(a + b + c + d, path).filter((match) => !most.has(match))).toEqual([])
    }),
    { numRuns: 400 },
  )
})
