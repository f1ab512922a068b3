// The marked block in a hook file: put in, found, replaced, taken out, all byte for byte.
import { ToolError } from '../model/errors.ts'

// Bytes are handled as latin1 text: a hook may be in any encoding, and must come back as it was.
const BEGIN = '# unleak:begin'
const END = '# unleak:end'
const BLOCK = /^# unleak:begin\b[^\n]*\n(?:[^\n]*\n)*?# unleak:end\b[^\n]*(\n|$)/m

export function blockOf(lines: readonly string[]): string {
  return Buffer.from([BEGIN, ...lines, END, ''].join('\n')).toString('latin1')
}

export function findBlock(text: string, path: string): { index: number; text: string } | undefined {
  const found = BLOCK.exec(text)
  if (found) return { index: found.index, text: found[0] }
  if (!/^# unleak:(begin|end)\b/m.test(text)) return undefined
  throw new ToolError('E_HOOK', `${path} holds half of a block of unleak's`, {
    hint: `Delete the lines from "${BEGIN}" to "${END}" by hand, then try again.`,
  })
}

/** The text with our block in it; the same text when it is there already. */
export function withBlock(text: string, lines: readonly string[], path: string): string {
  const block = blockOf(lines)
  const old = findBlock(text, path)
  if (old) {
    // A checkout may have turned our line feeds into CRLF; that is no difference.
    if (old.text.replaceAll('\r', '').trimEnd() === block.trimEnd()) return text
    const end = old.text.endsWith('\n') ? block : block.trimEnd()
    return text.slice(0, old.index) + end + text.slice(old.index + old.text.length)
  }
  const at = leadIn(text)
  // Without a line feed at the end of what is there, the block brings one before it and has none after it.
  if (at > 0 && text[at - 1] !== '\n') return `${text.slice(0, at)}\n${block.trimEnd()}${text.slice(at)}`
  return text.slice(0, at) + block + text.slice(at)
}

export function withoutBlock(text: string, path: string): string {
  const found = findBlock(text, path)
  if (!found) return text
  const before = text.slice(0, found.index)
  const after = text.slice(found.index + found.text.length)
  return (found.text.endsWith('\n') ? before : before.replace(/\n$/, '')) + after
}

// Lines that put node on the PATH (`. "$HOME/.nvm/nvm.sh"`, `export PATH=…`, husky 8's `. husky.sh`): before
// them there may be no node to run unleak with. Nothing else may stand above us: it could end the script.
const SETS_PATH = /^\s*(export\s+)?(PATH|NVM_DIR|VOLTA_HOME|FNM_DIR|PNPM_HOME|ASDF_DIR)=[^`;&|]*$/
const LOADS_NODE =
  /^\s*(\[\s[^\]]*\]\s*&&\s*)?(\\?\.|source|eval)\s[^;&|]*\b(nvm|fnm|asdf|mise|volta|nodenv|huskyrc|husky\.sh)\b[^;&|]*$/
const BLANK = /^\s*(#.*)?$/

/** Where the block goes: after `#!` and after lines that only make node reachable, before anything else. */
function leadIn(text: string): number {
  let at = 0
  let place = 0
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const words = line.trimEnd()
    const isInterpreter = at === 0 && words.startsWith('#!')
    const isSetUp = isComplete(words) && (SETS_PATH.test(words) || LOADS_NODE.test(words))
    if (!isInterpreter && !isSetUp && !BLANK.test(words)) break
    at += line.length
    if (isInterpreter || isSetUp) place = at
  }
  return place
}

/** No open quote and no continuation: a block put after this line starts a command of its own. */
function isComplete(line: string): boolean {
  const count = (quote: string) => line.split(quote).length - 1
  return count('"') % 2 === 0 && count("'") % 2 === 0 && !/\\\s*$/.test(line)
}
