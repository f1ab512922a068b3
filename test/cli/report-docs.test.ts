// The commands of docs/reports.md do what the page says.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/reporters/reporter.ts'
import { BIN } from '../helpers/cli.ts'
import { openaiKey } from '../helpers/keys.ts'
import { cleanEnv, makeRepo, tempFolder } from '../helpers/repo.ts'

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/```(sh|yaml)\n(.*?)```/gs)]
const lines = blocks.flatMap(([, kind, text]) =>
  text!.split('\n').flatMap((line) => {
    const command = kind === 'sh' ? line : (/(?:run|script): npx (unleak .*)/.exec(line)?.[1] ?? '')
    return command.replace(/\s+#.*/, '').trim() || []
  }),
)

describe.skipIf(process.platform === 'win32')('docs/reports.md', () => {
  const repo = makeRepo()
  const elsewhere = tempFolder()
  repo.commit({ 'a.ts': 'const a = 1\n' })
  const base = repo.git('rev-parse', 'HEAD').trim()
  repo.commit({ 'b.ts': `const key = '${openaiKey()}'\n` })
  repo.write({
    'bin/unleak': `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`,
    'bin/xdg-open': '#!/bin/sh\n',
    'bin/open': '#!/bin/sh\n',
  })
  for (const name of ['unleak', 'xdg-open', 'open']) spawnSync('chmod', ['+x', join(repo.path, 'bin', name)])

  it.each(lines)('%s', (line) => {
    const env = cleanEnv({
      PATH: `${join(repo.path, 'bin')}${delimiter}${process.env.PATH}`,
      UNLEAK_RANGE: `${base}..HEAD`,
      TMPDIR: elsewhere,
    })
    const run = spawnSync('sh', ['-c', line], { cwd: repo.path, env, encoding: 'utf8' })
    expect(run.stderr.replace(/^unleak: (?:written: |.*; written to ).*\n/gm, '')).toBe('')
    expect(run.status).toBe(/report report|head/.test(line) ? 0 : 1)
    for (const [, , name] of line.matchAll(/(=| -o )(\S+)/g))
      expect(readFileSync(join(repo.path, name!), 'utf8')).toContain('openai')
  })

  it('names every format', () => {
    expect(FORMATS.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
})
