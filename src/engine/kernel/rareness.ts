// How rare four bytes in a row are in source text: keywords are looked for by their rarest four.

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

/** Of every second place from `first` on (ASCII text of at least `first` + 4 bytes): where the rarest four bytes begin. */
export function rarestFour(text: string, first: number): number {
  const classes = Array.from(text, (char) => CLASS_OF[char.charCodeAt(0)]!)
  const pair = (at: number) => PAIR_COSTS[classes[at]! * CLASSES + classes[at + 1]!]!
  let best = first
  let bestScore = -1
  for (let at = first; at + 4 <= text.length; at += 2) {
    // The pairs, less what they share: greater is rarer.
    const shared = SINGLE_COSTS[classes[at + 1]!]! + SINGLE_COSTS[classes[at + 2]!]!
    const score = pair(at) + pair(at + 1) + pair(at + 2) - shared
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}
