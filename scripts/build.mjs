// Builds dist/: the kernel, the bundled CLI and library, the rules as data, the schemas and the types.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { billOfMaterials } from './sbom.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist.new')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

const NODE_TARGET = 'node20.19'

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: NODE_TARGET,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  define: { UNLEAK_VERSION: JSON.stringify(version) },
  logLevel: 'warning',
}

/** What the hook never needs: loaded from files of their own when a command asks for them. */
const COLD = [
  'agents/masked-output',
  'agents/reason',
  'audit/run',
  'cli/commands/range',
  'ci/index',
  'cli/commands/health',
  'cli/commands/respond',
  'cli/commands/rotate',
  'cli/commands/init',
  'cli/commands/demo',
  'cli/commands/baseline',
  'cli/commands/config',
  'cli/commands/doctor',
  'cli/commands/ignore',
  'cli/commands/mask',
  'cli/commands/receive',
  'cli/commands/report',
  'cli/commands/migrate',
  'cli/commands/review',
  'cli/commands/rules',
  'cli/commands/verify',
  'cli/help',
  'cli/report-facts',
  'config/baseline-file',
  'config/at-path',
  'config/read',
  'config/ignores',
  'git/renames',
  'reporters/codequality',
  'reporters/csv',
  'reporters/gitlab',
  'reporters/html',
  'reporters/jsonl',
  'reporters/junit',
  'reporters/sarif',
  'rules/compile',
  'rules/foreign/gitleaks',
  'rules/foreign/kingfisher',
  'rules/globs',
  'rules/read',
  'range-history',
  'sources/archive',
  'sources/glob',
  'sources/range',
]

/** Leaves dynamic imports of cold modules to the files that `bundleCold` writes. */
const coldModules = {
  name: 'cold-modules',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined
      const name = relative(join(root, 'src'), resolve(resolveDir, path))
        .replaceAll('\\', '/')
        .replace(/\.ts$/, '')
      return COLD.includes(name) ? { path: `./${name.replaceAll('/', '-')}.js`, external: true } : undefined
    })
  },
}

/**
 * One CommonJS file for the command line: it starts faster than modules do, and the hook loads nothing else but the
 * small one that starts it.
 */
async function bundleCli() {
  const cli = await buildScript('cli', 'src/cli/main.ts')
  loadLater(join(dist, 'cli.cjs'))
  const hash = createHash('sha256')
    .update(readFileSync(join(dist, 'cli.cjs')))
    .digest('hex')
    .slice(0, 16)
  await buildScript('start', 'src/cli/start.ts', { UNLEAK_BUILD: JSON.stringify(`${version}-${hash}`) })
  return cli
}

async function buildScript(name, entry, define = {}) {
  return await build({
    ...COMMON,
    entryPoints: { [name]: entry },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minifyIdentifiers: true, // what is shorter starts sooner
    keepNames: false,
    plugins: [coldModules],
    define: {
      ...COMMON.define,
      ...define,
      'import.meta.url': 'UNLEAK_FILE.url',
      'import.meta.dirname': '__dirname',
    },
    banner: {
      js: "const UNLEAK_FILE={get url(){return require('node:url').pathToFileURL(__filename).href}};",
    },
  })
}

/** Modules of node that take milliseconds to load, mostly for the streams they bring. */
const HEAVY = /\brequire\("node:(?:child_process|crypto|os|tty|util|worker_threads|zlib)"\)/g

/**
 * Two changes to the bundle. Heavy modules of node load when something of them is used. And a script that V8 has
 * cached can't import by itself: src/cli/code-cache.ts hands it the function that does.
 */
