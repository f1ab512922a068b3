// How rare bytes in a row are in source text: keywords are looked for by their rarest four, short ones by three.
import { join } from 'node:path'
import { lazy } from '../lazy.ts'
import { readIfThere } from '../optional-file.ts'

/** Letters, then "_", "-", a digit, anything else. */
const CLASSES = 30

/** -1.5 log2 of how often two classes follow each other (row, column), from 'a' for 1; counted over 16 MB of source. */
const PAIRS =
  'spnotsowpvrlnmvoulmlqrsqpwxvsn' +
  'puuwowxyqpxpxvpxxrswpyzzryzxtq' +
  'nuswnwxnqyoovwluwqsmqywuuzwxsp' +
  'pusqltvwoyxruupuvsqtqvwvtzuusl' +
  'nrmmpnpursuonlqopklmtpqmpyrssj' +
  'owuvppyznzzqytozzqrrozzztzwwrm' +
  'svuxnwurpzxrtqtvysqqrwyzwztwvm' +
  'oxvxmxzynzzvuxpxzrupryzzxzxywn' +
  'qsoopnozwytnoklqvplmxqzszqxxsq' +
  'uzyzpzzzyzzzzzuzzzpxwwzzyzzzyt' +
  'tyvxovwyqzyxxtxwzwrvxzxzzzwwxo' +
  'nsuqluwymyunvwntxvpporwzqzuwxn' +
  'npwvmyvzpwysruoozwrwszyzwzwxwo' +
  'nvmmmqmwpwqrtrnrysmlorxzrzttvk' +
  'rpomuorxquqonkpnzlpoorpvxxwwwo' +
  'nxvtmwyuqzwouwnqznqopwzytzwwtp' +
  'vwxzwxyzxyzyzyzzvxxzpzzzzyzzxu' +
  'mspqkrpvmzrrqnmsxnompsuzqztvvl' +
  'puotltupnxsstsopxsnkpvtvpztsuj' +
  'mupslswklzvsssmpzmnonutunzsssj' +
  'rqrrnrrzqzznomvqzmooyyzwzzzzrs' +
  'nzyznzwzpzzyxzqzzzxzzzzzzzzzrr' +
  'qxxwrzxqpzzvzrryzssxyzuzzzyxwp' +
  'twtwsxzzszsxzzvozywpzzzzxzwwrp' +
  'ttuwuvwyuzytsqsnzvrsyyszzywwxm' +
  'wzzzqzzzwzzzzzyzzzzzzzzzwxzzyu' +
  'tutttvvvszxtttusytstvvxzzzrztr' +
  'vttvuvwxtyzuvvwuzutvwwwyzxzprp' +
  'sttttsxxxyywwxxvywwxzzyryyvslk' +
  'lmkmllookppmnmmlslkknnnsruppld'

/** The same for one class alone. */
const SINGLES = 'hkiigjkjhnlijhhiohhgilllkpmmjc'

const PAIR_COSTS = Buffer.from(PAIRS, 'latin1')
const SINGLE_COSTS = Buffer.from(SINGLES, 'latin1')
const CLASS_OF = Uint8Array.from({ length: 128 }, (_, code) => classOf(code))

function classOf(code: number): number {
  const folded = code | 0x20
  if (folded >= 0x61 && folded <= 0x7a) return folded - 0x61
  if (code === 0x5f) return 26
  if (code === 0x2d) return 27
  return code >= 0x30 && code <= 0x39 ? 28 : 29
}

/**
 * Bytes in a row that are common in source text: a line of four and a line of three, the most common first; counted by
 * scripts/count-grams.mjs. Read only where no table is laid out ahead of time.
 */
const COMMON = lazy(() => {
  const [fours = '', threes = ''] =
    readIfThere(join(import.meta.dirname, 'common-grams.txt'))
      ?.toString('latin1')
      .split('\n') ?? []
  return { 3: ranksOf(threes, 3), 4: ranksOf(fours, 4) }
})

/** Of the common ones, by text: 0 for the most common. */
function ranksOf(grams: string, size: number): ReadonlyMap<string, number> {
  const count = grams.length / size
  return new Map(
    Array.from({ length: count }, (_, rank) => [grams.slice(rank * size, (rank + 1) * size), rank]),
  )
}

/** Of the places `first`, `first + step` …: where the rarest `size` bytes of a lower-case ASCII text begin. */
export function rarestGram(text: string, size: 3 | 4, first: number, step: number): number {
  let best = first
  let bestScore = -1
  for (let at = first; at + size <= text.length; at += step) {
    const score = COMMON()[size].get(text.slice(at, at + size)) ?? RARE + rareness(text, at, size)
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}

/** More than any rank of a common one. */
const RARE = 10_000

/** Of bytes that are not known to be common: the pairs they are made of, less what those share. Greater is rarer. */
function rareness(text: string, at: number, size: number): number {
  const classes = Array.from({ length: size }, (_, i) => CLASS_OF[text.charCodeAt(at + i)]!)
  let score = 0
  for (let i = 1; i < size; i++) score += PAIR_COSTS[classes[i - 1]! * CLASSES + classes[i]!]!
  for (let i = 1; i + 1 < size; i++) score -= SINGLE_COSTS[classes[i]!]!
  return score
}
