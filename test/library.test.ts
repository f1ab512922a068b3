// The library as others use it: the examples of docs/library.md run on the built package, and streaming, stopping, sealing.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type * as Library from '../src/index.ts'
import { openaiKey } from './helpers/keys.ts'
import { cleanEnv, makeRepo } from './helpers/repo.ts'

const page = readFileSync('docs/library.md', 'utf8')
const examples = page
  .split(/^## /m)
  .slice(1)
  .map((part) => [part.split('\n')[0]!, /^```js\n([\s\S]*?)^```$/m.exec(part)?.[1] ?? ''] as const)

const key = openaiKey()
const repo = makeRepo()
let library: typeof Library

beforeAll(async () => {
  repo.commit({ 'readme.md': 'nothing\n' })
  repo.write({ 'src/a.ts': `const key = '${key}'\n`, 'src/b.ts': `export const again = '${key}'\n` })
  repo.git('add', 'src')
  mkdirSync(join(repo.path, 'node_modules'))
  symlinkSync(resolve('.'), join(repo.path, 'node_modules/unleak'), 'junction')
  library = await import(resolve('dist/index.js'))
})

const SAYS: Readonly<Record<string, RegExp>> = {
  Scan: /^src\/a\.ts:1: OpenAI project API key sk-proj-…\S{4}$/m,
  'Findings as they come': /^critical \S*src\/a\.ts\n$/,
  'Stop after a while': /^complete \d\n$/,
  'Text that is in memory': /^0\n$/,
  Rules: /^openai-project-key OpenAI project API key$/m,
  Errors: /^E_USAGE "no-such-rule" is neither a rule nor a provider\. /,
}

describe('docs/library.md', () => {
  it('has an expectation for each example', () => {
    expect(examples.map(([title]) => title)).toEqual(Object.keys(SAYS))
  })

  it.each(examples)('%s', (title, code) => {
    writeFileSync(join(repo.path, 'example.mjs'), code)
    const said = execFileSync(process.execPath, ['example.mjs'], {
      cwd: repo.path,
      env: cleanEnv({}),
      encoding: 'utf8',
    })
    expect(said).toMatch(SAYS[title]!)
    expect(said).not.toContain(key)
  })
})

describe('streamFindings', () => {
  it('gives the findings of each file, and returns the report that scan gives', async () => {
    const settings = { cwd: repo.path, paths: ['src'] }
    const stream = library.streamFindings(settings)
    const paths: (string | undefined)[] = []
    let next = await stream.next()
    for (; !next.done; next = await stream.next()) {
      paths.push(next.value.places[0]!.path)
      expect(next.value.places).toHaveLength(1)
    }
    expect(paths.sort()).toEqual(['src/a.ts', 'src/b.ts'])
    const whole = await library.scan(settings)
    expect(next.value.findings).toEqual(whole.findings)
    expect(whole.findings).toHaveLength(1)
    expect(whole.findings[0]!.places).toHaveLength(2)
    expect(next.value.scan.dropped).toEqual(whole.scan.dropped)
  })

  it('throws what scan throws', async () => {
    const stream = library.streamFindings({ only: ['no-such-rule'] })
    await expect(stream.next()).rejects.toMatchObject({ name: 'ToolError', code: 'E_USAGE' })
  })

  it('takes accepted findings out', async () => {
    const [finding] = (await library.scan({ cwd: repo.path, paths: ['src'] })).findings
    const ignoreFile = join(repo.path, 'accepted.yaml')
    writeFileSync(ignoreFile, `ignore:\n  - id: ${finding!.id}\n    reason: a test\n`)
    const found = []
    for await (const each of library.streamFindings({ cwd: repo.path, paths: ['src'], ignoreFile }))
      found.push(each)
    expect(found).toEqual([])
  })
})

describe('an abort signal', () => {
  it('makes the report partial', async () => {
    const signal = AbortSignal.abort()
    const report = await library.scan({ cwd: repo.path, paths: ['src'] }, { signal })
    expect(report.scan.state).toBe('partial')
    expect(report.scan.problems.map(({ code }) => code)).toContain('E_INTERRUPTED')
  })
})

describe('secrets', () => {
  it('print, serialise and inspect as their redacted form, until they are opened', async () => {
    const { findings } = await library.scan({ cwd: repo.path, paths: ['src'] })
    const { inspect } = await import('node:util')
    for (const text of [`${findings[0]!.secret}`, JSON.stringify(findings), inspect(findings, { depth: 9 })])
      expect(text).not.toContain(key.slice(20, 40))
    expect(findings[0]!.secret.reveal()).toBe(key)
  })
})
