// Plain git hooks, in the directory that git really uses.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ToolError } from '../model/errors.ts'
import { fromTop, isHuskyDir, isInside } from './site.ts'
import { chosenHooks, GIT_HOOKS } from './table.ts'
import { Claim, type HookHome, type ManagerPlan, type Site } from './types.ts'

export const native: ManagerPlan = {
  id: 'native',

  claim(site) {
    if (site.hooksConfig && isOfRepository(site) && !isHuskyDir(site.hooksDir)) return Claim.decided
    // Hooks that are at work would stop if husky took over.
    return activeHooks(join(site.commonDir, 'hooks')).length > 0 ? Claim.hooksAtWork : Claim.none
  },

  async home(site, options) {
    refuseUnusable(site)
    const isVersioned = isInside(site.hooksDir, site.top) && !isInside(site.hooksDir, site.commonDir)
    return {
      dir: site.hooksDir,
      rows: chosenHooks(options.hooks),
      direct: true,
      versioned: isVersioned,
      scripts: {},
      added: [],
      steps: [],
      notes: notesOn(site, isVersioned),
      ready: true,
    } satisfies HookHome
  },

  homes(site) {
    const dirs = new Set([join(site.commonDir, 'hooks')])
    if (site.own.some((dir) => isInside(site.hooksDir, dir)) && !isHuskyDir(site.hooksDir)) {
      dirs.add(site.hooksDir)
    }
    return [...dirs].map((dir) => ({ dir, direct: true }))
  },

  tearDown: () => ({ scripts: {}, steps: [], notes: [] }),
}

/** Hooks that git would run from this directory today, ours left out. */
export function activeHooks(dir: string): string[] {
  return GIT_HOOKS.filter((name) => {
    const path = join(dir, name)
    if (!existsSync(path) || !isExecutable(path)) return false
    return !readFileSync(path, 'latin1').includes('# unleak:begin')
  })
}

/** Windows has no such mode: there git goes by the file's first line. */
export const isExecutable = (path: string): boolean =>
  process.platform === 'win32' || (statSync(path).mode & 0o111) !== 0

const isOfRepository = (site: Site): boolean =>
  site.hooksConfig?.scope !== 'global' && site.hooksConfig?.scope !== 'system'

function refuseUnusable(site: Site): void {
  const { hooksDir } = site
  if (existsSync(hooksDir) && !statSync(hooksDir).isDirectory()) {
    throw new ToolError('E_HOOK', `git hooks are switched off here: core.hooksPath is ${hooksDir}`, {
      hint: 'Take that setting away: git config --show-origin core.hooksPath tells where it is.',
    })
  }
  if (isHuskyDir(hooksDir) && existsSync(join(hooksDir, 'h'))) {
    throw new ToolError('E_HOOK', `git takes its hooks from husky here (core.hooksPath is ${hooksDir})`, {
      hint: 'Run `unleak init` without --native: husky keeps running, and runs unleak too.',
    })
  }
  if (site.own.some((dir) => isInside(hooksDir, dir))) return
  throw new ToolError('E_HOOK', `git takes its hooks from ${hooksDir}, which other repositories may share`, {
    hint:
      'Give this repository hooks of its own, then try again: git config --local core.hooksPath .githooks\n' +
      'Hooks in the shared directory then no longer run here: copy over those you want.',
  })
}

function notesOn(site: Site, isVersioned: boolean): string[] {
  const notes: string[] = []
  if (!isVersioned) {
    notes.push('Git hooks are not cloned: whoever else works here runs `unleak init` too.')
  } else if (site.hooksConfig !== undefined) {
    notes.push(`Git takes its hooks from ${fromTop(site, site.hooksDir)} (core.hooksPath): kept that way.`)
  }
  for (const name of activeHooks(site.hooksDir)) {
    const tool = /\b(lefthook|pre-commit\.com|simple-git-hooks|overcommit)\b/i.exec(
      readFileSync(join(site.hooksDir, name), 'latin1'),
    )?.[1]
    if (tool)
      notes.push(`${name} was written by ${tool}, which may write it anew: then run \`unleak init\` again.`)
  }
  return notes
}
