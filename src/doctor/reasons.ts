// The known reasons why a hook does not fire, each looked for by itself, so that what fails elsewhere is told too.
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findProgram } from '../hooks/configured.ts'
import { isExecutable } from '../hooks/native.ts'
import { shown } from '../hooks/script.ts'
import { dependsOn, findsUnleak, fromTop, isHuskyDir, otherWorktrees } from '../hooks/site.ts'
import type { Check, Examine, Patient } from './types.ts'

const HOOKS = ['pre-commit', 'commit-msg', 'pre-push']
/** The first git that tells where a setting comes from. */
const LEAST_GIT = [2, 26] as const

const problem = (id: string, text: string, fix: string): Check => ({ id, state: 'problem', text, fix })
const note = (id: string, text: string, fix: string): Check => ({ id, state: 'note', text, fix })

export const gitVersion: Examine = async ({ site }) => {
  const version = await site.git.version()
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < LEAST_GIT[0] || (major === LEAST_GIT[0] && minor < LEAST_GIT[1])
  return isOld
    ? [
        problem(
          'git',
          `git ${version} is too old for unleak.`,
          `Install git ${LEAST_GIT.join('.')} or later.`,
        ),
      ]
    : []
}

/** Settings of the environment with which hook managers, and unleak, leave everything out. */
export const switchedOff: Examine = ({ env, site }) => {
  const off = [
    ['HUSKY', /^0$/],
    ['LEFTHOOK', /^(?:0|false)$/],
    ['SKIP_SIMPLE_GIT_HOOKS', /^1$/],
    ['SKIP', /(?:^|,)unleak/],
    ['UNLEAK_SKIP', /^(?:1|true|yes|all)$/i],
  ] as const
  const set = off.filter(([name, value]) => value.test(env[name] ?? ''))
  const checks = set.map(([name]) =>
    problem(
      'switched-off',
      `${name}=${env[name]} is set here: hooks are left out.`,
      `unset ${name}   (and take it out of your shell's start-up file)`,
    ),
  )
  const init = join(env.XDG_CONFIG_HOME || join(home(env), '.config'), 'husky', 'init.sh')
  if (isHuskyDir(site.hooksDir) && /^\s*(?:export\s+)?HUSKY=0/m.test(read(init)))
    checks.push(
      problem(
        'switched-off',
        `${init} sets HUSKY=0: husky runs no hook of any repository.`,
        `Take that line out of ${init}`,
      ),
    )
  return checks
}

export const hooksPath: Examine = ({ site }) => {
  const { hooksDir, hooksConfig } = site
  if (!hooksConfig) return []
  const where = `core.hooksPath (${hooksConfig.scope}) names ${hooksConfig.value}`
  if (existsSync(hooksDir) && !statSync(hooksDir).isDirectory())
    return [
      problem(
        'hooks-path',
        `${where}, which switches all hooks off.`,
        `git config --${hooksConfig.scope} --unset core.hooksPath`,
      ),
    ]
  if (existsSync(hooksDir)) return []
  const install =
    isHuskyDir(hooksDir) && site.project ? shown(site.project.packageManager.install) : undefined
  return [
    problem(
      'hooks-path',
      `${where}, which is not there: git runs no hook, and says nothing.`,
      install ?? `git config --${hooksConfig.scope} --unset core.hooksPath && unleak init`,
    ),
  ]
}

