// Which files show or test something.
import { expect, it } from 'vitest'
import { isFixture } from '../../src/filters/fixture-path.ts'

it.each([
  'test/a.js',
  'src/__tests__/a.ts',
  'pkg/testdata/x',
  'docs/intro.html',
  'README.md',
  'a/b.test.ts',
  'x_test.go',
  '.env.example',
  'examples/app.py',
  'app/test_login.py',
])('%s does', (path) => {
  expect(isFixture(path)).toBe(true)
})
it.each([
  'src/index.ts',
  '.env',
  '.env.production',
  'config/latest.yml',
  'src/contest.ts',
  'deploy/values.yaml',
  'attestation/key.json',
])('%s does not', (path) => {
  expect(isFixture(path)).toBe(false)
})
