// docs/api.md is what scripts/write-api-page.mjs writes today.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
// @ts-expect-error a script without types
import { apiPage } from '../../scripts/write-api-page.mjs'

it('docs/api.md says what the types say; else: npm run docs:api', () => {
  expect(readFileSync('docs/api.md', 'utf8')).toBe(apiPage())
})
