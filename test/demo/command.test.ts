// The tour on the built package: it tells its story, leaves nothing behind, and keeps the user's own keys out.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { seedAccount } from '../../src/demo/index.ts'
import { BIN, unleakAsync } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { leaksBeyond } from '../helpers/leaks.ts'
import { cleanEnv, tempFolder } from '../helpers/repo.ts'

describe('unleak demo', () => {
  it('runs to its end, shows no key, and takes its folder away', async () => {
    const temporary = tempFolder()
    const own = openaiKey('sk-proj-', 74, 77)
    const env = { TMPDIR: temporary, OPENAI_API_KEY: own, OPENAI_ADMIN_KEY: openaiKey('sk-admin-', 58, 78) }
    const run = await unleakAsync(['demo'], tempFolder(), { env })
    expect(run.status, run.stderr).toBe(0)
    expect(run.stdout).toMatch(
      /1\. Is there a key in the history\?[\s\S]*src\/client\.js:3[\s\S]*2\. Does it still work\?/,
    )
    expect(run.stdout).toContain('It works: whoever has it can use it')
    expect(run.stdout).toContain('That was the tour')
    expect(readdirSync(temporary)).toEqual([])
    for (const { value } of seedAccount().keys)
      expect(
        leaksBeyond(run.stdout + run.stderr, value, `${/^sk-(?:\w+-)?/.exec(value)![0]}…${value.slice(-4)}`),
      ).toEqual([])
    expect(run.stdout + run.stderr).not.toContain(own.slice(-4))
  })

  it('--serve keeps the stand-in until it is stopped, with all a shell needs', async () => {
    const child = spawn(process.execPath, [BIN, 'demo', '--serve'], {
      env: cleanEnv({ TMPDIR: tempFolder() }),
    })
    let text = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (part: Buffer) => {
        text += part
        if (text.includes('Ctrl-C')) resolve()
      })
    })
    const file = /\. (\S+environment\.sh)/.exec(text)![1]!
    const variables = [...readFileSync(file, 'utf8').matchAll(/export (\w+)='([^']*)'/g)].map((m) => [
      m[1],
      m[2],
    ])
    const run = await unleakAsync(['verify', '--env', 'LEAKED_KEY'], /cd (\S+)/.exec(text)![1]!, {
      env: Object.fromEntries(variables),
    })
    expect(run.stdout).toContain('1 alive')
    child.kill('SIGINT')
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0)
    expect(existsSync(file)).toBe(false)
  })

  it.each([
    ['--port', 'x'],
    ['--port', '70000'],
  ])('%s %s is a mistake', async (...args) => {
    expect((await unleakAsync(['demo', ...args], tempFolder())).status).toBe(2)
  })
})
