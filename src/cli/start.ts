// Starts the command line with what V8 made of its code in an earlier run, if this user has run it before.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder, isOwn } from './cache-place.ts'
import { makeRoom, runScript } from './code-cache.ts'
import type * as Cli from './main.ts'

declare const UNLEAK_BUILD: string

/** From Node 22.1 on, node keeps compiled code by itself where it is told to. Older ones need not load the module for it. */
function compileCache(): ((folder: string) => unknown) | undefined {
  if (Number.parseInt(process.versions.node, 10) < 22) return undefined
  const { enableCompileCache } = process.getBuiltinModule('node:module') as {
    enableCompileCache?: (folder: string) => unknown
  }
  return enableCompileCache
}

/** Commands that are worth it, each with a cache of its own: what one never calls is not loaded for it. */
const COMMANDS = ['staged', 'message', 'push', 'scan', 'ci', 'audit', 'agent-hook']

function start(): void {
  const command = process.argv[2] ?? ''
  const folder = COMMANDS.includes(command) ? cacheFolder(process.env, process.cwd()) : undefined
  const file = join(import.meta.dirname, 'cli.cjs')
  if (folder === undefined) return void require(file)
  const changed = Math.trunc(statSync(file).mtimeMs) // by whoever patches what is installed
  const cache = join(folder, [UNLEAK_BUILD, changed, process.version, process.arch, command].join('-'))
  const enableCompileCache = compileCache()
  if (enableCompileCache === undefined) {
    const { exports, keep } = runScript(file, cache, require)
    if (keep !== undefined) void settle(exports as typeof Cli, keep)
    return
  }
  const isFirst = !existsSync(cache)
  if (isFirst) makeRoom(folder)
  if (isOwn(folder)) enableCompileCache(cache)
  const cli = require(file) as typeof Cli
  if (isFirst) void settle(cli, () => {})
}

/** After the first run all that later ones may need is compiled, whatever the first one met with. */
async function settle(cli: typeof Cli, keep: () => void): Promise<void> {
  if ((await cli.done) <= 1) {
    await cli.warmUp().catch(() => {})
    keep()
  }
}

start()
