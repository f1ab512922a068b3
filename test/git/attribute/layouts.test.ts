// What is said to be there is as it was written, however much was written behind it.
import { expect, it } from 'vitest'
import { createLayouts } from '../../../src/git/attribute/layouts.ts'
import { randomNumbers } from '../../engine/kernel/helpers.ts'

it('keeps the last ones whole, and knows which were written over', () => {
  const layouts = createLayouts()
  const below = randomNumbers(5)
  const written: { layout: number; entries: number; seed: number }[] = []
  let forgotten = 0
  for (let seed = 1; seed <= 120; seed++) {
    const most = below(50_000)
    const entries = below(most + 1)
    layouts.begin(most)
    for (const old of written) {
      if (!layouts.isThere(old.layout)) {
        forgotten += 1
        continue
      }
      expect(layouts.firstFrom(old.layout, old.entries * 10)).toBe(old.entries)
      for (const entry of [0, old.entries >> 1, old.entries - 1].filter((e) => e >= 0 && e < old.entries)) {
        expect(layouts.start(old.layout, entry)).toBe(entry * 10)
        expect([layouts.target(old.layout, entry), layouts.name(old.layout, entry)]).toEqual([
          old.seed,
          entry,
        ])
      }
    }
    for (let entry = 0; entry < entries; entry++) layouts.add(entry * 10, seed, entry)
    written.push({ layout: layouts.end(entries * 10), entries, seed })
    expect(layouts.isThere(written.at(-1)!.layout)).toBe(true)
  }
  expect(forgotten).toBeGreaterThan(100)
})

it('keeps none that is too large', () => {
  const layouts = createLayouts()
  layouts.begin(1 << 20)
  layouts.add(0, 1, 1)
  expect(layouts.isThere(layouts.end(10))).toBe(false)
})
