// Runs every stage once over a sample: what is compiled by then is what the compile cache keeps.
import { createEngine, createFastPrefilter } from './engine/index.ts'
import { judgeMatches } from './judge-matches.ts'
import { wholeChunk } from './model/index.ts'
import { loadRules } from './rules/load.ts'

/** Ordinary code that brings candidates, which the filters drop; and a text for each decoder. */
const SAMPLE = `
const password = process.env.PASSWORD ?? 'change-me-please'
const apiKey = 'your-api-key-goes-here'
token: 'session-token-of-the-user', secret = "correct horse battery"
db = "postgres://user:password@localhost:5432/name?api%5Fkey=abc"
client_secret: config.get('oauth.clientSecret'), sessionToken = "a1b2c3d4e5f6a7b8"
data: cGFzc3dvcmQ9Y2hhbmdlLW1lLXBsZWFzZSBhbmQgc28gb24gYW5kIHNvIG9u
`

/** Never fails a run: the caller has its result already. */
export async function warmUp(): Promise<void> {
  const { ruleset } = await loadRules()
  const engine = createEngine(ruleset, createFastPrefilter)
  const placeholder = `OPENAI_API_KEY="${['sk', 'proj', 'x'.repeat(74)].join('-')}${['T3Blb', 'kFJ'].join('')}${'x'.repeat(74)}"`
  const chunk = wholeChunk(Buffer.from(SAMPLE + placeholder), { kind: 'file', path: 'sample.ts' })
  judgeMatches(engine.match(chunk).matches, chunk, new Map())
}
