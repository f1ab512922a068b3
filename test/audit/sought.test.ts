import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { soughtBy, writeTables } from '../../src/audit/sought.ts'
import { createEngine } from '../../src/engine/index.ts'
import { createKernel, loadKernelModule } from '../../src/engine/kernel/load.ts'
import { layOut, searchTables } from '../../src/git/pack/tables.ts'
import { bundledAutomata, bundledRules } from '../../src/rules/bundled.ts'

const OF_TWO = { keywords: ['sk-', 'token'], longKeywords: [1], reach: 100, keywordReach: [70_000, 90] }

describe('the tables of an audit', () => {
  it('of the bundled rules are those that these rules give', () => {
    const ruleset = bundledRules()
    const kernel = createKernel(loadKernelModule()!)
    const laidOut = layOut(kernel, soughtBy(createEngine(ruleset), bundledAutomata()))
    const file = readFileSync(new URL('../../dist/audit-tables.gz', import.meta.url))
    expect(file.equals(writeTables(laidOut, ruleset.hash))).toBe(true)
  })

  it('say of each keyword how far it reaches, and are the same wherever they are placed', () => {
    const laidOut = layOut(createKernel(loadKernelModule()!), OF_TWO)
    const kernel = createKernel(loadKernelModule()!)
    const { reaches, probeReaches } = searchTables(kernel, laidOut)
    const read = (at: number) => [...new Uint16Array(kernel.bytes().buffer, at, 2)]
    expect(read(reaches)).toEqual([0xffff, 0xffff]) // too far for the table, and without bound
    expect(read(probeReaches)).toEqual([3, 5])
    expect(kernel.top()).toBeGreaterThan(laidOut.at + laidOut.bytes.length - 1)
  })

  it('are refused by a kernel that is in use', () => {
    const laidOut = layOut(createKernel(loadKernelModule()!), OF_TWO)
    const kernel = createKernel(loadKernelModule()!)
    kernel.reserve(100)
    expect(() => searchTables(kernel, laidOut)).toThrow('another kernel')
  })
})
