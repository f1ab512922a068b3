// Judges a match and, where its rule has nothing to do with the bytes after all, those that it kept out.
import type { Chunk, Match } from '../model/index.ts'
import type { Candidate } from './candidate.ts'
import { type Judgement, judge } from './index.ts'
import { candidateOf } from './view.ts'

export interface Contest {
  readonly match: Match
  readonly candidate: Candidate
  readonly judgement: Judgement
}

/**
 * The first that is kept, or dropped for a reason that holds for any rule: a placeholder stays one, whoever
 * claims it. Else what was said of the strongest.
 * @param see what the judge is shown of a candidate
 */
export function judgeMatch(
  match: Match,
  chunk: Chunk,
  see: (candidate: Candidate) => Candidate = (candidate) => candidate,
): Contest {
  let first: Contest | undefined
  for (const contender of [match, ...(match.others ?? [])]) {
    const candidate = candidateOf(contender, chunk)
    const contest = { match: contender, candidate, judgement: judge(see(candidate)) }
    if (contest.judgement.kept || !contest.judgement.ruleOnly) return contest
    first ??= contest
  }
  return first!
}
