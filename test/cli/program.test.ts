// Commands that are printed can be typed as they stand, however this program was started.
import { describe, expect, it } from 'vitest'
import { asStarted } from '../../src/cli/program.ts'
import { startStage } from '../helpers/account.ts'
import { makeRepo } from '../helpers/repo.ts'

describe('a command', () => {
  const npx = { npm_command: 'exec' }
  it.each([
    ['unleak respond ID --confirm', 'npx unleak respond ID --confirm'],
    ['read -rs K && export K && unleak respond -', 'read -rs K && export K && npx unleak respond -'],
    ['rm -r /home/me/unleak state', 'rm -r /home/me/unleak state'],
    ['gh secret set unleak x', 'gh secret set unleak x'],
  ])('%s', (command, started) => {
    expect(asStarted(command, npx)).toBe(started)
  })

  it('of the plan begins with npx where npx began this', async () => {
    const stage = await startStage()
    const repo = makeRepo()
    repo.write({ '.env': `OPENAI_API_KEY=${stage.account.named.leaked.value}\n` })
    const run = await stage.run(['respond', '--env', 'OPENAI_API_KEY'], repo.path, {
      env: npx,
      noAdmin: true,
    })
    expect(run.stdout).toMatch(/To do it:\n {2}npx unleak respond [0-9a-f]{16} --confirm\n/)
    expect(run.stdout).toMatch(/&& npx unleak respond [0-9a-f]{16} --new-key-env/)
  })
})
