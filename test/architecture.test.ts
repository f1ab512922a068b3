// The house keeps its shape: arrows, registries, one importer per package, sizes.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { PROOFS } from '../src/filters/proofs/index.ts'

const SRC = fileURLToPath(new URL('../src', import.meta.url))
const files = (readdirSync(SRC, { recursive: true, encoding: 'utf8' }) as string[])
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && !name.includes(`assembly${sep}`))
  .map((name) => name.split(sep).join('/'))
const read = (name: string) => readFileSync(join(SRC, name), 'utf8')

/** Which rooms a room may lean on, beside `model`. The files at the top are the pipeline. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  disk: [],
  rules: [],
  git: ['engine'],
  engine: [],
  filters: [],
  sources: ['git', 'engine'],
  reporters: [],
  hooks: ['disk', 'git'],
  ci: [],
  places: ['disk', 'git', 'sources'],
  state: ['places'],
  http: [],
  openai: ['http'],
  verify: ['http', 'openai'],
  health: ['', 'config', 'git', 'http', 'openai', 'places', 'reporters', 'rules', 'state'],
  respond: ['', 'config', 'git', 'http', 'openai', 'places', 'reporters', 'rules', 'state'],
  demo: [],
  mask: ['engine', 'filters'],
  doctor: ['git', 'hooks'],
  agents: ['', 'engine', 'mask', 'rules'],
  audit: ['', 'engine', 'git', 'filters', 'sources', 'rules'],
  config: ['disk', 'rules'],
  migrate: ['config', 'rules'],
  threads: ['', 'engine', 'git', 'rules', 'sources'],
  '': ['audit', 'sources', 'engine', 'filters', 'git', 'rules', 'config', 'threads'],
  cli: [
    '',
    'disk',
    'sources',
    'engine',
    'filters',
    'git',
    'rules',
    'config',
    'reporters',
    'hooks',
    'doctor',
    'agents',
    'mask',
    'ci',
    'http',
    'openai',
    'verify',
    'demo',
    'migrate',
    'health',
    'places',
    'respond',
    'state',
  ],
}

function roomOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : ''
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?<!['-])\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1]!)
}

function localImports(file: string): string[] {
  return importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) =>
      relative(SRC, join(SRC, file, '..', target))
        .split(sep)
        .join('/'),
    )
}

describe('arrows', () => {
  it.each(files)('%s', (file) => {
    const room = roomOf(file)
    const allowed = new Set(['model', room, ...(ARROWS[room] ?? [])])
    const wrong = localImports(file).filter(
      (target) => !allowed.has(roomOf(target)) && target !== 'version.ts',
    )
    expect(wrong).toEqual([])
  })

  it('no cycles between files', () => {
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') return void cycles.push([...path, file].join(' → '))
      state.set(file, 'open')
      const statics = [...read(file).matchAll(/^(?:import|export)(?! type)[^'()]*from '([^']+)'/gms)].map(
        (m) => m[1]!,
      )
      for (const target of statics.filter((t) => t.startsWith('.'))) {
        visit(
          relative(SRC, join(SRC, file, '..', target))
            .split(sep)
            .join('/'),
          [...path, file],
        )
      }
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})

describe('packages', () => {
  const importers = new Map<string, string[]>()
  for (const file of files) {
    for (const target of importsOf(file)) {
      if (target.startsWith('.') || target.startsWith('node:')) continue
      importers.set(target, [...(importers.get(target) ?? []), file])
    }
  }

  it('each is imported by exactly one file (YAML by one for rules, one for the ignore file, one for hook managers)', () => {
    const allowed: Record<string, number> = { yaml: 3 }
    const wrong = [...importers].filter(([name, by]) => by.length > (allowed[name] ?? 1))
    expect(wrong).toEqual([])
  })

  it('all that the user named are used', () => {
    const names = ['simple-git', 'fast-glob', 'picomatch', 'cosmiconfig']
    expect(names.filter((name) => !importers.has(name))).toEqual([])
  })
})

describe('sockets', () => {
  const network = /from 'node:(?:net|http|https|http2|dgram|tls|dns)'|\bfetch\(|undici/
  it('no room but http, the demo server and fleet opens one', () => {
    const rooms = new Set(['http', 'demo', 'fleet'])
    expect(files.filter((file) => !rooms.has(roomOf(file)) && network.test(read(file)))).toEqual([])
  })
})

describe('sealed secrets', () => {
  it('reveal() is called only where a secret has to be open', () => {
    const allowed = [
      'audit/examine.ts',
      'git/head.ts',
      'model/secret.ts',
      'openai/key.ts',
      'openai/transport.ts',
      'verify/aws.ts',
      'verify/fill.ts',
      'reporters/redaction.ts',
      'respond/find-key.ts',
      'respond/run-remote.ts',
      'respond/steps/history.ts',
      'respond/targets.ts',
      'respond/write-key.ts',
    ]
    expect(files.filter((file) => /\.reveal\(\)/.test(read(file)) && !allowed.includes(file))).toEqual([])
  })
})

describe('registries', () => {
  it('every proof file is registered', () => {
    const names = readdirSync(join(SRC, 'filters/proofs')).filter(
      (name) => name.endsWith('.ts') && name !== 'index.ts',
    )
    const exporting = names.filter((name) =>
      /^export const \w+: Proof\b/m.test(read(`filters/proofs/${name}`)),
    )
    const registry = read('filters/proofs/index.ts')
    expect(exporting.filter((name) => !registry.includes(`./${name}`))).toEqual([])
    expect(new Set(PROOFS.map((p) => p.name)).size).toBe(PROOFS.length)
  })
})

describe('size', () => {
  it('files stay below 320 lines, data aside', () => {
    const data = new Set(['filters/randomness-model.ts', 'filters/known-examples.ts'])
    const long = files.filter((file) => !data.has(file) && read(file).split('\n').length > 320)
    expect(long).toEqual([])
  })

  it('every file says its duty in its first line', () => {
    expect(files.filter((file) => !/^(\/\/|\/\*)/.test(read(file)))).toEqual([])
    expect(statSync(SRC).isDirectory()).toBe(true)
  })
})
