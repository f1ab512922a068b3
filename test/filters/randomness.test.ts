// The randomness model against words, and against plain entropy on the same labelled set.
import { describe, expect, it } from 'vitest'
import { entropyFilter, shannonEntropy } from '../../src/filters/entropy.ts'
import { randomness, randomnessFilter } from '../../src/filters/randomness.ts'
import { RANDOMNESS_MODEL } from '../../src/filters/randomness-model.ts'
import { expandTemplate, seededRandom } from '../../src/rules/template.ts'
import { secretOf } from './candidates.ts'

const CLASSES =
  'alnum lower upper alpha hex HEX lowernum uppernum base64url base64 base32 base32lower base58'.split(' ')
const WORDS =
  'account address animation archive background balance boundary browser callback channel checkout collection compiler component connection container context controller customer dashboard decoder default delivery dialog document element endpoint environment exception exporter feature fetcher filter footer formatter generator handler header history iterator keyboard language library listener locale manager mapping message metadata middleware migration monitor network notification observer operation optional organization package parameter parser payment permission pipeline platform preference product profile progress property protocol provider publish query reader receiver record reference register renderer repository request resolver resource response result router scheduler schema selector serializer server service session setting sidebar snapshot source storage strategy stream structure subscription summary support surface switch template terminal thread toggle transaction transform translate transport tutorial update upload validator variable version visible warning widget window workflow wrapper'.split(
    ' ',
  )

function noise(count: number): string[] {
  const random = seededRandom(1)
  return Array.from({ length: count }, (_, i) =>
    expandTemplate(`{${CLASSES[i % CLASSES.length]}:16-64}`, { random }),
  )
}

function texts(count: number): string[] {
  const random = seededRandom(2)
  const word = () => WORDS[Math.floor(random() * WORDS.length)]!
  const capital = (w: string) => w[0]!.toUpperCase() + w.slice(1)
  const styles: ((words: string[]) => string)[] = [
    (w) => w[0] + w.slice(1).map(capital).join(''),
    (w) => w.map(capital).join(''),
    (w) => w.join('_'),
    (w) => w.join('-'),
    (w) => w.join('_').toUpperCase(),
    (w) => w.join('.'),
    (w) => `./src/${w.join('/')}.ts`,
    (w) => `${w.join('-')}--${w[0]}-2`,
    (w) => Buffer.from(w.join(' ')).toString('base64'),
  ]
  return Array.from({ length: count }, (_, i) =>
    styles[i % styles.length]!(Array.from({ length: 3 + Math.floor(random() * 3) }, word)),
  )
}

/** Chance that a random value scores above a wordy one. */
function areaUnderCurve(high: readonly number[], low: readonly number[]): number {
  let wins = 0
  for (const h of high) for (const l of low) wins += h > l ? 1 : h === l ? 0.5 : 0
  return wins / (high.length * low.length)
}

describe('randomness', () => {
  const [random, wordy] = [noise(1300), texts(1300)]

  it('tells noise from words far better than entropy', () => {
    const model = areaUnderCurve(random.map(randomness), wordy.map(randomness))
    const entropy = areaUnderCurve(random.map(shannonEntropy), wordy.map(shannonEntropy))
    expect(model).toBeGreaterThan(0.998)
    expect(entropy).toBeLessThan(0.9)
  })

  it('keeps 99 % of the noise at 0.75 and lets less than 1 % of the words by', () => {
    expect(random.filter((text) => randomness(text) >= 0.75).length / random.length).toBeGreaterThan(0.99)
    expect(wordy.filter((text) => randomness(text) >= 0.75).length / wordy.length).toBeLessThan(0.01)
  })

  it('is surer of longer values', () => {
    const average = (length: number) => {
      const samples = Array.from({ length: 200 }, (_, i) =>
        randomness(expandTemplate(`{hex:${length}}`, { random: seededRandom(i) })),
      )
      return samples.reduce((sum, score) => sum + score, 0) / samples.length
    }
    expect(average(64)).toBeGreaterThan(average(16))
  })

  it('stays in [0, 1] for anything', () => {
    for (const text of ['', ' ', '\u0000\u00ff', '12345678', 'ÿÿÿÿ', 'a'.repeat(5000)]) {
      expect(randomness(text)).toBeGreaterThanOrEqual(0)
      expect(randomness(text)).toBeLessThanOrEqual(1)
    }
  })

  it('is small', () => {
    expect(RANDOMNESS_MODEL.letters.length + RANDOMNESS_MODEL.classes.length).toBeLessThan(8192)
  })

  it('drops below the threshold of the rule, without the public prefix', () => {
    const rule = { randomness: 0.75, prefixes: ['acme_'] }
    const key = expandTemplate('{alnum:32}', { random: seededRandom(5) })
    expect(randomnessFilter.drops(secretOf(`acme_${key}`, { rule }))).toBe(false)
    expect(randomnessFilter.drops(secretOf('acme_configuration_manager_service', { rule }))).toBe(true)
    expect(randomnessFilter.drops(secretOf('acme_configuration_manager_service'))).toBe(false)
  })
})

describe('entropy', () => {
  it('is bits per character', () => {
    expect(shannonEntropy('aaaa')).toBe(0)
    expect(shannonEntropy('abab')).toBe(1)
    expect(shannonEntropy('abcdefgh')).toBe(3)
    expect(shannonEntropy('')).toBe(0)
  })

  it('drops below the threshold of the rule', () => {
    expect(entropyFilter.drops(secretOf('abababababab', { rule: { entropy: 2 } }))).toBe(true)
    expect(entropyFilter.drops(secretOf('abcdefgh', { rule: { entropy: 2 } }))).toBe(false)
    expect(entropyFilter.drops(secretOf('abababababab'))).toBe(false)
  })
})
