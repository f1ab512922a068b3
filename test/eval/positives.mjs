// Positive samples: what the examples of all rules hold, in every surrounding in which it would really stand.

const upper = (name) => name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')
const words = (name) =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
const camel = (name) =>
  words(name)
    .map((w, i) => (i ? w[0].toUpperCase() + w.slice(1) : w))
    .join('')
const pascal = (name) =>
  words(name)
    .map((w) => w[0].toUpperCase() + w.slice(1))
    .join('')
const snake = (name) => words(name).join('_')
const kebab = (name) => words(name).join('-')

/** Surroundings that name the credential: text and file of a value under a variable's name. */
export const NAMED = {
  dotenv: (n, v) => [`NODE_ENV=production\n${upper(n)}=${v}\nPORT=3000\n`, '.env'],
  'dotenv, quoted': (n, v) => [`${upper(n)}="${v}"\n`, '.env.local'],
  shell: (n, v) => [`#!/bin/sh\nexport ${upper(n)}='${v}'\n`, 'deploy.sh'],
  'shell, one command': (n, v) => [`${upper(n)}=${v} npm start\n`, 'README.md'],
  powershell: (n, v) => [`$env:${upper(n)} = "${v}"\n`, 'run.ps1'],
  batch: (n, v) => [`set ${upper(n)}=${v}\r\n`, 'run.bat'],
  python: (n, v) => [`import os\n\n${upper(n)} = "${v}"\n`, 'settings.py'],
  'python, environ': (n, v) => [`os.environ["${upper(n)}"] = '${v}'\n`, 'main.py'],
  'python, default': (n, v) => [`key = os.getenv("${upper(n)}", "${v}")\n`, 'main.py'],
  'python, keyword': (n, v) => [`client = make_client(${snake(n)}="${v}")\n`, 'app.py'],
  javascript: (n, v) => [`const ${camel(n)} = '${v}';\n`, 'index.js'],
  'javascript, object': (n, v) => [`module.exports = {\n  ${camel(n)}: '${v}',\n};\n`, 'config.js'],
  typescript: (n, v) => [`export const ${upper(n)}: string = "${v}";\n`, 'config.ts'],
  'javascript, fallback': (n, v) => [`const k = process.env.${upper(n)} || '${v}'\n`, 'server.js'],
  java: (n, v) => [`  private static final String ${upper(n)} = "${v}";\n`, 'Config.java'],
  kotlin: (n, v) => [`val ${camel(n)} = "${v}"\n`, 'Config.kt'],
  csharp: (n, v) => [`  public string ${pascal(n)} { get; set; } = "${v}";\n`, 'Options.cs'],
  go: (n, v) => [`const ${camel(n)} = "${v}"\n`, 'main.go'],
  'go, setenv': (n, v) => [`os.Setenv("${upper(n)}", "${v}")\n`, 'main_test.go'],
  rust: (n, v) => [`const ${upper(n)}: &str = "${v}";\n`, 'main.rs'],
  ruby: (n, v) => [`ENV['${upper(n)}'] = '${v}'\n`, 'app.rb'],
  'ruby, hash': (n, v) => [`  :${snake(n)} => "${v}",\n`, 'config.rb'],
  php: (n, v) => [`<?php\ndefine('${upper(n)}', '${v}');\n`, 'config.php'],
  'php, array': (n, v) => [`  '${snake(n)}' => '${v}',\n`, 'services.php'],
  swift: (n, v) => [`let ${camel(n)} = "${v}"\n`, 'Keys.swift'],
  json: (n, v) => [`{\n  "${camel(n)}": "${v}",\n  "debug": true\n}\n`, 'config.json'],
  'json, snake': (n, v) => [`{"${snake(n)}":"${v}"}\n`, 'settings.json'],
  'json in a string': (n, v) => [`body = "{\\"${camel(n)}\\": \\"${v}\\"}"\n`, 'call.py'],
  yaml: (n, v) => [`service:\n  ${snake(n)}: ${v}\n  port: 80\n`, 'values.yaml'],
  'yaml, quoted': (n, v) => [`${kebab(n)}: "${v}"\n`, 'application.yml'],
  'yaml, list of env': (n, v) => [`env:\n  - name: ${upper(n)}\n    value: ${v}\n`, 'deployment.yaml'],
  compose: (n, v) => [`    environment:\n      - ${upper(n)}=${v}\n`, 'docker-compose.yml'],
  toml: (n, v) => [`[service]\n${snake(n)} = "${v}"\n`, 'config.toml'],
  ini: (n, v) => [`[default]\n${snake(n)} = ${v}\n`, 'app.ini'],
  properties: (n, v) => [`${words(n).join('.')}=${v}\n`, 'application.properties'],
  hcl: (n, v) => [`variable "x" {}\n${snake(n)} = "${v}"\n`, 'terraform.tfvars'],
  dockerfile: (n, v) => [`FROM node:20\nENV ${upper(n)}=${v}\nRUN npm ci\n`, 'Dockerfile'],
  'dockerfile, space': (n, v) => [`ENV ${upper(n)} ${v}\n`, 'Dockerfile'],
  xml: (n, v) => [`<config><${camel(n)}>${v}</${camel(n)}></config>\n`, 'config.xml'],
  'xml, add': (n, v) => [`<add key="${pascal(n)}" value="${v}" />\n`, 'web.config'],
  flag: (n, v) => [`./tool --${kebab(n)} ${v} --verbose\n`, 'README.md'],
  'flag, equals': (n, v) => [`./tool --${kebab(n)}=${v}\n`, 'ci.sh'],
  markdown: (n, v) => [`Set \`${upper(n)}\` to \`${v}\` first.\n`, 'README.md'],
  table: (n, v) => [`| ${upper(n)} | ${v} |\n`, 'docs.md'],
  comment: (n, v) => [`// ${upper(n)}: ${v}\nrun()\n`, 'run.js'],
  csv: (n, v) => [`name,value\n${upper(n)},${v}\n`, 'export.csv'],
  notebook: (n, v) => [`   "source": ["${upper(n)} = \\"${v}\\"\\n"]\n`, 'demo.ipynb'],
  actions: (n, v) => [`        env:\n          ${upper(n)}: ${v}\n`, '.github/workflows/ci.yml'],
}

