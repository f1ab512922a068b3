// The hook: a small commit in a repository of 2,000 files, and one of 5,000 files.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { edit, openaiKey, PLACEHOLDER, project, sources } from './material.mjs'
import { alternate, cleanEnv, command, node, ratios, spread } from './measure.mjs'
import { BIN, FOLDER, git, repository, write } from './scratch.mjs'

const STAGED = node(BIN, 'staged')
const DIFF = ['git', 'diff-index', '--cached', '--raw', '-z', '--no-renames', '--no-abbrev', 'HEAD', '--']

/**
 * A repository of 2,000 files with 15 of them edited and staged, and 5 new ones. Ordinary code speaks of tokens and
 * passwords, and so brings candidates that the filters drop; `secretive: false` leaves such lines out.
 */
export function smallCommit(name, { secretive = true, extra = '' } = {}) {
  const files = [...sources(2_000, 6_000, 5, secretive)]
  const folder = repository(name, files)
  const edited = files.slice(100, 115).map(([file, text], i) => [file, `${text}\n${edit(i + 1, secretive)}`])
  const all = [...edited, ...sources(5, 6_000, 77, secretive)]
  all[0] = [all[0][0], all[0][1] + extra]
  write(folder, all)
  git(folder, 'add', '-A')
  return folder
}

/** How many candidates the filters drop in `folder`. */
function dropped(folder) {
  const options = { cwd: folder, env: cleanEnv() }
  const report = execFileSync(process.execPath, [BIN, 'staged', '--format', 'json'], options)
  return JSON.parse(report).scan.dropped.reduce((sum, { count }) => sum + count, 0)
}

const KEY_LINE = `const OPENAI_API_KEY = '${openaiKey()}'\n`

export function measureSmall({ runs }) {
  const clean = [
    smallCommit('small', { secretive: false }),
    smallCommit('small-candidate', { secretive: false, extra: PLACEHOLDER }),
    smallCommit('small-ordinary'),
  ]
  const blocked = smallCommit('small-blocked', { secretive: false, extra: KEY_LINE })
  const hooks = clean.map((cwd) => command(STAGED, { cwd }))
  const blocking = command(STAGED, { cwd: blocked, status: 1 })
  const [bare, ...subjects] = alternate([command(node('-e', '0')), ...hooks, blocking], runs)
  const rows = clean.map((folder) => `nothing found, candidates dropped: ${dropped(folder)}`)
  return [...rows, 'one key found, blocked'].map((what, i) => ({
    what: `hook, 20 staged of 2,000 files: ${what}`,
    unit: '× node -e 0',
    ...(i < clean.length ? { bar: 1.6, aim: 1.3 } : {}),
    ...ratios(subjects[i], bare),
    ms: [subjects[i], bare],
  }))
}

/** What an agent waits for before each of its tools: an edit, a command, and an edit that is stopped. */
export function measureAgent({ runs }) {
  const folder = repository('agent', sources(20, 6_000, 5))
  const event = (tool, input) =>
    JSON.stringify({ hook_event_name: 'PreToolUse', cwd: folder, tool_name: tool, tool_input: input })
  const [[path, content]] = [...sources(1, 6_000, 99)]
  const events = [
    ['agent-hook, a file of 6 kB is written', event('Write', { file_path: path, content })],
    ['agent-hook, a command is run', event('Bash', { command: 'npm test -- --watch=false | tail -n 20' })],
    ['agent-hook, a key is written, stopped', event('Write', { file_path: path, content: KEY_LINE })],
  ]
  const hooks = events.map(([, text], i) => {
    const file = join(FOLDER, `event-${i}`)
    writeFileSync(file, text)
    return command(['sh', '-c', `exec "$0" "$1" agent-hook < "${file}"`, ...node(BIN)], { cwd: folder })
  })
  const bare = command(['sh', '-c', 'exec "$0" -e 0', ...node()])
  const [reference, ...subjects] = alternate([bare, ...hooks], runs)
  return events.map(([what], i) => ({
    what,
    unit: '× node -e 0',
    ...(i < 2 ? { bar: 1.6, aim: 1.3 } : {}),
    ...ratios(subjects[i], reference),
    ms: [subjects[i], reference],
  }))
}

