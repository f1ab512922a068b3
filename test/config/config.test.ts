// The configuration: every flag has a key, files build on each other, and a scanned repository only narrows.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { SCANNING_FLAGS } from '../../src/cli/adopt-flags.ts'
import { parseArguments } from '../../src/cli/arguments.ts'
import { type Flag, keyOf, variableOf } from '../../src/cli/flags.ts'
import { KEYS } from '../../src/config/keys.ts'
import { loadConfig } from '../../src/config/load.ts'
import { parseConfig } from '../../src/config/schema.ts'
import { unleak, unleakJson } from '../helpers/cli.ts'
import { githubToken, openaiKey } from '../helpers/keys.ts'
import { makeRepo, tempFolder } from '../helpers/repo.ts'

const write = (folder: string, files: Record<string, unknown>) => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}
const problemOf = async (files: Record<string, unknown>, name = 'unleak.config.json') => {
  const folder = write(tempFolder(), files)
  const error = await loadConfig(folder, join(folder, name)).then(
    () => undefined,
    (e: Error & { hint?: string }) => `${e.message} ${e.hint ?? ''}`.replaceAll(folder, '.'),
  )
  return error
}

/** A value that a flag takes, as the configuration, the command line and an environment variable write it. */
const VALUES: Readonly<Record<string, unknown>> = {
  only: ['openai'],
  skip: ['aws'],
  minSeverity: 'high',
  reveal: 'force',
  jobs: 2,
  timeout: 3,
  format: ['text'],
}
function sampleOf(flag: Flag): unknown {
  const given = VALUES[keyOf(flag)]
  return given ?? (flag.value === undefined ? true : flag.repeatable ? ['x'] : 'x')
}

describe('every flag of a scan has a key and a variable of the same name', () => {
  const flags = SCANNING_FLAGS.filter(({ name }) => name !== 'config') // that one names the file itself
  it.each(flags)('--$name', (flag) => {
    expect(KEYS).toHaveProperty(keyOf(flag))
    const value = sampleOf(flag)
    expect(KEYS[keyOf(flag)]!.check(value)).toBeUndefined()
    const env = { [variableOf(flag)]: value === true ? '1' : String(value) }
    const args = parseArguments([], SCANNING_FLAGS, env, 'scan')
    expect(args.from(flag.name)).toBe('environment')
    expect(args.has(flag.name)).toBe(true)
  })

  it('and a file that sets them all is read, told line by line, and fits the schema', () => {
    const folder = tempFolder()
    const rules = { rules: [], ignoreFile: 'i.yaml' }
    const all = { ...Object.fromEntries(flags.map((flag) => [keyOf(flag), sampleOf(flag)])), ...rules }
    const lines = Object.entries(all).map(
      ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    )
    write(folder, { 'all.json': `{\n${lines.join(',\n')}\n}\n` })
    const told = JSON.parse(
      unleak(['config', '--config', 'all.json', '--format', 'json'], folder, {
        env: { UNLEAK_NO_CACHE: '' },
      }).stdout,
    ) as {
      settings: { key: string; from: string[] }[]
    }
    const from = new Map(told.settings.map((each) => [each.key, each.from]))
    for (const [i, key] of Object.keys(all).entries())
      expect([key, from.get(key)]).toEqual([key, [`all.json:${i + 2}`]])
    const schema = JSON.parse(
      readFileSync(new URL('../../dist/schema/config.schema.json', import.meta.url), 'utf8'),
    )
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema)
    expect(validate({ ...all, $schema: 'x' }), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ minSeverty: 'low' })).toBe(false)
  })
})

describe('mistakes', () => {
  it.each([
    [{ minSeverty: 'low' }, 'Did you mean "minSeverity"?'],
    [{ 'min-severity': 'low' }, 'Did you mean "minSeverity"?'],
    [{ ignorePath: ['x'] }, 'Did you mean "ignorePaths"?'],
    [{ zzzzzz: 1 }, 'The keys are extends, only'],
    [{ paths: [{ match: 'x', skp: true }] }, '"paths" entry 1 has no key "skp"'],
    [{ paths: [{ skip: true }] }, 'needs the key "match"'],
    [{ minSeverity: 'loud' }, 'must be one of low, medium'],
  ])('%o', (content, words) => {
    let text = ''
    try {
      parseConfig(content, 'f')
    } catch (error) {
      text = `${(error as Error).message} ${(error as { hint?: string }).hint}`
    }
    expect(text).toContain(words)
  })
})