/** Surroundings for what names itself. */
export const BARE = {
  'alone on a line': (v) => [`${v}\n`, 'notes.txt'],
  'alone, no line end': (v) => [v, 'key'],
  quoted: (v) => [`x = "${v}"\n`, 'a.py'],
  'in a call': (v) => [`connect('${v}')\n`, 'a.js'],
  'in a comment': (v) => [`# old one: ${v}, don't use\n`, 'a.rb'],
  'in prose': (v) => [`The key is ${v}. Please rotate it.\n`, 'CHANGELOG.md'],
  'in a list': (v) => [`["a", "${v}", "b"]\n`, 'a.json'],
  bearer: (v) => [`curl -H "Authorization: Bearer ${v}" https://api.acme.dev/v1\n`, 'run.sh'],
  'in a query': (v) => [`GET https://api.acme.dev/v1?key=${v}&page=2\n`, 'a.http'],
  'in a diff': (v) => [`+const a = "${v}"\n-const a = ""\n`, 'a.patch'],
  'in parentheses': (v) => [`see (${v}) there\n`, 'a.md'],
  escaped: (v) => [`"log": "used \\"${v}\\"\\n"\n`, 'a.log'],
}

/** The provider named near a value with a general name. */
export const NEAR = {
  'comment above': (p, v) => [`# ${p}\nAPI_KEY = "${v}"\n`, 'a.py'],
  'yaml section': (p, v) => [`${snake(p)}:\n  api_key: ${v}\n`, 'a.yml'],
  'json section': (p, v) => [`{"${camel(p)}": {"apiKey": "${v}"}}\n`, 'a.json'],
  'name is the provider': (p, v) => [`${snake(p)} = "${v}"\n`, 'a.toml'],
  client: (p, v) => [`client = ${pascal(p)}(api_key="${v}")\n`, 'a.py'],
  prose: (p, v) => [`My ${p} API key: ${v}\n`, 'notes.txt'],
  'php section': (p, v) => [`'${snake(p)}' => [\n  'secret' => '${v}',\n],\n`, 'services.php'],
}

/** The values of a rule's examples, by seed: only what the pattern calls the secret. */
function* valuesOf(rule, about, parts, seeds) {
  const complete = (name, text) => parts.PROOFS.find((p) => p.name === name && p.complete).complete(text)
  for (const template of about.examples)
    for (const seed of seeds) {
      const text = parts.expandTemplate(template, { random: parts.seededRandom(seed), complete })
      const found = parts.patternOf(rule).exec(text)
      if (!found) continue
      const secret = found.groups?.secret ?? found[0]
      // In an address the secret is a part of what is copied.
      const value = /:\/\/|^\[|privkey:/.test(found[0].split(secret)[0] ?? '') ? found[0] : secret
      yield { value, secret, whole: text }
    }
}

const isOneWord = (value) => !/\s/.test(value)

/** All samples of a rule set: text, path, the provider and the secret to be found. */
export function* positives({ ruleset, about }, parts, seeds = [101]) {
  for (const rule of ruleset.rules) {
    const provider = about.providers[rule.provider]
    const named = namesOf(rule, about.rules[rule.id], provider)
    for (const { value, secret, whole } of valuesOf(rule, about.rules[rule.id], parts, seeds)) {
      const expected = { rule: rule.id, provider: rule.provider, tier: rule.tier, secret }
      yield { ...expected, kind: 'example', text: `${whole}\n`, path: rule.paths ? undefined : 'example.txt' }
      if (!isOneWord(value) || rule.paths || rule.tier === 0) continue
      if (
        rule.tier === 2 &&
        !rule.context &&
        !rule.keywordsAreContext &&
        whole.includes(value) &&
        standsAlone(rule, value, parts)
      )
        for (const [kind, make] of Object.entries(BARE)) {
          const [text, path] = make(value)
          yield { ...expected, kind, text, path }
        }
      for (const name of named)
        for (const [kind, make] of Object.entries(NAMED)) {
          const [text, path] = make(name, value)
          yield { ...expected, kind, text, path }
        }
    }
  }
}

function standsAlone(rule, value, parts) {
  return parts.patternOf(rule).exec(value)?.[0] === value
}

/** Variables that would hold the credential: those that the rule's own examples use. */
function namesOf(rule, about, provider) {
  const found = about.examples
    .map((example) => /^([A-Z][A-Z0-9_]{4,60})[=:]/.exec(example)?.[1])
    .filter((name) => name !== undefined)
  const names = found.length > 0 ? found : rule.tier === 2 && !rule.context ? provider.env.slice(0, 1) : []
  return [...new Set(names)].slice(0, 2)
}
