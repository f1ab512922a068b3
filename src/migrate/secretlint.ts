// .secretlintrc and .secretlintignore: rules that are off, and paths.
import { parse } from '../config/yaml-file.ts'
import { list, record, records } from '../rules/foreign/fields.ts'
import { patternLines } from './lines.ts'
import { collect, type Reader } from './types.ts'

/** What a rule of secretlint looks for, as a provider or rule of ours. */
const PROVIDERS: Readonly<Record<string, string>> = {
  aws: 'aws',
  gcp: 'google',
  slack: 'slack',
  npm: 'npm',
  github: 'github',
  gitlab: 'gitlab',
  openai: 'openai',
  anthropic: 'anthropic',
  sendgrid: 'sendgrid',
  shopify: 'shopify',
  linear: 'linear',
  '1password': 'onepassword',
  groq: 'groq',
  huggingface: 'huggingface',
  notion: 'notion',
  figma: 'figma',
  vercel: 'vercel',
  cloudflare: 'cloudflare',
  grafana: 'grafana',
  docker: 'docker',
  databricks: 'databricks',
}

/** @param isKnown says whether a provider or rule of ours has that name */
export function secretlintReader(isKnown: (name: string) => boolean): Reader {
  return (text, name) => {
    const into = collect()
    const content = record(parse(text, { logLevel: 'error' }))
    if (!Array.isArray(content.rules)) throw new SyntaxError('has no list "rules"')
    const visit = (rules: readonly Readonly<Record<string, unknown>>[]) => {
      for (const rule of rules) {
        readRule(rule, `${name} (${String(rule.id)})`, isKnown, into)
        visit(records(rule.rules))
      }
    }
    visit(records(content.rules))
    return into.done()
  }
}

function readRule(
  { id, disabled, rules, options, allowMessageIds }: Readonly<Record<string, unknown>>,
  at: string,
  isKnown: (name: string) => boolean,
  { set, leave }: Pick<ReturnType<typeof collect>, 'set' | 'leave'>,
): void {
  const short = String(id).replace(/^.*secretlint-rule-/, '')
  const own = PROVIDERS[short]
  if (disabled === true && own !== undefined && isKnown(own)) set({ at, key: 'skip', value: own })
  else if (disabled === true) leave(at, 'disabled', 'there is no provider of unleak that is just this')
  else if (!short.startsWith('preset-') && own === undefined && rules === undefined)
    leave(at, 'a rule', 'look whether one of ours does it: unleak rules list')
  const allows = list(record(options).allows)
  if (allows.length > 0)
    leave(
      at,
      `${allows.length} allows`,
      'unleak takes no pattern that hides secrets by their text: unleak review accepts single ones',
    )
  const messages = list(allowMessageIds)
  if (messages.length > 0)
    leave(at, `allowMessageIds ${messages.join(', ')}`, 'skip a rule of ours instead: unleak rules list')
}

/** Lines as in a .gitignore. */
export const readSecretlintIgnore: Reader = (text, name) => {
  const { set, leave, done } = collect()
  for (const { line, at } of patternLines(text, name)) {
    if (line.startsWith('!'))
      leave(at, line, 'a path that is ignored can not be taken back: narrow the line above')
    else for (const value of gitignoreGlobs(line)) set({ at, key: 'ignorePaths', value })
  }
  return done()
}

/** A line without a slash in it holds at any depth; a folder means all below. */
function gitignoreGlobs(line: string): string[] {
  const isFolder = line.endsWith('/')
  const bare = line.replace(/^\/|\/$/g, '')
  const anchored = line.slice(0, -1).includes('/') ? bare : `**/${bare}`
  return isFolder || anchored.endsWith('**')
    ? [isFolder ? `${anchored}/**` : anchored]
    : [anchored, `${anchored}/**`]
}
