// Generated files that read like a real project: the same bytes in every run, on every machine.

/** Small seeded generator (mulberry32): numbers in [0, 1). */
function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const list = (text) => text.split(' ')
const NOUNS = list(
  'account address article basket billing cache cart channel client comment config context cursor customer digest draft event feature filter folder gateway graph handler header image index invoice item job label ledger limit locale member message model notice option order page parser patch payload permission plan policy product profile project query queue range record region report request response result role route row schema scope session setting shard state stream subscription summary tag task team template tenant theme thread ticket timeline upload user value variant vendor version view visitor widget window worker',
)
const VERBS = list(
  'add apply assert build clear close collect compare compute copy create decode delete describe dispatch encode ensure expand fetch find flush format group handle join list load lock map mark merge move normalize open parse patch plan pick print push read record refresh register release remove rename render replace report reset resolve restore retry save schedule select send serialize sort split start stop store submit sync toggle track transform trim update validate verify walk watch wrap write',
)
const PACKAGES = list(
  'react zod express fastify lodash date-fns undici pino openai ai next vite drizzle-orm kysely ioredis bullmq graphql uuid jose axios vitest',
)
const WORDS = list(
  'the a an of for with when without every each only first last next other same whole part list text value user name file line place number time date order page because before after while until which that this these they it is are was has have can must should may never always again here there more less',
)
const PUNCTUATION = ['.', '.', ',', '!', '?', ':']

/** How ordinary code speaks of secrets without holding one; `$1` is a noun, `$2` a verb, `#{` begins an expression. */
const SECRETIVE = [
  "  const token = await session.getToken({ audience: '$1' })",
  '  const apiKey = process.env.OPENAI_API_KEY ?? options.apiKey',
  '  headers.set("authorization", `Bearer #{token}`)',
  '  if (!secret) throw new Error("the secret of the $1 is missing")',
  '  password: z.string().min(12).max(128),',
  '  client_secret: config.get("$1.clientSecret"),',
  '  const { access_token: accessToken, refresh_token: refreshToken } = await response.json()',
  '  const maxTokens = countTokens(prompt) + reserve.$1',
  '  api_key: env.$1_API_KEY,',
  '  const privateKey = await importPKCS8(await readFile(path), "ES256")',
  '  // the API key is read from the environment and never logged',
  '  secretName: `$1-$2-credentials`,',
  '  type TokenUsage = { promptTokens: number; completionTokens: number; totalTokens: number }',
  '  authToken={session?.user?.token} onSecret={handleSecret}',
  '  expect(() => $2Token("")).toThrow("token must not be empty")',
  "  const csrfToken = document.querySelector('meta[name=csrf-token]')?.content",
  '  const key = `#{tenant}:$1:#{id}`',
  '  const url = new URL("/v1/$1?key=" + encodeURIComponent(key), "https://api.example.com")',
]

const EXPRESSION = ['$', '{'].join('')

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A writer of text with one stream of random numbers; one that is not `secretive` names no secrets at all. */
function createWriter(seed, secretive = true) {
  const random = seeded(seed)
  const below = (n) => Math.floor(random() * n)
  const pick = (items) => items[below(items.length)]
  const capital = (word) => word[0].toUpperCase() + word.slice(1)
  const characters = (alphabet, length) => Array.from({ length }, () => pick(alphabet)).join('')
  return {
    below,
    pick,
    noun: () => pick(NOUNS),
    verb: () => pick(VERBS),
    name: () => pick(VERBS) + capital(pick(NOUNS)),
    type: () => capital(pick(NOUNS)) + capital(pick(NOUNS)),
    sentence: (words = 6 + below(10)) =>
      Array.from({ length: words }, () => pick(random() < 0.7 ? WORDS : NOUNS)).join(' ') + pick(PUNCTUATION),
    hex: (length) => characters('0123456789abcdef', length),
    base64: (bytes) => characters(BASE64, Math.floor((bytes * 4) / 3)),
    secretive: () =>
      secretive
        ? pick(SECRETIVE)
            .replaceAll('$1', pick(NOUNS))
            .replaceAll('$2', pick(VERBS))
            .replaceAll('#{', EXPRESSION)
        : '  void 0',
  }
}

function importLines(w) {
  const lines = Array.from({ length: 3 + w.below(6) }, () =>
    w.below(2) === 0
      ? `import { ${w.name()}, type ${w.type()} } from '${w.pick(PACKAGES)}'`
      : `import { ${w.name()} } from '../${w.noun()}/${w.noun()}-${w.noun()}.ts'`,
  )
  return [...lines, '']
}

function interfaceLines(w) {
  const types = ['string', 'number', 'boolean', 'readonly string[]', 'Date | undefined', w.type()]
  const fields = Array.from({ length: 3 + w.below(6) }, () => `  readonly ${w.name()}: ${w.pick(types)}`)
  return [`/** ${w.sentence()} */`, `export interface ${w.type()} {`, ...fields, '}', '']
}

function functionLines(w) {
  const type = w.type()
  const lines = [`export async function ${w.name()}(${w.noun()}: ${type}): Promise<${w.type()}> {`]
  for (let i = 4 + w.below(12); i > 0; i--) lines.push(statement(w))
  return [
    `/** ${w.sentence()} */`,
    ...lines,
    `  return { ${w.noun()}, ${w.noun()}: ${w.below(1000)} }`,
    '}',
    '',
  ]
}

