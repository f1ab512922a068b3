// User, password and host of a URL, judged together: a placeholder, a default of a local database, or real.
import type { Proof, ProofOutcome } from '../candidate.ts'

export const urlCredentials: Proof = {
  name: 'url-credentials',
  check({ secret, groups }): ProofOutcome {
    const password = decoded(secret)
    const user = decoded(groups.user ?? '')
    const place = groups.host === undefined ? 'unknown' : placeOf(groups.host)
    if (isVariable(password) || isVariable(user)) return refuted('the password is a variable')
    if (password === 'x-oauth-basic') return refuted('the token is the user name')
    if (place === 'variable') return refuted('the host is a variable')
    if (/^scott$/i.test(user) && /^tiger/i.test(password)) return refuted('the sample user of Oracle')
    if (isPlaceholder(password)) return refuted('the password is a placeholder')
    if (place === 'remote' || (place === 'unknown' && !isDefault(user, password))) {
      return judgeRemote(user, password)
    }
    if (!looksMade(password) || isDefault(user, password)) {
      return refuted(`a simple password at ${PLACE_NAMES[place]} host`)
    }
    const evidence = place === 'local' ? 'the host is local' : 'the host is an example'
    return { verdict: 'doubtful', confidence: 'low', evidence: [evidence] }
  },
}

function judgeRemote(user: string, password: string): ProofOutcome {
  if (isDefault(user, password)) {
    return { verdict: 'doubtful', confidence: 'low', evidence: ['a default password'] }
  }
  return { verdict: 'silent' }
}

function refuted(reason: string): ProofOutcome {
  return { verdict: 'refuted', reason }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const VARIABLES = [
  /^\$[A-Za-z_({]/, // $PASSWORD, ${…}, $(…)
  /[{}<>]/, // {password}, {{ password }}, <password>
  /^%(?:\w{1,40}%|\(\w{1,40}\)[sd]|[sdvq]$)/, // %PASSWORD%, %(password)s, %s
  /^@\w{1,40}@$/,
  /^__\w{1,40}__$/,
  /^#\{/,
  /^\[[\w -]{1,40}\]$/, // [YOUR-PASSWORD]
  /^:\w{1,20}$/,
  /^[A-Z]{1,20}(?:_[A-Z0-9]{1,20}){1,5}$/, // DB_PASSWORD
  /^[A-Za-z_$][\w$]{0,40}(?:\.[A-Za-z_$][\w$]{0,40}){1,6}$/, // config.password
  /(?:process\.env|os\.environ|getenv|secrets\.|vars\.)/,
]

function isVariable(text: string): boolean {
  return VARIABLES.some((variable) => variable.test(text))
}

/** Parts that only stand-ins are made of. */
const STAND_INS =
  /^(?:[-_.!@#$*0-9]|your|my|the|a|an|some|this|insert|enter|put|replace|change|me|it|with|here|to|new|db|database|user|users|username|account|admin|root|app|api|test|testing|demo|dev|sample|example|fake|dummy|mock|placeholder|redacted|hidden|removed|masked|secret|secure|secured|strong|super|password|passwd|passw0rd|passwort|pass|pwd|psw|pw|credentials?|token|key|value|string|foo|bar|baz|foobar|qwerty|abc|xyz|todo|tbd|null|none|undefined|empty|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|rabbitmq|amqp|sql|server|url|host|goes|is|not|real|very|long|random|generated)+$/

function isPlaceholder(password: string): boolean {
  const lower = password.toLowerCase()
  if (password.length < 3) return true
  if (/^(.)\1{2,}$/.test(lower) || /x{4,}|\*{3,}|\.{3}/.test(lower)) return true
  if (/(?:changeme|change[-_]me|your[-_]|replace[-_ ]?(?:me|with)|<|>)/.test(lower)) return true
  return (
    STAND_INS.test(lower) &&
    !KNOWN_DEFAULTS.has(lower) &&
    /password|passwd|passw0rd|pass|pwd|pw|secret|your|example|placeholder|redacted|foo|bar|token|key|value|credential|change|replace|insert|todo|null|none|undefined|hidden|masked|removed|dummy|fake|mock|sample/.test(
      lower,
    )
  )
}

/** Passwords that servers come with: real on a server that kept them. */
const KNOWN_DEFAULTS = new Set([
  'admin',
  'administrator',
  'airflow',
  'calvin',
  'citus',
  'default',
  'docker',
  'foobared',
  'guest',
  'letmein',
  'mongo',
  'mysql',
  'postgres',
  'qwerty',
  'rabbitmq',
  'redis',
  'root',
  'sa',
  'test',
  'user',
  'vagrant',
  '123',
  '1234',
  '12345',
  '123456',
  '1234567',
  '12345678',
  '123456789',
])

function isDefault(user: string, password: string): boolean {
  const lower = password.toLowerCase()
  return KNOWN_DEFAULTS.has(lower) || lower === user.toLowerCase()
}

/** A password somebody made to be one: long and of several kinds of characters. */
function looksMade(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length
  const different = new Set(password).size
  return /\d/.test(password) && kinds >= 2 && password.length >= 10 && different >= 7
}

type HostPlace = 'remote' | 'local' | 'example' | 'variable' | 'unknown'

const PLACE_NAMES = { local: 'a local', example: 'an example', unknown: 'an unknown' } as const

const LOCAL =
  /^(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|docker\.for\.mac\.\w+)$/
const EXAMPLE =
  /(?:^|\.)(?:example|test|invalid|localhost|localdomain|local)$|(?:^|[.-])example\.(?:com|net|org|io|dev|edu)$|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$|^\[2001:db8:/
const STAND_IN_HOST =
  /^(?:your|my|some|the)[-_.]|(?:^|[.-])(?:your|my|some)[-_]?(?:host|server|domain|site|company|app|cluster|db|database|org|registry|proxy)|^(?:host|hostname|hostip|server|domain|url|address|ip|hosts?\d)(?:\.(?:com|net|org|tld|name))?$|(?:^|\.)(?:domain|hostname|host|server|yourdomain|mydomain|company)\.(?:com|net|org|tld)$|x{3,}|\.\.|(?:^|\.)foo(?:bar)?\.(?:com|bar|net|org)$/

function placeOf(hosts: string): HostPlace {
  const host = (hosts.split(',')[0] ?? '')
    .replace(/^(\[[^\]]{0,45}\]|[^:]{0,253})(?::.{0,10})?$/, '$1')
    .toLowerCase()
    .replace(/[.,;)]+$/, '')
  if (host === '' || /[${}<>%#()]/.test(host)) return 'variable'
  if (LOCAL.test(host)) return 'local'
  if (EXAMPLE.test(host) || STAND_IN_HOST.test(host)) return 'example'
  // A name without a dot is a container or a machine of the same network.
  return host.includes('.') || host.startsWith('[') ? 'remote' : 'local'
}
