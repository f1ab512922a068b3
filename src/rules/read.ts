// Rule files on disk → rule files in memory. The only importer of the YAML parser for rules.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { ToolError } from '../model/index.ts'
import { parseRuleFile, type RuleFile } from './schema.ts'

/** Reads one rule file. Throws ToolError `E_RULES` with the file and the place of the mistake. */
export function readRuleFile(path: string): RuleFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new ToolError('E_RULES', `${path}: the rule file could not be read.`, { cause: error })
  }
  let content: unknown
  try {
    content = parse(text, { logLevel: 'error' })
  } catch (error) {
    throw new ToolError('E_RULES', `${path}: ${(error as Error).message.split('\n')[0]}`, {
      hint: 'Rule files are YAML.',
    })
  }
  return parseRuleFile(content, path)
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
