// `unleak init --agents`: settings merged into what is there, and hooks that really stop an agent.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runAgents } from '../../src/hooks/index.ts'
import { BIN } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { Scratch } from './scratch.ts'

let scratch: Scratch
const start = () => {
  scratch = new Scratch()
  return scratch
}
afterEach(() => scratch.remove())

const run = (repo: Scratch, more: Partial<Parameters<typeof runAgents>[0]> = {}) =>
  runAgents({ cwd: repo.dir, env: repo.env, agents: [], dryRun: false, remove: false, ...more })
const ALL = ['claude', 'codex', 'cursor', 'copilot']

describe('unleak init --agents', () => {
  it('writes for the agents that are used here', async () => {
    const repo = start()
    await expect(run(repo)).rejects.toMatchObject({
      code: 'E_HOOK',
      hint: expect.stringContaining('--agents=claude'),
    })
    repo.write('CLAUDE.md', 'hello\n')
    mkdirSync(join(repo.env.HOME!, '.cursor'))
    const { lines } = await run(repo)
    expect(lines.join()).toContain('.claude/settings.json has Claude Code ask unleak before it acts.')
    expect(
      ['.claude/settings.json', '.cursor/hooks.json', '.codex/hooks.json'].map((file) => repo.has(file)),
    ).toEqual([true, true, false])
  })

  it('does nothing twice, nothing in a dry run, and leaves nothing behind', async () => {
    const repo = start()
    const before = repo.snapshot()
    await run(repo, { agents: ALL, dryRun: true })
    expect(repo.snapshot()).toEqual(before)
    expect((await run(repo, { agents: ALL })).changes).toHaveLength(4)
    const after = repo.snapshot()
    expect(await run(repo, { agents: ALL })).toMatchObject({ changes: [] })
    expect(repo.snapshot()).toEqual(after)
    await run(repo, { remove: true })
    expect(repo.snapshot()).toEqual(before)
  })

  it('keeps what is there, in order and layout', async () => {
    const repo = start()
    const theirs = {
      permissions: { allow: ['Bash(ls)'] },
      hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [{ type: 'command', command: './mine.sh' }] }] },
      model: 'x',
    }
    const text = `${JSON.stringify(theirs, null, '\t')}\n`
    repo.write('.claude/settings.json', text)
    await run(repo, { agents: ['claude'] })
    const merged = JSON.parse(repo.read('.claude/settings.json'))
    expect(merged.hooks.PreToolUse[0]).toEqual(theirs.hooks.PreToolUse[0])
    expect(merged.hooks.PreToolUse).toHaveLength(2)
    expect(Object.keys(merged)).toEqual(['permissions', 'hooks', 'model'])
    await run(repo, { agents: ['claude'], remove: true })
    expect(repo.read('.claude/settings.json')).toBe(text)
  })

  it('touches no file that it can’t read', async () => {
    const repo = start()
    repo.write('.cursor/hooks.json', '{ // mine\n}')
    await expect(run(repo, { agents: ['cursor'] })).rejects.toMatchObject({ code: 'E_CONFIG' })
    expect(repo.read('.cursor/hooks.json')).toBe('{ // mine\n}')
  })

  it('has hooks that stop a key, let the rest through, and stop everything when unleak is not there', async () => {
    const repo = start()
    repo.write('package.json', '{ "name": "x" }')
    mkdirSync(repo.path('node_modules/.bin'), { recursive: true })
    symlinkSync(BIN, repo.path('node_modules/.bin/unleak'))
    await run(repo, { agents: ALL })
    const read = (file: string) => JSON.parse(repo.read(file)).hooks
    const lines: Record<string, string> = {
      claude: read('.claude/settings.json').PreToolUse[0].hooks[0].command,
      codex: read('.codex/hooks.json').PreToolUse[0].hooks[0].command,
      cursor: read('.cursor/hooks.json').preToolUse[0].command,
      copilot: read('.github/hooks/unleak.json').preToolUse[0].bash,
    }
    const hook = (agent: string, content: string) => {
      const own =
        agent === 'copilot'
          ? { toolName: 'create', toolArgs: { content } }
          : { hook_event_name: 'PreToolUse', tool_name: 'Write', tool_input: { content } }
      const done = spawnSync('sh', ['-c', lines[agent]!], {
        cwd: repo.dir,
        env: { ...repo.env, CLAUDE_PROJECT_DIR: repo.dir },
        input: JSON.stringify({ cwd: repo.dir, ...own }),
        encoding: 'utf8',
      })
      return { status: done.status, isDenied: done.status === 2 || /"deny"/.test(done.stdout) }
    }
    for (const agent of ALL) {
      expect([agent, hook(agent, `key ${openaiKey()}`).isDenied]).toEqual([agent, true])
      expect([agent, hook(agent, 'hello')]).toEqual([agent, { status: 0, isDenied: false }])
    }
    rmSync(repo.path('node_modules'), { recursive: true })
    // Cursor is told by `failClosed` to take any failure for a no.
    expect(ALL.map((agent) => hook(agent, 'hello'))).toEqual([
      { status: 2, isDenied: true },
      { status: 2, isDenied: true },
      { status: 127, isDenied: false },
      { status: 0, isDenied: true },
    ])
    expect(read('.cursor/hooks.json').preToolUse[0].failClosed).toBe(true)
  })
})
