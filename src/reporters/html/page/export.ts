// What is left to do, as Markdown, saved as a file.
import type { PageData } from '../data.ts'
import type { Row } from './model.ts'
import type { Ticks } from './ticks.ts'
import { count, day, placeText, STEP_WORDS } from './words.ts'

const MAX_PLACES = 3

/** A task list of all steps that are not ticked. */
export function todoMarkdown({ scan }: PageData, rows: readonly Row[], ticks: Ticks): string {
  const open = rows
    .map((row) => ({ row, left: row.steps.filter(({ step }) => !ticks.get(row.finding.id)?.has(step)) }))
    .filter(({ row, left }) => left.length > 0 || row.steps.length === 0)
  const head = `# What is left to do\n\n${count(open.length, 'secret')} of ${rows.length}, from the scan of ${day(scan.startedAt)}.\n`
  return [head, ...open.map(({ row, left }) => section(row, left))].join('\n')
}

function section({ finding }: Row, left: Row['steps']): string {
  const { title, secret, severity, id, places, files } = finding
  const where = places.slice(0, MAX_PLACES).map((place) => code(placeText(place)))
  const more = places.length > MAX_PLACES ? ` and ${places.length - MAX_PLACES} more` : ''
  const steps = left.map(({ step, text, url }) => {
    const named = step === 'update' && files ? ` (${files.map(code).join(', ')})` : ''
    return `- [ ] **${STEP_WORDS[step] ?? step}**: ${plain(text)}${named}${url ? ` <${url}>` : ''}`
  })
  return `## ${plain(title)} ${code(secret.redacted)} (${severity})\n\n${where.join(', ')}${more}. Finding ${id}.\n\n${steps.join('\n')}\n`
}

function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&')
}

function code(text: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length)))
  return fence.length > 1 ? `${fence} ${text} ${fence}` : fence + text + fence
}

export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 1000)
}
