import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentOf, isEnvFileName } from '../../src/places/env-file.ts'
import { envFilesOf, findUses, projectFiles, variablesOf } from '../../src/places/find.ts'
import { looksLikeOpenAIKey, sealKey } from '../../src/places/key.ts'
import { isCommand, remoteUpdate } from '../../src/places/remote.ts'
import { OPENAI_SHAPES, openaiKey } from '../helpers/keys.ts'
import { makeRepo, repoAt, tempFolder } from '../helpers/repo.ts'

const KEY = openaiKey()

const PROJECT = {
  '.gitignore': '.env*\n!.env.example\nnode_modules/\n',
  '.env': `# keys\nOPENAI_API_KEY=${KEY}\n`,
  'apps/web/.env.production': `export AI_KEY="${KEY}"\n`,
  '.env.example': 'OPENAI_API_KEY=\n',
  'node_modules/x/.env': `OPENAI_API_KEY=${KEY}\n`,
  '.github/workflows/deploy.yml':
    'jobs:\n  a:\n    env:\n      OPENAI_API_KEY: $' + '{{ secrets.OPENAI_API_KEY }}\n',
  '.gitlab-ci.yml': 'script:\n  - echo $OPENAI_API_KEY\n',
  'docker-compose.yml': 'environment:\n  - AI_KEY\n',
  'ops/app.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nenv:\n  - name: OPENAI_API_KEY\n    valueFrom:\n      secretKeyRef:\n        name: openai\n        key: api-key\n',
  'fly.toml': '[env]\n  # OPENAI_API_KEY is a secret\n',
  'vercel.json': '{"env":{"OPENAI_API_KEY":"@openai"}}',
  'main.tf': 'variable "x" { description = "OPENAI_API_KEY" }\n',
  'src/client.ts': `const key = process.env.OPENAI_API_KEY\nconst bad = '${KEY}'\nconst MY_OPENAI_API_KEY_OTHER = 1\n`,
  'README.md': 'Set OPENAI_API_KEY.\n',
}

async function uses(root: string) {
  const files = await projectFiles(root)
  const variables = variablesOf(sealKey(KEY), envFilesOf(files, root))
  return { variables, found: findUses(files, root, { value: KEY, variables }) }
}

describe('findUses', () => {
  it('finds every place in a repository, env files that git ignores too, and what each needs', async () => {
    const repo = makeRepo()
    repo.write(PROJECT)
    repo.git('add', '-A')
    const { variables, found } = await uses(repo.path)
    expect(variables).toEqual(['OPENAI_API_KEY', 'AI_KEY'])
    expect(
      found.map(({ kind, path, line, variable, isValue }) =>
        [kind.id, path, line, variable ?? '-', ...(isValue ? ['value'] : [])].join(' '),
      ),
    ).toEqual([
      'env-file .env 2 OPENAI_API_KEY value',
      'env-example .env.example 1 OPENAI_API_KEY',
      'github-actions .github/workflows/deploy.yml 4 OPENAI_API_KEY',
      'gitlab-ci .gitlab-ci.yml 2 OPENAI_API_KEY',
      'docs README.md 1 OPENAI_API_KEY',
      'env-file apps/web/.env.production 1 AI_KEY value',
      'compose docker-compose.yml 2 AI_KEY',
      'fly fly.toml 2 OPENAI_API_KEY',
      'terraform main.tf 1 OPENAI_API_KEY',
      'kubernetes ops/app.yaml 4 OPENAI_API_KEY',
      'source src/client.ts 1 OPENAI_API_KEY',
      'source src/client.ts 2 - value',
      'vercel vercel.json 1 OPENAI_API_KEY',
    ])
    expect(found.find((use) => use.kind.id === 'kubernetes')?.secretRef).toEqual({
      name: 'openai',
      key: 'api-key',
    })
  })

  it('works outside git and through links', async () => {
    const root = tempFolder()
    repoAt(root).write({ 'shared.txt': `OPENAI_API_KEY=${KEY}\n`, 'a.py': 'os.environ["OPENAI_API_KEY"]' })
    symlinkSync('shared.txt', join(root, '.env'))
    expect((await uses(root)).found.map((use) => use.path)).toEqual(['.env', 'a.py', 'shared.txt'])
  })

  it('gives every command the value through standard input only', async () => {
    const repo = makeRepo()
    repo.write(PROJECT)
    const ways = (await uses(repo.path)).found.flatMap((use) => remoteUpdate(use) ?? [])
    const commands = ways.filter(isCommand)
    expect(commands.map((command) => command.shown)).toEqual([
      'gh secret set OPENAI_API_KEY',
      'glab variable update OPENAI_API_KEY',
      'fly secrets import --config fly.toml',
      'kubectl patch secret openai --type merge --patch-file /dev/stdin',
      'vercel env add OPENAI_API_KEY production --force',
    ])
    for (const { argv, input } of commands) {
      expect(argv.join(' ')).not.toContain(KEY)
      expect(input(KEY)).toContain(KEY)
    }
    expect(JSON.parse(commands[3]!.input(KEY))).toEqual({ stringData: { 'api-key': KEY } })
  })
})

describe('names', () => {
  it.each([
    ['.env', true],
    ['.env.production.local', true],
    ['prod.env', true],
    ['.envrc', true],
    ['.dev.vars', true],
    ['.env~', false],
    ['.env.unleak-tmp', false],
    ['env.ts', false],
    ['.environment', false],
  ])('%s is an env file: %s', (name, expected) => expect(isEnvFileName(name)).toBe(expected))

  it.each([
    ['.env', 'unnamed'],
    ['.env.production.local', 'production'],
    ['.env.local', 'development'],
    ['staging.env', 'staging'],
    ['OPENAI_API_KEY_PROD', 'production'],
    ['.env.product', 'unnamed'],
  ])('%s is for %s', (name, expected) => expect(environmentOf(name)).toBe(expected))

  it('knows every shape of OpenAI keys, and no other value', () => {
    for (const [, make] of OPENAI_SHAPES) expect(looksLikeOpenAIKey(make(3))).toBe(true)
    for (const other of ['sk-ant-api03-abc', 'changeme', `x${KEY}`, `${KEY} `, 'sk-proj-your-key'])
      expect(looksLikeOpenAIKey(other)).toBe(false)
  })
})
