// The registry of sources: one file each, one line here.
import type { Command } from '../model/index.ts'
import type { Source } from './source.ts'
import { readStaged } from './staged.ts'

export type { Share, Shared, Source, Tally } from './source.ts'

/** Sources that the hook does not need load when they are asked for. */
const SOURCES: Readonly<Record<Exclude<Command, 'audit'>, Source>> = {
  staged: readStaged,
  message: later(async () => (await import('./message.ts')).readMessage),
  scan: later(async () => (await import('./files.ts')).readFiles),
  stdin: later(async () => (await import('./stdin.ts')).readStdin),
  push: later(async () => (await import('./range.ts')).readRange),
  ci: later(async () => (await import('./range.ts')).readRange),
}

function later(load: () => Promise<Source>): Source {
  return async function* (...args) {
    yield* (await load())(...args)
  }
}

export const openSource: Source = (plan, ...rest) => {
  if (plan.command === 'audit') throw new Error('an audit has no source: see src/audit/run.ts')
  return SOURCES[plan.command](plan, ...rest)
}
