// Generic rules only: values that are something else, such as paths, types, numbers, addresses and sentences.
import type { Candidate, Filter } from './candidate.ts'
import { randomness } from './randomness.ts'
import { assignedName, bodyOf, wordsOf } from './value.ts'

/** Files in which a value may stand without quotes. */
const BARE_VALUES =
  /(?:^|\/)(?:\.env[\w.-]*|[\w.-]*\.env|\.npmrc|\.pypirc|\.netrc|\.?(?:Dockerfile|Containerfile)[\w.-]*|Makefile|\.[\w-]{1,40}|credentials|config|kubeconfig)$|\.(?:ya?ml|properties|ini|cfg|conf|cnf|config|xml|plist|sh|bash|zsh|fish|ps1|bat|cmd|txt|log|md|mdx|rst|adoc|http|rest|dockerfile|toml|env|tfvars|har|csv|html|ipynb|service|prefs)$/i

/** Files that configure something: a password in there is used, whatever it looks like. */
const CONFIGURATION =
  /(?:^|\/)(?:\.env[\w.-]*|[\w.-]*\.env|\.npmrc|\.pypirc|\.?(?:Dockerfile|Containerfile)[\w.-]*|credentials)$|\.(?:ya?ml|properties|ini|cfg|conf|cnf|config|json|toml|tfvars|env|service|prefs)$/i
const SAMPLE_FILE =
  /(?:^|[./_-])(?:example|sample|template|dist|tmpl|tpl|schema|i18n|locales?|lang|translations?|messages|openapi|swagger)(?:[./_-]|$)/i

/** Shapes that settle it, however random the rest looks. */
const ORDINARY = [
  /^[-+]?[\d._,:-]+(?:e[+-]?\d+)?[a-z%]{0,3}$/i, // numbers, sizes, times, network addresses
  /^\d{4}-\d\d-\d\dT?[\d:.Z+-]*$/,
  // Addresses of any scheme, without a password in front of the host or among the parameters.
  /^(?:[a-z][a-z\d+.-]{1,20}:(?=\/\/)|(?:urn|mailto|tel|about):)(?!\/\/[^/\s:@]{0,256}:[^/\s@]{3,256}@)(?!.{0,256}[?&;](?:password|passwd|pwd|token|secret|accountkey)=)/i,
  /^[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}$/, // e-mail
  /^[\w./-]{1,80}\.(?:[jt]sx?|py|json|ya?ml|pem|key|crt|cer|pfx|p12|jks|txt|md|html?|css|png|svg|env)$/i,
  /^~\/[\w.@/ -]+$/, // a path at home
  /^[A-Z]+(?:[-_][A-Z\d]+)+(?:,\s?[A-Z]+(?:[-_][A-Z\d]+)+)+$/, // names of variables
  /^crwdn[se]\d/, // what a translation tool puts in place of a text
  /[\\^]\[|\(\?[:=!<]|\[[\w]-[\w]|\\[dwsb]/, // regular expressions
  /(?:^|[^\w])(?:=>|\|\||&&|===?|!==?)[^\w]/, // code
]

/** Shapes that noise can have too: they count when the value reads like words. */
const ORDINARY_WORDS = [
  /^v?\d+\.\d+[\w.+-]{0,40}$/, // versions
  /^(?:\.{0,2}|~|[A-Za-z]:)[\\/][\w.@ -]/, // paths
  /^(?:[\w@.-]{1,60}\/){2,}[\w@.-]{0,60}$/,
  /^[#@]?[A-Z][A-Za-z]{1,40}(?:[<[(]|::|\.[A-Z])/, // types
  /^[A-Za-z_$][\w$]*(?:(?:\.|::|->)[\w$]+)+$/, // members
  /^[A-Za-z][a-z]*(?:[-_.:/ A-Z][a-z]*)*\d{0,3}$/, // words; every part begins differently, so that none can be read twice
]

/** Mostly bytes of other scripts: a translation of the word `password`, not one. */
function isOtherScript(body: string): boolean {
  return body.replace(/[\x80-\xff]/g, '').length * 2 < body.length
}

function isOrdinary(body: string): boolean {
  if (isOtherScript(body) || ORDINARY.some((shape) => shape.test(body))) return true
  return ORDINARY_WORDS.some((shape) => shape.test(body)) && randomness(body) < 0.9
}

/** The character ahead of the secret and the one behind it. */
function quotes(candidate: Candidate): { open: string; close: string } {
  const { text, secret } = candidate
  const ahead = text.slice(0, text.length - secret.length)
  const behind = candidate.around(0, 2).slice(text.length)
  return { open: ahead.at(-1) ?? '', close: behind.replace(/^\\/, '')[0] ?? '' }
}

/** Only a whole literal is a value; in code, what has no quotes is an expression. */
function isCut(candidate: Candidate): boolean {
  const { open, close } = quotes(candidate)
  if (/["'`]/.test(open)) return close !== open
  if (open === '>') return close !== '<'
  // A hole follows: the value is put together later.
  if (/[{$([]/.test(close)) return true
  const { via, text, secret } = candidate
  if (via.length > 0) return false
  if (/(?:bearer|token|key)\s{1,2}$|--[\w-]{0,60}[ =]$/i.test(text.slice(0, -secret.length))) return false
  const { path } = candidate // last: who does not know it yet sees by this that it decides
  return path !== undefined && !BARE_VALUES.test(path)
}

/** `arn:aws:secretsmanager:…:secret:name` names a secret. */
function isPartOfArn(candidate: Candidate): boolean {
  const both = candidate.around(100, 0)
  return /arn:aws[\w:-]{0,90}$/.test(both.slice(0, both.length - candidate.text.length))
}

/** A password that people made up: two kinds of characters at least, and not a word with a capital. */
function looksLikePassword(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length
  if (/^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$/.test(value)) return false
  return kinds >= 2 && (kinds >= 3 || /[0-9]/.test(value))
}

/** Outside configuration a password is believed when it is random. */
function isUnlikelyPassword(candidate: Candidate, name: string): boolean {
  if (!/(?:pass|pwd)/.test(wordsOf(name).join(' '))) return false
  const { secret } = candidate
  if (randomness(secret) >= 0.8 && secret.length >= 12) return false
  if (!looksLikePassword(secret)) return true
  const { path } = candidate
  return path === undefined || !CONFIGURATION.test(path) || SAMPLE_FILE.test(path)
}

export const ordinaryValueFilter: Filter = {
  reason: 'ordinary value',
  drops(candidate) {
    const { rule, secret } = candidate
    if (rule.tier !== 0) return false
    if (isCut(candidate) || isPartOfArn(candidate) || isOrdinary(bodyOf(rule, secret))) return true
    const name = assignedName(candidate)
    return name !== undefined && isUnlikelyPassword(candidate, name)
  },
}
