// Rule files of gitleaks, betterleaks, kingfisher and Nosey Parker, written here from their documentation.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readAnyRuleFile } from '../../../src/rules/read.ts'
import { unleak, unleakJson } from '../../helpers/cli.ts'
import { alnum, hex } from '../../helpers/keys.ts'
import { tempFolder } from '../../helpers/repo.ts'

const GITLEAKS = `
title = "house rules"
[extend]
useDefault = true

[[rules]]
id = "house-token"
description = "Token of the house"
regex = '''(?i)\\b(house_[a-z0-9]{24,})(?:[\\x60'"\\s;]|\\\\[nr]|$)'''
secretGroup = 1
entropy = 3.0
keywords = ["house_"]
tags = ["house"]
  [[rules.allowlists]]
  description = "made-up ones"
  regexTarget = "line"
  regexes = ['''# made up''']
  [[rules.allowlists]]
  condition = "AND"
  paths = ['''(^|/)fixtures/''']
  stopwords = ["zzz"]

[[rules]]
id = "Near.Word"
description = "A number near a word"
regex = '''\\b[0-9a-f]{40}\\b'''
keywords = ["gardenia"]

[[rules]]
id = "pair"
description = "A pair"
regex = '''pairkey=([A-Za-z0-9]{20})'''
  [[rules.required]]
  id = "pair-id"
  withinLines = 2
[[rules]]
id = "pair-id"
regex = '''pairid=[0-9]{6}'''
skipReport = true

[[allowlists]]
targetRules = ["house-token"]
regexes = ['''^house_aaaa''']
commits = ["0123456789012345678901234567890123456789"]
`

const KINGFISHER = `
rules:
  - name: Acme Token
    id: kingfisher.acme.1
    pattern: |
      (?x)
      \\b
      (                # the token
        acmetok_[A-Za-z0-9]{30}
      )
      \\b
    pattern_requirements:
      min_digits: 2
      ignore_if_contains: [xxxx]
    min_entropy: 2.5
    confidence: high
    examples:
      - acmetok_TESTTESTTESTTESTTESTTESTTEST12
    references: [https://acme.example/docs]
    validation: { type: Http }
  - name: Helper
    id: kingfisher.acme.2
    pattern: acmeid_[0-9]{4}
    visible: false
`

