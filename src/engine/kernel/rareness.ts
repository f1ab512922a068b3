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

function classOf(code: number): number {
  const folded = code | 0x20
  if (folded >= 0x61 && folded <= 0x7a) return folded - 0x61
  if (code === 0x5f) return 26
  if (code === 0x2d) return 27
  return code >= 0x30 && code <= 0x39 ? 28 : 29
}

/** Greater is rarer: the two pairs, less what they share. */
export function rareness(text: string, at: number): number {
  const first = classOf(text.charCodeAt(at))
  const second = classOf(text.charCodeAt(at + 1))
  const third = classOf(text.charCodeAt(at + 2))
  const pairs = PAIRS.charCodeAt(first * CLASSES + second) + PAIRS.charCodeAt(second * CLASSES + third)
  return pairs - SINGLES.charCodeAt(second)
}
