// `unleak rules`: what is looked for, told to people.
import { describe, expect, it } from 'vitest'
import { unleak } from '../helpers/cli.ts'
import { tempFolder } from '../helpers/repo.ts'

const cwd = tempFolder()
const rules = (...args: string[]) => unleak(['rules', ...args], cwd)

describe('unleak rules', () => {
  it('lists all rules, or those of a provider, each with its severity and title', () => {
    const all = rules('list')
    expect(all.status).toBe(0)
    const lines = all.stdout.trim().split('\n')
    expect(lines.at(-1)).toMatch(
      new RegExp(`^${lines.length - 1} rules of \\d+ providers; rule set [0-9a-f]{16}$`),
    )
    const ofOne = rules('list', 'openai')
    expect(ofOne.stdout).toMatch(/^openai-project-key +critical +OpenAI project API key$/m)
    expect(ofOne.stdout).not.toMatch(/^cohere/m)
  })

  it('shows a rule that names itself with its whole pattern, and the five steps', () => {
    const { status, stdout } = rules('show', 'openai-project-key')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ {2}pattern {5}\/.*sk-proj-.*\/$/m)
    for (const [i, step] of ['revoke', 'replace', 'update', 'billing', 'review'].entries())
      expect(stdout).toMatch(new RegExp(`^  ${i + 1}\\. ${step}`, 'm'))
  })

  it('shows of an assigned value the value and its names, not a screen of pattern', () => {
    const { stdout } = rules('show', 'cohere-api-key')
    expect(stdout).toMatch(/^ {2}value {7}\/.*\/$/m)
    expect(stdout).toMatch(/^ {2}keywords {4}cohere, /m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(400)
  })

  it('says when there is no such rule', () => {
    const { status, stderr } = rules('show', 'no-such-rule')
    expect(status).toBe(2)
    expect(stderr).toContain('"no-such-rule" is neither a rule nor a provider')
  })
})
