// A terminal is shown the first findings of a long list, and is told how to see the others.
import { describe, expect, it } from 'vitest'
import { REPORTERS, type ReporterOptions } from '../../src/reporters/index.ts'
import { canonicalFindings, makeReport, PLAIN } from '../helpers/report.ts'

const report = makeReport(canonicalFindings(), { command: 'scan' })
const print = (options: Partial<ReporterOptions>) =>
  [...REPORTERS.text(report, { ...PLAIN, ...options })].join('')

describe('more findings than a screen is for', () => {
  it('are counted, and still in the summary', () => {
    const text = print({ most: 2 })
    expect(text).toContain('And 2 more secrets: --verbose shows all')
    expect(text).not.toContain('\n3. ')
    expect(text).toContain('4 secrets (2 critical, 1 high, 1 medium)')
  })

  it('are all there with --verbose, in a file and in a pipe', () => {
    for (const text of [print({ most: 2, verbose: true }), print({})]) {
      expect(text).toContain('\n4. ')
      expect(text).not.toContain('more secret')
    }
  })
})
