// What `unleak init` shall do: as flags say it, or, where they say nothing and somebody is there, as answers do.
import {
  AGENT_IDS,
  CI_IDS,
  HOOK_NAMES,
  type HookName,
  type ManagerId,
  nameOfCi,
  type Place,
  type Survey,
  survey,
} from '../../hooks/index.ts'
import { ToolError } from '../../model/index.ts'
import type { Arguments } from '../arguments.ts'
import type { CommandContext } from '../commands.ts'
import { canAsk } from '../confirm.ts'
import { choose, chooseSome } from '../prompts.ts'

/** Each part by itself; undefined: it is not wished for. */
export interface Wishes {
  readonly git?:
    | {
        readonly manager?: ManagerId | undefined
        readonly place?: Place | undefined
        readonly hooks?: readonly HookName[] | undefined
      }
    | undefined
  /** `found`, or one of CI_IDS. */
  readonly ci?: string | undefined
  readonly weekly?: string | undefined
  /** Ids; empty: those that are found. */
  readonly agents?: readonly string[] | undefined
}

/** Undefined when the person stopped at a question. */
export async function wishesOf(context: CommandContext): Promise<Wishes | undefined> {
  const { args } = context
  const isSaid = [...MANAGERS, ...PLACES, 'hooks', 'agents', 'weekly', 'ci', 'yes', 'remove', 'dry-run'].some(
    (name) => args.has(name),
  )
  return isSaid || !canAsk() ? wishesFrom(args) : await askWishes(context)
}

const MANAGERS = ['husky', 'lefthook', 'pre-commit', 'simple-git-hooks', 'native'] as const
const PLACES = ['global', 'template', 'pre-receive'] as const

/** Git's hooks unless only something else was named. */
function wishesFrom(args: Arguments): Wishes {
  const manager = oneOf(args, MANAGERS)
  const place = oneOf(args, PLACES)
  const hooks = hooksFrom(args.one('hooks'))
  const isOther = ['agents', 'weekly', 'ci'].some((name) => args.has(name))
  const isGit = [manager, place, hooks].some((said) => said !== undefined) || !isOther
  return {
    git: isGit ? { manager, place, hooks } : undefined,
    ci: ciFrom(args.one('ci')),
    weekly: args.one('weekly'),
    agents: agentsFrom(args.one('agents')),
  }
}

function oneOf<T extends string>(args: Arguments, names: readonly T[]): T | undefined {
  const [name, ...more] = names.filter((each) => args.has(each))
  if (more.length > 0) throw new ToolError('E_USAGE', `--${name} and --${more[0]}: choose one.`)
  return name
}

function hooksFrom(text: string | undefined): readonly HookName[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  const wrong = names.find((name) => !(HOOK_NAMES as readonly string[]).includes(name))
  if (wrong !== undefined)
    throw new ToolError('E_USAGE', `--hooks: "${wrong}" is not one of ${HOOK_NAMES.join(', ')}.`)
  return names as HookName[]
}

function ciFrom(text: string | undefined): string | undefined {
  if (text === undefined || text === 'found' || CI_IDS.includes(text)) return text
  throw new ToolError('E_USAGE', `--ci: "${text}" is not one of ${CI_IDS.join(', ')}.`)
}

function agentsFrom(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const named = text.split(',').filter((id) => id !== 'found')
  const unknown = named.find((id) => !AGENT_IDS.includes(id))
  if (unknown !== undefined)
    throw new ToolError('E_USAGE', `--agents: "${unknown}" is not one of ${AGENT_IDS.join(', ')}.`)
  return named
}

async function askWishes({ cwd, env }: CommandContext): Promise<Wishes | undefined> {
  const here = await survey(cwd, env)
  const manager = await choose('Which hook manager shall run unleak?', managerChoices(here))
  if (manager === undefined) return undefined
  const more = await chooseSome<HookName>('Beside commits, what shall be checked?', MORE_HOOKS, [
    'commit-msg',
    'pre-push',
  ])
  if (more === undefined) return undefined
  const extras = await chooseSome<Extra>('What else shall be set up?', extraChoices(here), [])
  if (extras === undefined) return undefined
  const ci = extras.includes('ci') ? await askCi(here) : 'none'
  if (ci === undefined) return undefined
  return {
    git: { manager, hooks: ['pre-commit', ...more] },
    ci: ci === 'none' ? undefined : ci,
    weekly: extras.includes('weekly') ? 'auto' : undefined,
    agents: extras.includes('agents') ? here.agents.map(({ id }) => id) : undefined,
  }
}

const MANAGER_WORDS: Readonly<Record<ManagerId, string>> = {
  husky: 'husky',
  lefthook: 'lefthook',
  'pre-commit': 'the pre-commit framework',
  'simple-git-hooks': 'simple-git-hooks',
  native: 'plain git hooks',
}

function managerChoices({ managers }: Survey) {
  return managers.map(({ id, isFound }, i) => {
    const hint = isFound ? 'found here' : id === 'native' ? '' : 'not found here'
    return { value: id, label: MANAGER_WORDS[id], hint: i === 0 && !isFound ? 'the usual choice here' : hint }
  })
}

const MORE_HOOKS = [
  { value: 'commit-msg', label: 'commit messages', hint: 'commit-msg' },
  { value: 'pre-push', label: 'pushes', hint: 'pre-push: what was committed past the hook' },
] as const

type Extra = 'ci' | 'weekly' | 'agents'

function extraChoices({ ci, agents }: Survey) {
  const found = agents.map(({ name }) => name).join(', ')
  const choices: { value: Extra; label: string; hint: string }[] = [
    {
      value: 'ci',
      label: 'the check in CI, which nobody can leave out',
      hint: ci.length === 1 ? nameOfCi(ci[0]!) : 'you are asked which',
    },
    { value: 'weekly', label: 'a weekly health check of your OpenAI keys', hint: 'a scheduled workflow' },
  ]
  if (agents.length > 0) choices.push({ value: 'agents', label: 'hooks for your coding agents', hint: found })
  return choices
}

/** Where there is no doubt it is not asked. */
async function askCi({ ci }: Survey): Promise<string | undefined> {
  if (ci.length === 1) return ci[0]
  const ids = [...ci, ...CI_IDS.filter((id) => !ci.includes(id))]
  return await choose(
    'Which CI system?',
    ids.map((id) => ({ value: id, label: nameOfCi(id), hint: ci.includes(id) ? 'found here' : '' })),
  )
}

/** The same wishes as a command line, for the next repository and for scripts. */
export function commandLineOf({ git, ci, weekly, agents }: Wishes): string {
  const words = ['unleak init']
  if (git?.manager) words.push(`--${git.manager}`)
  if (git?.hooks && git.hooks.length < HOOK_NAMES.length) words.push(`--hooks ${git.hooks.join(',')}`)
  if (ci) words.push(`--ci=${ci}`)
  if (weekly) words.push('--weekly')
  if (agents) words.push(`--agents=${agents.join(',')}`)
  return words.join(' ')
}
