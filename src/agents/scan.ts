// Texts of an agent → findings, with the rules, filters and accepted findings of any other scan.
import { createEngine, createFastPrefilter } from '../engine/index.ts'
import { judgeMatches } from '../judge-matches.ts'
import {
  type Chunk,
  type Finding,
  type IgnoreEntry,
  type ScanPlan,
  ToolError,
  wholeChunk,
} from '../model/index.ts'
import { ProblemList } from '../problems.ts'
import type { LoadedRules } from '../rules/load.ts'
import type { Sighting } from '../sighting.ts'
import type { AgentText } from './texts.ts'

/** What is in one text. */
export interface TextFinding {
  readonly where: string
  readonly finding: Finding
  readonly isShown: boolean
}

export interface AgentTools {
  readonly plan: ScanPlan
  readonly rules: LoadedRules
  readonly ignores: () => Promise<readonly IgnoreEntry[]>
}

export async function scanTexts(texts: readonly AgentText[], tools: AgentTools): Promise<TextFinding[]> {
  const { plan, rules } = tools
  const engine = createEngine(rules.ruleset, createFastPrefilter)
  const found: TextFinding[] = []
  for (const text of texts) {
    const chunk = chunkOf(text)
    const { matches, budgetSpent } = engine.match(chunk)
    if (budgetSpent && !text.isShown)
      throw new ToolError('E_USAGE', `${text.where} is encoded so deeply that it can't be checked.`)
    if (matches.length === 0) continue
    const sightings = judgeMatches(matches, chunk, new Map())
    if (sightings.length === 0) continue
    // A test fixture may be read; a guess from a name alone is not worth a refusal.
    for (const finding of await settle(sightings, tools, engine))
      if (!text.isShown || finding.severity !== 'low')
        found.push({ where: text.where, finding, isShown: text.isShown === true })
  }
  return found.filter(({ finding }) => !finding.places.every(({ path }) => path && plan.isIgnoredPath(path)))
}

function chunkOf({ text, path, earlier }: AgentText): Chunk {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return wholeChunk(bytes, path === undefined ? { kind: 'stdin' } : { kind: 'file', path }, earlier)
}

async function settle(
  sightings: readonly Sighting[],
  { plan, rules, ignores }: AgentTools,
  engine: ReturnType<typeof createEngine>,
): Promise<Finding[]> {
  const { settleFindings } = await import('../settle.ts')
  const log = {
    started: new Date(),
    tally: { commits: 0, objects: 0, blobs: 0, files: 0, bytes: 0 },
    problems: new ProblemList(),
    dropped: new Map<string, number>(),
  }
  return await settleFindings(sightings, plan, {
    about: await rules.about(),
    tools: { ignores },
    log,
    engine,
  })
}
