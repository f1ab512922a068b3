// How rare three bytes in a row are in source text: keywords are looked for by their rarest three bytes.

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

/** Of every second place from `first` on (ASCII text): where the rarest three bytes begin. */
export function rarestPlace(text: string, first: number): number {
  let best = first
  let bestScore = -1
  for (let at = first; at + 3 <= text.length; at += 2) {
    const one = CLASS_OF[text.charCodeAt(at)]!
    const two = CLASS_OF[text.charCodeAt(at + 1)]!
    const three = CLASS_OF[text.charCodeAt(at + 2)]!
    // The two pairs, less what they share: greater is rarer.
    const score = PAIR_COSTS[one * CLASSES + two]! + PAIR_COSTS[two * CLASSES + three]! - SINGLE_COSTS[two]!
    if (score > bestScore) {
      best = at
      bestScore = score
    }
  }
  return best
}