function statement(w) {
  const kind = w.below(12)
  if (kind === 0) return `  // ${w.sentence()}`
  // About as often as in the code of an application: a few hundred times a megabyte.
  if (kind === 1 && w.below(4) === 0) return w.secretive()
  if (kind < 4)
    return `  if (${w.noun()}.${w.noun()} > ${w.below(5000)}) return await ${w.name()}(${w.noun()})`
  if (kind < 6) return `  log.info({ ${w.noun()}: ${w.noun()}.id }, '${w.sentence(5)}')`
  if (kind < 8)
    return `  for (const ${w.noun()} of ${w.noun()}s) ${w.name()}(${w.noun()}, "${w.noun()}/${w.noun()}")`
  return `  const ${w.noun()} = ${w.pick(['await ', '', ''])}${w.name()}(${w.noun()}.${w.noun()}, { ${w.noun()}: '${w.noun()}-${w.noun()}' })`
}

function typescript(w, size) {
  const lines = [`// ${w.sentence()}`, ...importLines(w)]
  let length = 0
  while (length < size) {
    const block = w.below(4) === 0 ? interfaceLines(w) : functionLines(w)
    for (const line of block) length += line.length + 1
    lines.push(...block)
  }
  return `${lines.join('\n')}\n`
}

function json(w, size) {
  const records = []
  for (let length = 0; length < size; length += 310) {
    records.push({
      id: `${w.hex(8)}-${w.hex(4)}-4${w.hex(3)}-a${w.hex(3)}-${w.hex(12)}`,
      [w.noun()]: w.sentence(),
      [`${w.noun()}Count`]: w.below(100_000),
      tokens: { prompt: w.below(4096), completion: w.below(4096) },
      url: `https://www.example.com/${w.noun()}/${w.name()}?page=${w.below(90)}`,
      commit: w.hex(40),
    })
  }
  return `${JSON.stringify({ version: 2, records }, null, 2)}\n`
}

function lockFile(w, size) {
  const lines = []
  for (let length = 0; length < size; length += 260) {
    const name = `${w.noun()}-${w.noun()}`
    const version = `${w.below(9)}.${w.below(30)}.${w.below(9)}`
    lines.push(
      `    "node_modules/${name}": {`,
      `      "version": "${version}",`,
      `      "resolved": "https://registry.npmjs.org/${name}/-/${name}-${version}.tgz",`,
      `      "integrity": "sha512-${w.base64(64)}A==",`,
      '      "license": "MIT"',
      '    },',
    )
  }
  return `{\n  "packages": {\n${lines.join('\n')}\n    "": {}\n  }\n}\n`
}

function markdown(w, size) {
  const lines = [`# ${w.sentence(4)}`, '']
  for (let length = 0; length < size; length += lines.at(-1).length + lines.at(-2).length) {
    if (w.below(6) === 0) lines.push('', `## ${w.sentence(3)}`, '')
    lines.push(`${w.sentence()} ${w.sentence()} See [${w.noun()}](https://example.org/${w.name()}).`, '')
  }
  return `${lines.join('\n')}\n`
}

function stylesheet(w, size) {
  const lines = []
  for (let length = 0; length < size; length += 700) {
    lines.push(`.${w.noun()}-${w.noun()} {`, `  color: #${w.hex(6)};`, `  padding: ${w.below(40)}px;`, '}')
    lines.push(`.${w.noun()}-icon {`, `  background: url("data:image/png;base64,${w.base64(400)}");`, '}')
  }
  return `${lines.join('\n')}\n`
}

const KINDS = [
  ...Array(14).fill(['ts', typescript]),
  ...Array(2).fill(['json', json]),
  ...Array(2).fill(['md', markdown]),
  ['css', stylesheet],
  ['lock.json', lockFile],
]

/** `count` files of about `size` bytes each as [path, text]: mostly TypeScript, some JSON, Markdown, CSS, locks. */
export function* project(count, size, seed = 1) {
  const w = createWriter(seed)
  for (let i = 0; i < count; i++) {
    const [extension, write] = KINDS[i % KINDS.length]
    const length = Math.round(size * (0.4 + (w.below(1000) / 1000) * 1.2))
    yield [`src/${w.noun()}/${w.noun()}-${i}.${extension}`, write(w, length)]
  }
}

/** TypeScript only, as a commit mostly is. */
export function* sources(count, size, seed = 1, secretive = true) {
  const w = createWriter(seed, secretive)
  for (let i = 0; i < count; i++) yield [`src/${w.noun()}/${w.noun()}-${i}.ts`, typescript(w, size)]
}

/** A few more functions, as an edit of a file adds them. */
export function edit(seed, secretive = true) {
  const w = createWriter(seed, secretive)
  return [...functionLines(w), ...functionLines(w)].join('\n')
}

/** One line of `bytes` bytes without an end, as minified code and its data have it. */
export function longLine(bytes, seed = 1) {
  const pieces = []
  let length = 0
  for (const [, text] of project(400, 10_000, seed)) {
    const piece = text.replace(/\s*\n\s*/g, ';')
    pieces.push(piece)
    length += piece.length
  }
  const unit = pieces.join('')
  return unit.repeat(Math.ceil(bytes / length)).slice(0, bytes)
}

/** A placeholder of a key's shape: a candidate that the filters drop. */
export const PLACEHOLDER = `const openai = new OpenAI({ apiKey: '${['sk', 'proj', 'x'.repeat(74)].join('-')}${['T3Blb', 'kFJ'].join('')}${'x'.repeat(74)}' })\n`

/** A key of the shape of OpenAI's, made here: nobody's. */
export function openaiKey(seed = 1) {
  const w = createWriter(seed)
  const half = () => w.base64(55).slice(0, 73).replaceAll('+', '-').replaceAll('/', '_')
  return `${['sk', 'proj', ''].join('-')}${half()}a${['T3Blb', 'kFJ'].join('')}${half()}A`
}