/** What git alone takes to list the staged files and to hand out their bytes. */
function gitAlone(folder) {
  const raw = execFileSync(DIFF[0], DIFF.slice(1), { cwd: folder, env: cleanEnv(), maxBuffer: 1 << 28 })
  const ids = raw
    .toString('latin1')
    .split('\0')
    .filter((field) => field.startsWith(':'))
    .map((field) => field.split(' ')[3])
  const list = join(FOLDER, 'ids')
  writeFileSync(list, `${ids.join('\n')}\n`)
  const listing = command(DIFF, { cwd: folder })
  let descriptor
  const reading = command(['git', 'cat-file', '--batch', '--buffer'], {
    cwd: folder,
    stdin: () => descriptor,
  })
  return () => {
    descriptor = openSync(list)
    listing()
    reading()
    closeSync(descriptor)
  }
}

export function measureLarge({ runs }) {
  const folder = repository('large', sources(200, 6_000, 9))
  const files = [...project(5_000, 9_100, 21)]
  write(folder, files)
  git(folder, 'add', '-A')
  const bytes = files.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0)
  const [alone, hook] = alternate([gitAlone(folder), command(STAGED, { cwd: folder })], Math.min(runs, 9))
  const speed = spread(hook.map((ms) => bytes / 1e3 / ms))
  const name = `hook, ${files.length.toLocaleString('en')} staged files, ${Math.round(bytes / 1e6)} MB`
  return [
    { what: `${name}: MB/s`, unit: 'MB/s', bar: 150, aim: 400, more: true, ...speed, ms: [hook] },
    { what: `${name}: against git alone`, unit: '× git', ...ratios(hook, alone), ms: [hook, alone] },
  ]
}

/** Where the time of a small commit goes: each step does what the one before it does, and one thing more. */
export function measureParts({ runs }) {
  const folder = smallCommit('parts')
  const idle = repository('parts-idle', sources(2_000, 6_000, 5))
  const message = join(FOLDER, 'empty-message')
  writeFileSync(message, '')
  const rules = join(BIN, '../../dist/rules-index.bin')
  const parseRules = `require('node:fs').readFileSync(${JSON.stringify(rules)})`
  const samples = alternate(
    [
      command(node('-e', '0')),
      command(node('-e', parseRules)),
      command(node(BIN, '--version')),
      command(node(BIN, 'message', message), { cwd: idle }),
      command(STAGED, { cwd: idle }),
      command(STAGED, { cwd: folder }),
      command(DIFF, { cwd: folder }),
    ],
    runs,
  )
  const [bare, withRules, bundle, message0, idle0, staged, diff] = samples
  const each = (list) => ({ ...spread(list), cpu: list.cpu / list.length })
  const less = (a, b) => ({ ...spread(a.map((ms, i) => ms - b[i])), cpu: (a.cpu - b.cpu) / a.length })
  const parts = [
    ['node itself (`node -e 0`)', each(bare)],
    ['loading the bundle (`--version`, less node)', less(bundle, bare)],
    ['plan, rules, engine, report (`message` of an empty file, less `--version`)', less(message0, bundle)],
    ['… of that, reading the index of the rules', less(withRules, bare)],
    ['index against HEAD, nothing staged (`staged`, less `message`)', less(idle0, message0)],
    ['20 files: trees, blobs, scan (`staged`, less nothing staged)', less(staged, idle0)],
    ['all of it', each(staged)],
    ['for comparison: `git diff-index` alone', each(diff)],
  ]
  const whole = each(staged)
  return parts.map(([part, ms]) => ({
    part,
    ...ms,
    share: ms.median / whole.median,
    cpuShare: ms.cpu / whole.cpu,
  }))
}

/** Bytes of the rule file and the bundle, which are read at each start. */
export function sizes() {
  const size = (name) => readFileSync(join(BIN, '../../dist', name)).length
  return { bundle: size('cli.cjs'), rules: size('rules.jsonl') }
}
