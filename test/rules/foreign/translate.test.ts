// Patterns of Go and Rust mean the same in JavaScript, and are bounded.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { translate } from '../../../src/rules/foreign/translate.ts'
import { analysePattern } from '../../../src/rules/pattern.ts'

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const matches = (pattern: string, text: string) => new RegExp(translate(pattern).source).test(latin1(text))

describe('means the same', () => {
  it.each<[pattern: string, yes: string[], no: string[]]>([
    ['(?i)key', ['KEY', 'Key'], ['kex']],
    ['a(?i)b', ['aB', 'ab'], ['AB']],
    ['a(?i:b)c', ['aBc'], ['aBC', 'ABc']],
    ['(?i)a(?-i)b', ['Ab'], ['AB']],
    ['(?i)[a-c]x', ['BX', 'bX'], ['dx']],
    ['(?s)a.b', ['a\nb'], []],
    ['a.b', ['a\rb'], ['a\nb']],
    ['(?m)^b$', ['a\nb\nc'], ['ab\nc']],
    ['^b', ['bc'], ['a\nb']],
    ['\\Ab\\z', ['b'], ['b\n', 'ab']],
    ['b$', ['ab'], ['b\nc']],
    ['[[:alpha:]_]{3}', ['ab_'], ['a1b']],
    ['^[[:^digit:]]{2}$', ['a-'], ['a1']],
    ['^[^[:space:]]+$', ['ab'], ['a b']],
    ['\\x41\\x{42}\\103', ['ABC'], ['abc']],
    ['\\Qa.b\\E+', ['a.b'], ['axb']],
    ['(?P<x>a)(?<y>b)', ['ab'], ['ba']],
    ['(?x) a b # what it is\n  [c d]\\ e', ['abc e', 'abd e'], ['ab e', 'abce']],
    ['a(?# b)c(?#d)+', ['acc'], ['abc']],
    ['a|b|(?i)c', ['C', 'a'], ['A']],
    ['[]a]', [']', 'a'], ['b']],
    ['[^]a]', ['b'], [']', 'a']],
    ['[a\\]b-]', [']', '-'], ['c']],
    ['^\\S+$', ['a\u00e9'], ['a b']],
    ['\u00e9+x', ['\u00e9\u00e9x'], ['ex']],
    ['a{2}{', ['aa{'], ['aa']],
    ['(?U)a+', ['aa'], ['b']],
    ['(?:a|)b', ['b', 'ab'], ['a']],
    ['x(?=y)', ['xy'], ['xz']],
    ['[\\x60\'"\\s;]', ['`', ' '], ['a']],
  ])('%s', (pattern, yes, no) => {
    for (const text of yes) expect([text, matches(pattern, text)]).toEqual([text, true])
    for (const text of no) expect([text, matches(pattern, text)]).toEqual([text, false])
  })

  it('the secret is the group that is asked for, all others capture nothing', () => {
    const secret = (pattern: string, options: object, text: string) =>
      new RegExp(translate(pattern, options).source).exec(text)?.groups?.secret
    expect(secret('(a)(b)', {}, 'ab')).toBe('a')
    expect(secret('(a)(b)', { secret: 2 }, 'ab')).toBe('b')
    expect(secret('(?:a)(?P<TOKEN>b)', {}, 'ab')).toBe('b')
    expect(secret('ab', {}, 'ab')).toBeUndefined()
  })

  it('unbounded parts are held, and that is told', () => {
    const { source, notes } = translate('a+b*(?:cd)+[\\s\\S]*?e{3,}')
    expect(notes).toHaveLength(5)
    expect(analysePattern(source).maxLength).toBeLessThan(12_000)
  })

  it.each([
    ['\\pL', 'Unicode'],
    ['(a)\\1', 'back-references'],
    ['a++', 'possessive'],
    ['(?>a)', 'no equal'],
    ['[a-z&&[^b]]', 'no equal'],
    ['(a', 'not closed'],
    ['a)', 'closes nothing'],
    ['[a', 'not closed'],
    ['*a', 'repeats nothing'],
    ['[\u00e9]', 'more than one byte'],
    ['a\\', 'backslash'],
  ])('%s has no equal', (pattern, words) => {
    expect(() => translate(pattern)).toThrow(words)
  })

  it('text between \\Q and \\E is taken as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (text.includes('\\E')) return
        expect(new RegExp(`^${translate(`\\Q${text}\\E`).source}$`).test(latin1(text))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('any pattern is either translated or told: never another kind of error', () => {
    const piece = fc.constantFrom(
      ...'ab1.*+?|()[]{}^$\\-&:,<>=!i '.split(''),
      '(?i)',
      '(?P<a>',
      '[[:alpha:]]',
      '\\d',
      '\\Q',
      '{2,}',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          new RegExp(translate(pieces.join('')).source)
        } catch (error) {
          expect((error as Error).name).toBe('SyntaxError')
        }
      }),
      { numRuns: 2000 },
    )
  })
})
