// The scanner's own parts, bundled from source, and a rule set to run them with.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { ROOT } from '../bench/scratch.mjs'

const EXPORTS = `
export { createEngine } from './src/engine/index.ts'
export { judgeMatch } from './src/filters/contest.ts'
export { shannonEntropy } from './src/filters/entropy.ts'
export { randomness } from './src/filters/randomness.ts'
export { PROOFS } from './src/filters/proofs/index.ts'
export { patternOf, wholeChunk } from './src/model/index.ts'
export { compileRules } from './src/rules/compile.ts'
export { readRuleFile, readRuleFolder } from './src/rules/read.ts'
export { expandTemplate, seededRandom } from './src/rules/template.ts'`

/** The parts, bundled beside the kernel they load. */
export async function loadParts() {
  const outfile = join(ROOT, 'dist', `.eval-${process.pid}.mjs`)
  const stdin = { contents: EXPORTS, resolveDir: ROOT, loader: 'ts' }
  const options = { bundle: true, format: 'esm', platform: 'node', logLevel: 'warning', packages: 'external' }
  try {
    await build({ absWorkingDir: ROOT, stdin, outfile, ...options, define: { UNLEAK_VERSION: '"eval"' } })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}

/** A rule set from a folder of rule files. */
export function loadRuleset(parts, path = join(ROOT, 'rules')) {
  return parts.compileRules(parts.readRuleFolder(path))
}

/** What a scan of this text in this file reports: rule, secret, provider, severity, confidence. */
export function scanner(parts, ruleset) {
  const engine = parts.createEngine(ruleset)
  return (text, path) => {
    const chunk = parts.wholeChunk(Buffer.from(text, 'latin1'), { kind: 'file', path })
    return engine
      .match(chunk)
      .matches.map((match) => parts.judgeMatch(match, chunk))
      .filter(({ judgement }) => judgement.kept)
      .map(({ candidate, judgement }) => ({
        rule: candidate.rule.id,
        provider: candidate.rule.provider,
        secret: candidate.secret,
        severity: judgement.severity ?? candidate.rule.severity,
        confidence: judgement.confidence,
      }))
  }
}