function loadLater(file) {
  const text = readFileSync(file, 'latin1')
    .replaceAll(HEAVY, (call) => call.replace('require', 'UNLEAK_LAZY'))
    .replaceAll(/\bimport\((?="(?:node:|\.\/))/g, 'UNLEAK_IMPORT(')
  if (/[^\0-\x7f]/.test(text))
    throw new Error(`${file} is not ASCII: escape what is not in regular expressions`)
  const lazy = 'const UNLEAK_LAZY=(name)=>new Proxy({},{get:(_,key)=>require(name)[key]});'
  const load = 'const UNLEAK_IMPORT=module.importCold??((name)=>import(name));'
  writeFileSync(file, `'use strict';${lazy}${load}${text}`)
}

/** The library and the cold modules, with what they share in chunks. */
async function bundleModules() {
  return await build({
    ...COMMON,
    entryPoints: {
      index: 'src/index.ts',
      ...Object.fromEntries(COLD.map((name) => [name.replaceAll('/', '-'), `src/${name}.ts`])),
    },
    outdir: dist,
    splitting: true,
    format: 'esm',
    // Bundled CommonJS packages ask for `require`.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  })
}

/** One file that the threads of a scan start from, and one for those of an audit. */
async function bundleWorkers() {
  await buildScript('scan-worker', 'src/threads/worker.ts')
  return await build({
    ...COMMON,
    entryPoints: { 'audit-worker': 'src/audit/worker.ts' },
    outdir: dist,
    format: 'esm',
  })
}

/** The program and the look of the HTML report, which carries both inside. */
async function bundleReportPage() {
  const page = 'src/reporters/html/page'
  return await build({
    absWorkingDir: root,
    entryPoints: { 'report-page': `${page}/main.tsx` },
    outdir: dist,
    bundle: true,
    minify: true,
    platform: 'browser',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  }).then(async (built) => {
    const style = { entryPoints: { 'report-page': `${page}/style.css` }, minify: true, logLevel: 'warning' }
    await build({ absWorkingDir: root, outdir: dist, target: 'chrome123', ...style })
    return built
  })
}

async function bundle() {
  const [cli, modules, page] = await Promise.all([
    bundleCli(),
    bundleModules(),
    bundleReportPage(),
    bundleWorkers(),
  ])
  writeLicences({ inputs: { ...cli.metafile.inputs, ...modules.metafile.inputs, ...page.metafile.inputs } })
}

/** Names the packages that the bundle holds, with their licences, for people and for programs. */
function writeLicences(metafile) {
  const packages = new Map()
  const bundled = []
  for (const input of Object.keys(metafile.inputs)) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
    if (!folder || packages.has(folder)) continue
    const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const file = [
      'LICENSE',
      'LICENSE.md',
      'license',
      'LICENCE',
      'LICENSE.txt',
      'License',
      'LICENSE-MIT',
    ].find((name) => existsSync(join(root, folder, name)))
    const text = file ? readFileSync(join(root, folder, file), 'utf8').trim() : `Licence: ${manifest.license}`
    const { name, version: own, license } = manifest
    bundled.push({ name, version: own, license, folder })
    packages.set(folder, `## ${manifest.name} ${manifest.version}\n\n${text}\n`)
  }
  const all = [...packages.values()].sort().join('\n')
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.md'), `# Packages bundled with unleak\n\n${all}`)
  writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(root, bundled), null, 1)}\n`)
}

/** Bundles a few of our own functions, so that the build can call them. */
async function ownFunctions(name, contents) {
  const outfile = join(dist, `.${name}.mjs`)
  const stdin = { contents, resolveDir: root, loader: 'ts' }
  await build({
    absWorkingDir: root,
    stdin,
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  })
  const functions = await import(pathToFileURL(outfile).href)
  rmSync(outfile)
  return functions
}

/** Compiles rules/*.yml with the project's own compiler. */
async function compileRules() {
  const { readRuleFolder, compileRules: compile } = await ownFunctions(
    'rules',
    "export { readRuleFolder } from './src/rules/read.ts'; export { compileRules } from './src/rules/compile.ts'",
  )
  const { ruleset, about, automata } = compile(readRuleFolder(join(root, 'rules')))
  writeFileSync(join(dist, 'rules-automata.gz'), gzipSync(JSON.stringify(automata), { level: 9 }))
  return { ruleset, about, automata }
}

/** Of those automata the ones that few bytes pay for: a hook reads their tables each time. */
function forHooks({ rules }, automata) {
  const rareRun = 8
  const isTold = new Map(rules.map(({ id, run }) => [id, run !== undefined && run.length >= rareRun]))
  return Object.fromEntries(Object.entries(automata).filter(([id]) => !isTold.get(id)))
}

/** Writes the bundled rules with what a scan begins with, and lays their keywords and probes out ahead of time. */
async function layOutRules({ ruleset, about, automata }) {
  const own = await ownFunctions(
    'keywords',
    `export { buildTables, indexRules } from './src/engine/tables.ts'
     export { imageOf } from './src/engine/kernel/keyword-table.ts'
     export { createEngine } from './src/engine/index.ts'
     export { loadKernel } from './src/engine/kernel/load.ts'
     export { layOut } from './src/git/pack/tables.ts'
     export { soughtBy, writeTables } from './src/audit/sought.ts'
     export { writeTableImage } from './src/engine/kernel/table-image.ts'
     export { writeAbout, writeRules } from './src/rules/bundle.ts'
     export { writeIndex } from './src/rules/index-file.ts'`,
  )
  const { keywords, probes } = own.buildTables(ruleset)
  const image = own.imageOf(
    own.loadKernel(),
    keywords.list(),
    ruleset.hash,
    probes(forHooks(ruleset, automata)),
  )
  writeFileSync(join(dist, 'keywords.bin'), own.writeTableImage(image))
  const laidOut = own.layOut(own.loadKernel(), own.soughtBy(own.createEngine(ruleset), automata))
  writeFileSync(join(dist, 'audit-tables.gz'), own.writeTables(laidOut, ruleset.hash))
  writeFileSync(join(dist, 'rules-about.jsonl'), own.writeAbout(about))
  writeFileSync(join(dist, 'rules.jsonl'), own.writeRules(ruleset))
  writeFileSync(join(dist, 'rules-index.bin'), own.writeIndex(own.indexRules(ruleset.rules), ruleset.hash))
}

async function compileKernel() {
  const script = join(root, 'scripts/build-kernel.mjs')
  if (!existsSync(script)) return
  const { buildKernel } = await import(pathToFileURL(script).href)
  await buildKernel({ outFile: join(dist, 'kernel.wasm') })
}

function writeTypes() {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const outDir = join(dist, 'types')
  const args = [tsc, '-p', join(root, 'tsconfig.types.json'), '--outDir', outDir]
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  // Declarations keep the `.ts` of our imports; users resolve them as `.js`.
  for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const file = join(outDir, name)
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/(['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'))
  }
}

// Built beside dist/ and swapped in whole: a build that fails leaves the old one working.
rmSync(dist, { recursive: true, force: true })
mkdirSync(join(dist, 'schema'), { recursive: true })
await bundle()
const compiled = await compileRules()
await compileKernel()
cpSync(join(root, 'src/engine/kernel/common-grams.txt'), join(dist, 'common-grams.txt'))
await layOutRules(compiled)
cpSync(join(root, 'src/reporters/report.schema.json'), join(dist, 'schema/report.schema.json'))
const { configSchema } = await ownFunctions('config', "export { configSchema } from './src/config/keys.ts'")
writeFileSync(join(dist, 'schema/config.schema.json'), `${JSON.stringify(configSchema(), null, 2)}\n`)
cpSync(join(root, 'src/health/health.schema.json'), join(dist, 'schema/health.schema.json'))
cpSync(join(root, 'src/respond/incident.schema.json'), join(dist, 'schema/incident.schema.json'))
cpSync(join(root, 'docs/ci'), join(dist, 'ci'), { recursive: true })
if (!process.argv.includes('--no-types')) writeTypes()
rmSync(join(root, 'dist'), { recursive: true, force: true })
renameSync(dist, join(root, 'dist'))
