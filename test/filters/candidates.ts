// Hand-made candidates: a text in which `[[…]]` marks the secret, and a rule that says what the test needs.
import type { Candidate } from '../../src/filters/candidate.ts'
import type { Rule } from '../../src/model/index.ts'

export function ruleOf(changes: Partial<Rule> = {}): Rule {
  return {
    id: 'acme-key',
    provider: 'acme',
    severity: 'high',
    confidence: 'high',
    source: '',
    ignoreCase: false,
    keywords: ['acme'],
    anchors: [0],
    maxLength: 200,
    bounded: false,
    tier: 2,
    keywordsAreContext: false,
    proofs: [],
    prefixes: [],
    ...changes,
  }
}

export interface Surroundings {
  readonly rule?: Partial<Rule>
  readonly path?: string
  /** Name group; the match then starts at this name's last occurrence ahead of the secret. */
  readonly name?: string
}

/** The candidate for the marked part of `text`. */
export function candidate(text: string, { rule, path, name }: Surroundings = {}): Candidate {
  const open = text.indexOf('[[')
  const secret = text.slice(open + 2, text.indexOf(']]'))
  const bytes = Buffer.from(text.replace('[[', '').replace(']]', '')).toString('latin1')
  const at = Buffer.from(text.slice(0, open)).length
  const start = name === undefined ? at : bytes.lastIndexOf(name, at)
  const end = at + Buffer.from(secret).length
  const lineStart = bytes.lastIndexOf('\n', start - 1) + 1
  const lineEnd = bytes.indexOf('\n', end)
  return {
    rule: ruleOf(rule),
    secret: bytes.slice(at, end),
    text: bytes.slice(start, end),
    groups: { secret: bytes.slice(at, end), name },
    path,
    via: [],
    around: (before, after) => bytes.slice(Math.max(0, start - before), end + after),
    lines: () => bytes.slice(lineStart, lineEnd === -1 ? undefined : lineEnd),
    lineAbove: () =>
      lineStart === 0 ? '' : bytes.slice(bytes.lastIndexOf('\n', lineStart - 2) + 1, lineStart - 1),
  }
}

/** A secret alone on its line. */
export function secretOf(secret: string, surroundings: Surroundings = {}): Candidate {
  return candidate(`[[${secret}]]`, surroundings)
}

/** A value under a name, as the generic rules see it. */
export function assigned(text: string, name: string, path = 'app.yml'): Candidate {
  return candidate(text, {
    rule: { id: 'generic-secret-assignment', provider: 'generic', tier: 0 },
    name,
    path,
  })
}