describe('extends', () => {
  it('files and packages of data, joined; what comes later counts', async () => {
    const folder = write(tempFolder(), {
      'unleak.config.yaml': 'extends: [./base.json, "@acme/unleak-rules", strictly/most]\nskip: [aws]\n',
      'base.json': { skip: ['github'], minSeverity: 'high', rules: ['r.yml'], health: { budget: 5 } },
      'node_modules/@acme/unleak-rules/unleak.config.yaml':
        'ignorePaths: [vendor/**]\nhealth: { rotateAfterDays: 9 }\n',
      'node_modules/strictly/most.yaml': 'minSeverity: medium\n',
    })
    const { config, layers } = await loadConfig(folder, undefined)
    expect(config).toEqual({
      skip: ['github', 'aws'],
      minSeverity: 'medium',
      rules: [join(folder, 'r.yml')],
      health: { budget: 5, rotateAfterDays: 9 },
      ignorePaths: ['vendor/**'],
    })
    expect(layers).toHaveLength(4)
  })

  it('cycles, and what is missing, are told', async () => {
    expect(
      await problemOf({
        'unleak.config.json': { extends: './b.json' },
        'b.json': { extends: './unleak.config' },
      }),
    ).toContain('extends itself: ./unleak.config.json extends ./b.json extends ./unleak.config.json')
    expect(await problemOf({ 'unleak.config.json': { extends: './none.json' } })).toContain(
      'there is no file ./none.json',
    )
    expect(await problemOf({ 'unleak.config.json': { extends: 'no-such-package' } })).toContain(
      'there is no package no-such-package. A package is looked up in node_modules',
    )
    expect(
      await problemOf({
        'unleak.config.json': { extends: 'p' },
        'node_modules/p/unleak.config.js': 'throw 1',
      }),
    ).toContain('there is no package p')
    expect(
      await problemOf(
        { 'a/unleak.config.json': { extends: 'p/../../../out' }, 'out.json': {} },
        'a/unleak.config.json',
      ),
    ).toContain('no package')
  })
})

describe('who may say what', () => {
  it('a file that was only found may not make unleak write, show or send', async () => {
    for (const acting of [{ verify: true }, { output: 'x' }, { reveal: 'force' }, { format: ['json=x'] }]) {
      const folder = write(tempFolder(), { 'unleak.config.json': acting })
      await expect(loadConfig(folder, undefined)).rejects.toThrow(
        'counts only in a configuration that you name',
      )
      await expect(loadConfig(folder, join(folder, 'unleak.config.json'))).resolves.toBeDefined()
    }
  })

  it('one in a repository that is only scanned narrows, and what it may not say is told', () => {
    const repo = makeRepo()
    repo.commit({ 'a.env': `OPENAI_API_KEY=${openaiKey()}\nGH=${githubToken()}\n` })
    repo.write({
      'unleak.config.json': JSON.stringify({
        skip: ['github'],
        verify: true,
        ignoreFile: 'evil.yaml',
        extends: './x.json',
      }),
    })
    const { report, status } = unleakJson(['audit', repo.path], tempFolder())
    expect(status).toBe(1)
    expect(report.findings.map(({ provider }) => provider)).toEqual(['openai'])
    expect(report.scan.problems).toMatchObject([
      { code: 'W_CONFIG_LEFT_OUT', count: 3, examples: ['verify', 'ignoreFile', 'extends'] },
    ])
  })
})

describe('settings by path', () => {
  it('leave out paths or rules, and set the severity', () => {
    const both = `OPENAI_API_KEY=${openaiKey()}\nGH=${githubToken()}\n`
    const folder = write(tempFolder(), {
      'unleak.config.yaml': [
        'paths:',
        '  - { match: "vendor/**", skip: true }',
        '  - { match: [spec/**, "*.snap"], skip: [github] }',
        '  - { match: only/**, rules: [github], severity: medium }',
      ].join('\n'),
      'vendor/a.env': both,
      'spec/a.env': both,
      'x.snap': both,
      'only/a.env': both,
    })
    const { report } = unleakJson(['scan', '.', '--verbose'], folder)
    const places = report.findings.map(({ provider, severity, places }) => [
      provider,
      severity,
      places.map(({ path }) => path),
    ])
    expect(places).toEqual([
      ['openai', 'critical', ['spec/a.env', 'x.snap']],
      ['github', 'medium', ['only/a.env']],
    ])
    expect(report.scan.dropped).toContainEqual({
      reason: 'left out at this path by the configuration',
      count: 3,
    })
    const below = unleakJson(['scan', 'a.env'], join(folder, 'only')).report
    expect(below.findings).toHaveLength(2) // outside git the folder itself is the top: it has no configuration
  })

  it('an id that no rule or provider has is told', () => {
    const folder = write(tempFolder(), {
      'unleak.config.yaml': 'paths: [{ match: x, skip: [opnai] }]',
      'a.txt': 'x',
    })
    expect(unleak(['scan', '.'], folder)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('"opnai" is neither a rule nor a provider'),
    })
  })

  it('the flags of a configuration reach the command', () => {
    const folder = write(tempFolder(), {
      'c.json': { format: ['json'], output: 'out/../r.json', quiet: true },
      'a.txt': 'x',
    })
    expect(unleak(['scan', '.', '-c', 'c.json'], folder)).toMatchObject({ status: 0, stdout: '' })
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))).toMatchObject({
      schema: 'unleak-report/1',
    })
  })
})
