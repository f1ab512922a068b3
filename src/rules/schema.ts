// Rule files as people write them, checked field by field with the place of each mistake.

import type { Allowance, Confidence, Severity, VerifySpec } from '../model/index.ts'
import {
  CONFIDENCES,
  type Provider,
  type ResponsePlan,
  SEVERITIES,
  STEPS,
  ToolError,
} from '../model/index.ts'
import { expandAssigned } from './assigned.ts'
import { COMMON_RESPONSES, expandResponse, type WrittenResponse } from './common-response.ts'
import { verifyMistake } from './verify-schema.ts'

/** A value that only the name it is assigned to gives away. */
export interface Assigned {
  /** The provider as names spell it, without regard to case; 3 characters or more each. */
  readonly to: readonly string[]
  /** Regular expression of the value alone. */
  readonly value: string
  /** Last words of the names; by default key, token, secret, password and the like. */
  readonly names?: readonly string[]
  /** False: the provider must stand in the name itself, and not only near it. */
  readonly near?: boolean
}

/** A rule as written in YAML. */
export interface WrittenRule {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly severity: Severity
  readonly confidence?: Confidence
  readonly pattern: string
  readonly ignoreCase?: boolean
  readonly boundary?: 'auto' | 'left' | 'none'
  readonly keywords?: readonly string[]
  readonly assigned?: Assigned
  readonly context?: { words?: readonly string[]; pattern?: string; before?: number; after?: number }
  readonly tier?: 0 | 1 | 2
  readonly entropy?: number
  readonly randomness?: number
  readonly proofs?: readonly string[]
  readonly parts?: readonly { name: string; pattern: string; within?: number }[]
  readonly placeholder?: string
  readonly paths?: readonly string[]
  /** Only of rule files of other tools: a regular expression of the path, and what is let pass. */
  readonly pathPattern?: string
  readonly allow?: readonly Allowance[]
  readonly examples: readonly string[]
  readonly rejects?: readonly string[]
  readonly references?: readonly string[]
  /** Steps of the emergency response that differ from the provider's. */
  readonly response?: Partial<ResponsePlan>
  readonly verify?: VerifySpec
}

/** One provider's file. */
export interface RuleFile {
  readonly provider: Provider
  readonly rules: readonly WrittenRule[]
}

type Check = (value: unknown, at: Place) => void

interface Place {
  readonly file: string
  readonly path: string
}

function fail(at: Place, message: string): never {
  throw new ToolError('E_RULES', `${at.file}: ${at.path || 'top level'}: ${message}`, {
    hint: 'See rules/README.md for the fields of a rule file.',
  })
}

const text: Check = (value, at) => {
  if (typeof value !== 'string' || value.trim() === '') fail(at, 'must be a text that is not empty')
}
const texts: Check = (value, at) => {
  if (!Array.isArray(value)) fail(at, 'must be a list')
  for (const [i, item] of value.entries()) text(item, { ...at, path: `${at.path}[${i}]` })
}
const flag: Check = (value, at) => {
  if (typeof value !== 'boolean') fail(at, 'must be true or false')
}
const amount: Check = (value, at) => {
  if (typeof value !== 'number' || !(value >= 0)) fail(at, 'must be a number, 0 or more')
}
const oneOf =
  (allowed: readonly unknown[]): Check =>
  (value, at) => {
    if (!allowed.includes(value)) fail(at, `must be one of ${allowed.join(', ')}`)
  }
const verify: Check = (value, at) => {
  const mistake = verifyMistake(value)
  if (mistake) fail({ ...at, path: mistake.path ? `${at.path}.${mistake.path}` : at.path }, mistake.message)
}