/** Git passes over a hook that is not executable, and no kernel finds `sh\r`. */
export const hookFiles: Examine = ({ site }) => {
  const { hooksDir } = site
  if (!existsSync(hooksDir)) return []
  const missing = HOOKS.filter((hook) => !existsSync(join(hooksDir, hook)))
  const where = fromTop(site, hooksDir)
  const none = `${where.startsWith('..') ? hooksDir : where} has no hook for ${missing.join(', ')}.`
  const absent = missing.length > 0 ? [problem('hook-file', none, 'unleak init')] : []
  const there = HOOKS.filter((hook) => !missing.includes(hook)).flatMap((hook) => {
    const file = join(hooksDir, hook)
    const name = shown([where.startsWith('..') ? file : fromTop(site, file)])
    const checks: Check[] = []
    if (!isExecutable(file))
      checks.push(problem('file-mode', `${name} is not executable: git passes over it.`, `chmod +x ${name}`))
    if (/^#![^\n]*\r\n/.test(read(file)))
      checks.push(
        problem(
          'line-ends',
          `${name} has Windows line ends: its first line names no program.`,
          `sed -i 's/\\r$//' ${name}`,
        ),
      )
    return checks
  })
  return [...absent, ...there]
}

/** husky's own files, which its stubs run with sh. */
export const scriptLineEnds: Examine = ({ site }) => {
  const folder = isHuskyDir(site.hooksDir) ? join(site.hooksDir, '..') : site.hooksDir
  return [...HOOKS, 'unleak.sh'].flatMap((name) => {
    const file = join(folder, name)
    if (folder === site.hooksDir && name !== 'unleak.sh') return []
    const shownName = shown([fromTop(site, file)])
    return /\r\n/.test(read(file)) && name === 'unleak.sh'
      ? [problem('line-ends', `${shownName} has Windows line ends: sh can't read it.`, 'unleak init')]
      : []
  })
}

export const installed: Examine = ({ site, manager }) => {
  const checks: Check[] = []
  const { project } = site
  const isListed = (name: string) => project !== undefined && dependsOn(project.data, name)
  const install = project ? shown(project.packageManager.install) : 'npm install -g unleak'
  if (!findsUnleak(site))
    checks.push(
      problem(
        'unleak',
        'unleak is not found where hooks look for it: node_modules, and the PATH.',
        isListed('unleak') || !project ? install : shown([...project.packageManager.addDev, 'unleak']),
      ),
    )
  const program = manager === 'native' || manager === 'husky' ? undefined : manager
  if (program && !findProgram(site, program))
    checks.push(
      problem(
        'manager',
        `${program} is set up here but not installed.`,
        isListed(program)
          ? install
          : program === 'pre-commit'
            ? 'pipx install pre-commit && unleak init'
            : `npm install -D ${program} && unleak init`,
      ),
    )
  if (
    manager === 'husky' &&
    project &&
    isListed('husky') &&
    !existsSync(join(project.dir, 'node_modules', 'husky'))
  )
    checks.push(
      problem('manager', 'husky is in package.json but not installed, so its hooks are not set up.', install),
    )
  if (/^\s*ignore-scripts\s*=\s*true/m.test(read(join(project?.dir ?? site.top, '.npmrc'))))
    checks.push(
      note(
        'ignore-scripts',
        '.npmrc switches install scripts off: after `npm install` nothing sets up the hooks of a new clone.',
        'unleak init   (in each clone)',
      ),
    )
  return checks
}

/** The PATH of programs that no shell has started. */
const GUI_PATH =
  process.platform === 'darwin'
    ? '/usr/bin:/bin:/usr/sbin:/sbin'
    : '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export const guiPath: Examine = ({ env, node }) => {
  if (process.platform === 'win32') return []
  if (GUI_PATH.split(delimiter).some((dir) => existsSync(join(dir, 'node')))) return []
  const init = join(env.XDG_CONFIG_HOME || join(home(env), '.config'), 'husky', 'init.sh')
  if (/PATH=|nvm|fnm|volta|asdf|mise/.test(read(init))) return []
  const folder = shown([join(node, '..')])
  return [
    note(
      'gui-path',
      `Programs that are not started from a shell (VS Code, GitHub Desktop, …) do not find node, which is in ${folder}: their commits are stopped.`,
      `mkdir -p ~/.config/husky && echo 'export PATH="${folder}:$PATH"' >> ~/.config/husky/init.sh`,
    ),
  ]
}

export const worktrees: Examine = ({ site }) => {
  if (!isHuskyDir(site.hooksDir) || site.hooksConfig === undefined) return []
  const bare = otherWorktrees(site).filter(
    (tree) => !existsSync(join(tree, site.hooksConfig!.value, 'pre-commit')),
  )
  return bare.map((tree) =>
    problem(
      'worktree',
      `the worktree ${tree} has no hooks: husky keeps them out of git.`,
      `cd ${shown([tree])} && unleak init`,
    ),
  )
}

export const cacheFolder: Examine = ({ cache }) => {
  if (cache === undefined) return []
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 })
    accessSync(cache, constants.W_OK)
    return []
  } catch {
    return [
      note(
        'cache',
        `${cache} can't be written: each hook takes longer to start.`,
        `mkdir -p ${shown([cache])} && chmod -R u+w ${shown([cache])}`,
      ),
    ]
  }
}

const home = (env: Patient['env']): string => env.HOME ?? env.USERPROFILE ?? homedir()

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}
