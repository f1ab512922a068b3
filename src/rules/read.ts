// Rule files on disk → rule files in memory. The only importer of the YAML parser for rules.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { ToolError } from '../model/index.ts'
import type { ForeignRules } from './foreign/foreign.ts'
import { parseRuleFile, type RuleFile } from './schema.ts'

/** Reads one rule file. Throws ToolError `E_RULES` with the file and the place of the mistake. */
export function readRuleFile(path: string): RuleFile {
  return parseRuleFile(parseYaml(path), path)
}

function parseYaml(path: string): unknown {
  const text = assertReadable(path)
  try {
    return parse(text, { logLevel: 'error' })
  } catch (error) {
    throw new ToolError('E_RULES', `${path}: ${(error as Error).message.split('\n')[0]}`, {
      hint: 'Rule files are YAML.',
    })
  }
}

function assertReadable(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ToolError('E_RULES', `${path}: the rule file could not be read.`, { cause: error })
  }
}

/** Reads a rule file of any tool: ours, gitleaks' and betterleaks' (TOML), kingfisher's and Nosey Parker's (YAML). */
export async function readAnyRuleFile(path: string): Promise<ForeignRules> {
  if (/\.toml$/i.test(path)) {
    assertReadable(path)
    return (await import('./foreign/gitleaks.ts')).readGitleaks(path)
  }
  const content = parseYaml(path)
  const { isKingfisher, translateKingfisher } = await import('./foreign/kingfisher.ts')
  if (isKingfisher(content)) return translateKingfisher(content)
  return { file: parseRuleFile(content, path), notes: [], left: [] }
}

/** Reads every rule file of a folder, by name. A file is named like its provider. */
export function readRuleFolder(folder: string): RuleFile[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort()
  return names.map((name) => {
    const file = readRuleFile(join(folder, name))
    if (file.provider.id !== basename(name, '.yml')) {
      throw new ToolError(
        'E_RULES',
        `${name}: the file of provider "${file.provider.id}" is ${file.provider.id}.yml`,
      )
    }
    return file
  })
}
