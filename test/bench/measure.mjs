// Times processes against a reference that runs in turn with them, so that a busy machine slows both.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CACHE = mkdtempSync(join(tmpdir(), 'unleak-bench-cache-'))
process.on('exit', () => rmSync(CACHE, { recursive: true, force: true }))

/** Without the machine's git configuration and without what steers unleak. */
export function cleanEnv(extra = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(GIT_|UNLEAK_|HUSKY|NODE_OPTIONS|NODE_COMPILE_CACHE|npm_|NO_COLOR|FORCE_COLOR|CI$)/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    XDG_CACHE_HOME: CACHE, // compiled code: the first run of each command, which is not timed, writes it
    UNLEAK_NO_CACHE: '1',
    ...extra,
  }
}

/** A process to be timed: `argv` in `cwd`, with `stdin` (a descriptor) and its output thrown away; `status`: one or a set. */
export function command(argv, options = {}) {
  const { cwd, env, stdin = 'ignore', status = 0 } = options
  const [program, ...args] = argv
  return () => {
    const done = spawnSync(program, args, {
      cwd,
      env: cleanEnv(env),
      stdio: [typeof stdin === 'function' ? stdin() : stdin, 'ignore', 'ignore'],
    })
    if (done.error) throw done.error
    const isRight = status instanceof Set ? status.has(done.status) : done.status === status
    if (!isRight) throw new Error(`${argv.join(' ')}: exit ${done.status}, not ${status}`)
  }
}

export const node = (...args) => [process.execPath, ...args]

/** CPU time of all ended children in ms, in steps of 10; NaN where the system does not tell (not Linux). */
function childrenCpu() {
  if (process.platform !== 'linux') return Number.NaN
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1).split(' ')
  return (Number(fields[13]) + Number(fields[14])) * 10
}

/**
 * Milliseconds of each of `subjects` over `runs` rounds; each round runs every one of them once, in turn.
 * `cpu` of the list is the CPU time of all its rounds together.
 */
export function alternate(subjects, runs) {
  const samples = subjects.map(() => Object.assign([], { cpu: 0 }))
  for (const subject of subjects) subject() // fills the caches of the machine
  for (let round = 0; round < runs; round++) {
    for (const [i, subject] of subjects.entries()) {
      const cpu = childrenCpu()
      const start = process.hrtime.bigint()
      subject()
      samples[i].push(Number(process.hrtime.bigint() - start) / 1e6)
      samples[i].cpu += childrenCpu() - cpu
    }
  }
  return samples
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Median, least and most of `values`. */
export function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/**
 * Each round's subject over the same round's reference; `cpu` is the CPU time of the one over that of the other,
 * git's included: what other work on the machine disturbs least.
 */
export function ratios(subject, reference) {
  const cpu = reference.cpu > 0 ? subject.cpu / reference.cpu : undefined
  return { ...spread(subject.map((ms, i) => ms / reference[i])), cpu }
}

const WRITE_PEAK = `process.on('exit', () => {
  const fs = process.getBuiltinModule('node:fs')
  fs.writeFileSync(process.env.BENCH_PEAK, fs.readFileSync('/proc/self/status', 'utf8'))
})`

/** Peak memory in bytes of one run of node with `args`, or undefined where the system does not tell (not Linux). */
export function peakMemory(args, { cwd, folder, status }) {
  if (process.platform !== 'linux') return undefined
  const file = join(folder, 'peak')
  const hook = `data:text/javascript,${encodeURIComponent(WRITE_PEAK)}`
  command(node('--import', hook, ...args), { cwd, status, env: { BENCH_PEAK: file } })()
  const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1]
  rmSync(file)
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}
