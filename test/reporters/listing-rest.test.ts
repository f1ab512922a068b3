// A terminal is shown the first findings of a long list, and is told how to see the others.
import { describe, expect, it } from 'vitest'
import { REPORTERS, type ReporterOptions } from '../../src/reporters/index.ts'
import { canonicalFindings, makeReport, openaiFinding, PLAIN } from '../helpers/report.ts'

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

describe('more findings than a day is for', () => {
  const ids = Array.from({ length: 20 }, (_, i) => String(i + 1).padStart(16, '0'))
  const many = ids.map((id) => {
    const { response } = openaiFinding()
    const step = { step: 'revoke', text: 'Revoke', command: `unleak respond ${id}` } as const
    return openaiFinding({ id, response: [step, ...response.slice(1)] })
  })
  const told = (findings: typeof many, command = 'audit') =>
    [...REPORTERS.text(makeReport(findings, { command }), PLAIN)].join('')

  it('have one command for all ids, and the way of the baseline', () => {
    const text = told(many)
    expect(text.match(/Do it with: .*/g)).toEqual(['Do it with: unleak respond ID'])
    expect(text.replace(/\s+/g, ' ')).toContain('revoke it all the same: unleak baseline update')
    const few = told(many.slice(0, 3))
    expect(few.match(/Do it with: .*/g)).toEqual(
      ids.slice(0, 3).map((id) => `Do it with: unleak respond ${id}`),
    )
    expect(few).not.toContain('baseline')
    expect(told(many, 'ci')).not.toContain('baseline') // what a run adds is new
  })
})
