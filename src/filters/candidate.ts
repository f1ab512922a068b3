// What filters and proofs may look at, and what they answer.
import type { Confidence, Rule } from '../model/index.ts'

/** A match under judgement. Text is latin1 (one character is one byte) and never leaves the filters. */
export interface Candidate {
  readonly rule: Rule
  /** The secret itself. */
  readonly secret: string
  /** The whole match. */
  readonly text: string
  /** Named groups of the pattern that took part, `secret` and `name` among them. */
  readonly groups: Readonly<Record<string, string | undefined>>
  /**
   * Path of the file or blob, with `/`; undefined for stdin and messages. Filters ask for it last: an audit does not
   * know it yet, tries the path at which most is kept, and looks again where the path was asked for.
   */
  readonly path: string | undefined
  /** Decoders the text went through, outermost first. */
  readonly via: readonly string[]
  /** Up to `before` bytes ahead of the match and `after` bytes behind it, and the match between them. */
  around(before: number, after: number): string
  /** The line the match starts on and the lines up to its end, at most 1 KiB to each side of the match. */
  lines(): string
  /** The line above the first, at most 1 KiB of it; empty at the top. */
  lineAbove(): string
}

/** Whatever is kept at some path is kept at this one, too; a test holds the filters to it. */
export const MOST_KEPT_PATH = '.env'

/** A reason to drop a candidate, checked in the order of the registry. */
export interface Filter {
  /** The named reason, as reports and `--verbose` show it. */
  readonly reason: string
  /** True: what it says holds for this rule only, and another rule may keep the same bytes. */
  readonly ruleOnly?: boolean
  /** True: drop it. */
  drops(candidate: Candidate): boolean
}

/** What an offline proof says of a candidate. */
export type ProofOutcome =
  /** Made by the provider, or not: `confidence` replaces the rule's, `evidence` is told. */
  | {
      readonly verdict: 'proven' | 'doubtful'
      readonly confidence?: Confidence
      readonly evidence: readonly string[]
    }
  /** The structure has nothing to say. */
  | { readonly verdict: 'silent' }
  /** Not what the rule looks for; another rule that claims the same bytes may know them. */
  | { readonly verdict: 'foreign'; readonly reason: string }
  /** Cannot be a credential: dropped, with a reason to show. */
  | { readonly verdict: 'refuted'; readonly reason: string }

/** An offline proof that rules ask for by name: a checksum, a structure, a decodable body. */
export interface Proof {
  readonly name: string
  /** True: it compares a checksum in the secret itself; one that does not match leaves little of any mark. */
  readonly isChecksum?: boolean
  check(candidate: Candidate): ProofOutcome
  /** For `{proof(name)}` in templates: what must follow `text` so that the proof passes. */
  complete?(text: string): string
}