/** Checks a mapping against its fields: unknown keys and missing required ones are errors. */
function mapping(fields: Readonly<Record<string, Check>>, required: readonly string[]): Check {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(at, 'must be a mapping')
    for (const key of required) if (!(key in value)) fail(at, `"${key}" is missing`)
    for (const [key, item] of Object.entries(value)) {
      const check = fields[key]
      if (!check) fail(at, `"${key}" is not a field; there are ${Object.keys(fields).join(', ')}`)
      check(item, { ...at, path: at.path ? `${at.path}.${key}` : key })
    }
  }
}

const identifier: Check = (value, at) => {
  if (typeof value !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value))
    fail(at, 'must be like "openai-project-key"')
}
const keyword: Check = (value, at) => {
  texts(value, at)
  for (const item of value as string[]) if (item.length < 3) fail(at, `"${item}" is shorter than 3 bytes`)
}

const assigned = mapping({ to: keyword, value: text, names: texts, near: flag }, ['to', 'value'])
const context = mapping({ words: texts, pattern: text, before: amount, after: amount }, [])
const part = mapping({ name: text, pattern: text, within: amount }, ['name', 'pattern'])
const parts: Check = (value, at) => {
  if (!Array.isArray(value)) fail(at, 'must be a list')
  for (const [i, item] of value.entries()) part(item, { ...at, path: `${at.path}[${i}]` })
}
const step = mapping({ text, url: text }, ['text'])
const steps = Object.fromEntries(STEPS.map((name) => [name, step]))
const ownResponse = mapping(steps, [])
const commonResponse = mapping({ common: oneOf(COMMON_RESPONSES), url: text, ...steps }, [])

/** All five steps in words of its own, or `common`, which has words for those that are not given. */
const response: Check = (value, at) => {
  commonResponse(value, at)
  if ('common' in (value as object)) return
  const missing = STEPS.find((name) => !(name in (value as object)))
  if (missing) fail(at, `"${missing}" is missing; or take all steps from "common: key"`)
  if ('url' in (value as object)) fail(at, '"url" belongs to "common"; else each step has its own')
}

const checkRule = mapping(
  {
    id: identifier,
    title: text,
    description: text,
    severity: oneOf(SEVERITIES),
    confidence: oneOf(CONFIDENCES),
    pattern: text,
    ignoreCase: flag,
    boundary: oneOf(['auto', 'left', 'none']),
    keywords: keyword,
    assigned,
    context,
    tier: oneOf([0, 1, 2]),
    entropy: amount,
    randomness: amount,
    proofs: texts,
    parts,
    placeholder: text,
    paths: texts,
    examples: texts,
    rejects: texts,
    references: texts,
    response: ownResponse,
    verify,
  },
  ['id', 'title', 'severity', 'examples'],
)

/** A rule has a pattern, or names what its value is assigned to. */
const checkPattern: Check = (rule, at) => {
  checkRule(rule, at)
  if ('pattern' in (rule as object) === 'assigned' in (rule as object))
    fail(at, 'give either "pattern" or "assigned"')
}

const checkFile = mapping(
  {
    provider: identifier,
    name: text,
    site: text,
    env: texts,
    response,
    rules: (value, at) => {
      if (!Array.isArray(value)) fail(at, 'must be a list')
      for (const [i, rule] of value.entries())
        checkPattern(rule, { ...at, path: `rules[${i}]${ruleName(rule)}` })
    },
  },
  ['provider', 'name', 'response', 'rules'],
)

function ruleName(rule: unknown): string {
  const id = (rule as { id?: unknown } | null)?.id
  return typeof id === 'string' ? ` (${id})` : ''
}

/** Checks the parsed content of one rule file. Throws ToolError `E_RULES` that names file and field. */
export function parseRuleFile(content: unknown, file: string): RuleFile {
  checkFile(content, { file, path: '' })
  const written = content as {
    provider: string
    name: string
    site?: string
    env?: string[]
    response: WrittenResponse
    rules: WrittenRule[]
  }
  const { provider: id, name, site, env = [], response, rules } = written
  return {
    provider: { id, name, ...(site ? { site } : {}), env, response: expandResponse(response, name) },
    rules: rules.map(expandAssigned),
  }
}
