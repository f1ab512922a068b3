// Sentences and help texts fit the terminal, and nothing of them is lost.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { commandHelp, overview } from '../../src/cli/help.ts'
import { prose } from '../../src/cli/prose.ts'

const words = (text: string) => text.split(/\s+/).filter(Boolean)

it('keeps every word, and breaks what can be broken', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  const line = fc.tuple(fc.constantFrom('', '  ', '    '), fc.array(word, { maxLength: 40 }))
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), fc.integer({ min: 40, max: 120 }), (lines, width) => {
      const text = lines.map(([indent, all]) => indent + all.join(' ')).join('\n')
      const shown = prose(text, width)
      expect(words(shown)).toEqual(words(text))
      for (const each of shown.split('\n')) expect(each.length).toBeLessThanOrEqual(width)
      if (lines.every(([indent, all]) => indent.length + all.join(' ').length <= width))
        expect(shown).toBe(text)
    }),
  )
})

it('leaves commands whole, to be copied', () => {
  const long = 'x'.repeat(30)
  const told = prose(`unleak: ${long} so that it is long. Do it with: git fetch origin 'refs/*' --all`, 60)
  expect(told).toContain('\n')
  expect(told).toContain("git fetch origin 'refs/*' --all")
  const quoted = prose(`${long} ${long} run \`npm install -D unleak\` then go on`, 70)
  expect(quoted).toContain('`npm install -D unleak`')
})

it('keeps the columns of a table', () => {
  expect(prose('PROBLEM  a b c d e f g h i j k l m n o p q r s t', 40)).toBe(
    'PROBLEM  a b c d e f g h i j k l m n o p\n         q r s t',
  )
})

it.each([60, 80, 200])('help fits %i columns and names every command and flag', (columns) => {
  const texts = [overview('1.2.3', columns), ...COMMANDS.map((command) => commandHelp(command, columns))]
  for (const { name } of COMMANDS) expect(texts[0]).toMatch(new RegExp(`^  ${name} `, 'm'))
  for (const [i, { flags }] of COMMANDS.entries())
    for (const { name } of flags) expect(texts[i + 1]).toContain(`--${name}`)
  for (const line of texts.flatMap((text) => text.split('\n')))
    expect(line.length, line).toBeLessThanOrEqual(line.trim().includes(' ') ? columns : 200)
})
