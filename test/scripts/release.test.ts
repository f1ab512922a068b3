// What a release is made of: workflows that parse and name scripts that exist, notes, the bill of materials.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
// @ts-expect-error a script without types
import { notesFor } from '../../scripts/release-notes.mjs'

interface Step {
  readonly run?: string
  readonly uses?: string
  readonly with?: Record<string, unknown>
}
interface Workflow {
  readonly permissions: Record<string, string>
  readonly jobs: Record<
    string,
    { steps: Step[]; permissions?: Record<string, string>; strategy?: { matrix: Record<string, string[]> } }
  >
}

const workflow = (name: string): Workflow => parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8'))
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

describe.each(['ci', 'release'])('%s.yml', (name) => {
  const steps = Object.values(workflow(name).jobs).flatMap((job) => job.steps)

  it('runs scripts that exist', () => {
    for (const { run = '' } of steps) {
      const [, script] = /^npm run ([\w:]+)/.exec(run) ?? []
      if (script) expect(manifest.scripts).toHaveProperty([script])
      const [, file] = /^node (\S+\.m?js)/.exec(run) ?? []
      if (file) expect(existsSync(file), file).toBe(true)
    }
  })

  it('may only read unless a job says why, and leaves no credentials in the checkout', () => {
    expect(workflow(name).permissions).toEqual({ contents: 'read' })
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
      expect(step.with).toMatchObject({ 'persist-credentials': false })
  })

  it('puts nothing of an event into a shell line', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{')
  })
})

it('the tests run on three systems and four lines of Node', () => {
  const { matrix } = workflow('ci').jobs.test!.strategy!
  expect(matrix.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest'])
  expect(matrix.node).toEqual(['20.19', '22', '24', '26'])
})

it('the release has provenance: an identity token, and npm told to use it', () => {
  const { publish } = workflow('release').jobs
  expect(publish!.permissions).toMatchObject({ 'id-token': 'write', attestations: 'write' })
  expect(publish!.steps.some(({ run }) => run?.includes('npm publish') && run.includes('--provenance'))).toBe(
    true,
  )
})

describe('release notes', () => {
  const all = {
    version: '1.2.0',
    repository: 'x',
    changelog: '# Changelog\n\n## 1.2.0, 2026-12-01\n\n- New.\n\n## 1.1.0\n\n- Old.\n',
  }

  it('are what the changelog says of the version', () => {
    expect(notesFor('v1.2.0', all)).toBe('- New.\n')
  })

  it.each([
    ['another tag', 'v1.2.1', all],
    ['no heading', 'v1.3.0', { ...all, version: '1.3.0' }],
    ['no repository', 'v1.2.0', { ...all, repository: undefined }],
  ])('are refused for %s', (_, tag, given) => {
    expect(() => notesFor(tag, given)).toThrow()
  })
})

describe('the bill of materials', () => {
  const bill = JSON.parse(readFileSync('dist/sbom.cdx.json', 'utf8'))
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages

  it('names the packages of the licence file, with the hashes of the lock file', () => {
    const licences = readFileSync('dist/THIRD-PARTY-LICENSES.md', 'utf8')
    expect(bill.components.length).toBeGreaterThan(10)
    for (const { name, version, hashes } of bill.components) {
      expect(licences).toContain(`## ${name} ${version}\n`)
      const integrity = Object.entries(lock).find(
        ([path, each]) =>
          path.endsWith(`node_modules/${name}`) && (each as { version: string }).version === version,
      )
      expect(integrity, name).toBeDefined()
      expect(Buffer.from(hashes[0].content, 'hex').toString('base64')).toBe(
        (integrity![1] as { integrity: string }).integrity.slice('sha512-'.length),
      )
    }
  })

  it('holds nothing that differs from build to build', () => {
    expect(bill).not.toHaveProperty('serialNumber')
    expect(bill.metadata).not.toHaveProperty('timestamp')
  })
})