describe('gitleaks', () => {
  const folder = tempFolder()
  const file = join(folder, 'rules.toml')
  writeFileSync(file, GITLEAKS)
  const scan = (files: Record<string, string>, ...more: string[]) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const args = ['scan', ...Object.keys(files), '--rules', file, '--only', 'gitleaks', ...more]
    return unleakJson(args, folder).report.findings.map(({ rule, places }) => `${rule} ${places[0]?.path}`)
  }

  it('rules, allow lists, context and required parts count', () => {
    const token = (seed: number) => `house_${alnum(26, seed).toLowerCase()}`
    const found = scan({
      'a.txt': `t = "${token(1)}"\n`,
      'allowed-line.txt': `t = "${token(2)}" # made up\n`,
      'global.txt': `t = "house_aaaa${alnum(24, 3).toLowerCase()}"\n`,
      'near.txt': `gardenia ${hex(40, 4)}\n`,
      'far.txt': `${hex(40, 5)}\n`,
      'pair.txt': `pairid=123456\npairkey=${alnum(20, 6)}\n`,
      'alone.txt': `pairkey=${alnum(20, 7)}\n`,
    })
    expect(found.sort()).toEqual(['house-token a.txt', 'near-word near.txt', 'pair pair.txt'])
  })

  it('what came over changed is told by rules check', () => {
    const { status, stdout } = unleak(['rules', 'check', 'rules.toml'], folder)
    expect(status).toBe(0)
    for (const words of [
      '[extend]: note: useDefault',
      'house-token: note: unbounded repetition "{24,}" is held to',
      'house-token: note: 1 allowed commits were left out',
      'Near.Word: note: a keyword must stand within 2000 bytes',
      'pair: note: what it requires must stand within',
      'pair-id: note: left out: it only helps other rules',
      '3 rules checked, 0 with trouble.',
    ])
      expect(stdout).toContain(words)
  })

  it('a rule that has no equal is an error with its name; the rest only when asked for', () => {
    const bad = `${GITLEAKS}\n[[rules]]\nid = "greek"\nregex = '''\\p{Greek}{20}secret'''\n`
    writeFileSync(join(folder, 'bad.toml'), bad)
    writeFileSync(join(folder, 'a.txt'), `t = "house_${alnum(26, 9).toLowerCase()}"\n`)
    const args = ['scan', 'a.txt', '--rules', 'bad.toml']
    const refused = unleak(args, folder)
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('rule "greek"') })
    expect(refused.stderr).toContain('--partial-rules')
    expect(unleak([...args, '--partial-rules'], folder).status).toBe(1)
  })

  it('files that extend each other, other files, and what is missing', async () => {
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
    const rule = (id: string) => `[[rules]]\nid = "${id}"\nregex = '''${id}_[0-9]{9}'''\n`
    write('base.toml', `${rule('first')}${rule('second')}`)
    write('top.toml', `[extend]\npath = "base.toml"\ndisabledRules = ["second"]\n${rule('third')}`)
    const { file: read } = await readAnyRuleFile(join(folder, 'top.toml'))
    expect(read.rules.map(({ id }) => id)).toEqual(['first', 'third'])
    write('base.toml', '[extend]\npath = "top.toml"\n')
    await expect(readAnyRuleFile(join(folder, 'top.toml'))).rejects.toThrow('extend each other')
    write('top.toml', '[extend]\npath = "none.toml"\n')
    await expect(readAnyRuleFile(join(folder, 'top.toml'))).rejects.toThrow('there is no file none.toml')
    write('top.toml', 'x = \n')
    await expect(readAnyRuleFile(join(folder, 'top.toml'))).rejects.toThrow(/top\.toml:1/)
  })
})

describe('kingfisher and Nosey Parker', () => {
  it('patterns in x mode, requirements, entropy; its own examples prove the translation', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'kf.yml'), KINGFISHER)
    const { file, notes, left } = await readAnyRuleFile(join(folder, 'kf.yml'))
    expect(left).toEqual([])
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('validation is not used'),
      expect.stringContaining('only helps'),
    ])
    expect(file.rules).toMatchObject([{ id: 'kingfisher-acme-1', entropy: 2.5, keywords: ['acmetok_'] }])
    const token = (tail: string) => `acmetok_${alnum(30 - tail.length, 3).replace(/\d/g, 'q')}${tail}`
    writeFileSync(
      join(folder, 'a.txt'),
      [token('7a9'), token('aB7'), token('xXxx42')].map((each) => `${each}\n`).join(''),
    )
    const { report } = unleakJson(['scan', 'a.txt', '--rules', 'kf.yml', '--only', 'kingfisher'], folder)
    expect(report.findings.map(({ places }) => places[0]?.line)).toEqual([1])
  })

  it('a translation that misses its own example is left, and told', async () => {
    const folder = tempFolder()
    writeFileSync(
      join(folder, 'np.yml'),
      'rules:\n- name: Odd\n  id: np.odd.1\n  pattern: oddly_[0-9]{4}\n  examples: [oddly_abcd]\n- name: Bad\n  id: np.bad.1\n  pattern: badly_[0-9]{4}\n  negative_examples: [badly_1234]\n- name: Unknown\n  id: np.u.1\n  pattern: unknown_[0-9]{4}\n  new_key: 1\n',
    )
    const { left } = await readAnyRuleFile(join(folder, 'np.yml'))
    expect(left).toEqual([
      { rule: 'np.odd.1', message: 'translated, it misses its own example 1' },
      { rule: 'np.bad.1', message: 'translated, it takes its own negative example 1' },
      { rule: 'np.u.1', message: 'what "new_key" asks for has no equal' },
    ])
  })
})
