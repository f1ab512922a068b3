// `unleak mask` as a person runs it: pipes, files, interruptions, and how it ends.
import { spawn, spawnSync } from 'node:child_process'
import { openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BIN, unleak } from '../helpers/cli.ts'
import { openaiKey, randomText } from '../helpers/keys.ts'
import { cleanEnv, tempFolder } from '../helpers/repo.ts'

const key = openaiKey()

describe('unleak mask', () => {
  it('replaces secrets and says nothing else', () => {
    const run = unleak(['mask'], tempFolder(), { input: `key=${key}, again ${key}\n` })
    expect(run.stdout).toMatch(/^key=(\[openai-project-key:[0-9a-f]{4}\]), again \1\n$/)
    expect(run).toMatchObject({ status: 0, stderr: '' })
  })

  it('labels are those of the key that a variable holds, in every run', () => {
    const env = { MASK_KEY: randomText('abcdef', 32, 5) }
    const once = () =>
      unleak(['mask', '--label-key-env', 'MASK_KEY'], tempFolder(), { input: key, env }).stdout
    expect(once()).toBe(once())
    expect(unleak(['mask', '--label-key-env', 'MASK_KEY'], tempFolder(), { input: key }).status).toBe(2)
  })

  it('gives bytes that are no text back as they came, from a file', () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff))
    const file = join(tempFolder(), 'bytes')
    writeFileSync(file, bytes)
    const stdio = [openSync(file, 'r'), 'pipe', 'pipe'] as const
    const run = spawnSync(process.execPath, [BIN, 'mask'], {
      env: cleanEnv(),
      stdio: [...stdio],
      maxBuffer: 1 << 28,
    })
    expect(run.status).toBe(0)
    expect(run.stdout.equals(bytes)).toBe(true)
  })

  it('counts with --verbose, tells with --fail', () => {
    const run = unleak(['mask', '--verbose', '--fail'], tempFolder(), { input: `${key}\n${key}\n` })
    expect(run).toMatchObject({ status: 1, stderr: 'unleak: 2 masked (openai-project-key 2)\n' })
  })

  it('is quiet when its reader goes away', () => {
    const line = `yes 'a line of a log' | "${process.execPath}" "${BIN}" mask | head -n 1`
    const run = spawnSync('bash', ['-c', `${line}; echo "status \${PIPESTATUS[1]}"`], {
      env: cleanEnv(),
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect(run).toMatchObject({ stdout: 'a line of a log\nstatus 0\n', stderr: '' })
  })

  it('writes the whole lines it has and no half a key on Ctrl-C', async () => {
    const child = spawn(process.execPath, [BIN, 'mask'], { cwd: tempFolder(), env: cleanEnv() })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stdin.on('error', () => {}).write(`a line\nkey ${key}\nhalf a key ${key.slice(0, 80)}`)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    child.kill('SIGINT')
    const status = await new Promise((resolve) => child.once('close', resolve))
    expect(status).toBe(130)
    expect(out).toMatch(/^a line\nkey \[openai-project-key:[0-9a-f]{4}\]\n$/)
  })

  it('takes no file and no unknown rule', () => {
    expect(unleak(['mask', 'a.log'], tempFolder()).stderr).toContain('unleak mask < FILE')
    expect(unleak(['mask', '--only', 'opena'], tempFolder()).status).toBe(2)
  })
})
