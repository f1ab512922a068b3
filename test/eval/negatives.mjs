// Negative samples: what stands in repositories, looks like a credential, and is none.

const HEX = '0123456789abcdef'
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const B64 = `${ALNUM}+/`

const text = (random, alphabet, length) =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
const hex = (random, length) => text(random, HEX, length)
const uuid = (r) => `${hex(r, 8)}-${hex(r, 4)}-4${hex(r, 3)}-a${hex(r, 3)}-${hex(r, 12)}`

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are what files hold
const PLACEHOLDERS = [
  'your-api-key',
  'YOUR_API_KEY',
  'YOUR-TOKEN-HERE',
  '<your-token>',
  '${API_KEY}',
  '{{ api_key }}',
  'changeme',
  'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX',
  '****************',
  'REPLACE_ME',
  'my-secret-token',
  'insert-key-here',
  'process.env.API_KEY',
  'os.environ["API_KEY"]',
  '$(cat /run/secrets/key)',
  '00000000000000000000000000000000',
  '1234567890abcdef1234567890abcdef',
  'test-token-for-unit-tests',
  'not-a-real-key',
  'dummy_key_for_testing',
  'example-key-1234567890',
  'abcdefghijklmnopqrstuvwxyz123456',
  'TODO',
  '00000000-0000-0000-0000-000000000000',
  '12345678-1234-1234-1234-123456789012',
  'fake-api-key-do-not-use',
  '...',
  '%API_KEY%',
  '@API_KEY@',
  'vault:secret/data/app#key',
  'op://vault/item/field',
  '!Ref ApiKey',
  'secrets.API_KEY',
]

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above

/** Kinds of look-alikes; each makes text and path from random numbers and a provider's name. */
const LOOK_ALIKES = {
  uuid: (r, p) => [`${p}_app_id: ${uuid(r)}\n${p}_project: "${uuid(r)}"\n`, 'config.yml'],
  'request id': (r) => [`X-Request-Id: ${uuid(r)}\ntrace_id=${hex(r, 32)}\n`, 'server.log'],
  'commit id': (r, p) => [
    `uses: ${p}/checkout@${hex(r, 40)}\ncommit: ${hex(r, 40)}\n`,
    '.github/workflows/a.yml',
  ],
  digest: (r, p) => [`${p}_sha256 = "${hex(r, 64)}"\nimage: ${p}/api@sha256:${hex(r, 64)}\n`, 'deploy.yaml'],
  checksum: (r) => [`${hex(r, 64)}  app.tar.gz\nmd5 ${hex(r, 32)}\n`, 'SHA256SUMS'],
  integrity: (r, p) => [
    `"node_modules/${p}": {"integrity": "sha512-${text(r, B64, 86)}=="}\n`,
    'package-lock.json',
  ],
  'yarn lock': (r, p) => [
    `"${p}@^1.0.0":\n  resolved "https://registry.yarnpkg.com/${p}/-/${p}-1.0.0.tgz#${hex(r, 40)}"\n  integrity sha512-${text(r, B64, 86)}==\n`,
    'yarn.lock',
  ],
  'go sum': (r, p) => [`github.com/${p}/api v1.2.3 h1:${text(r, B64, 43)}=\n`, 'go.sum'],
  'cargo lock': (r, p) => [`name = "${p}"\nchecksum = "${hex(r, 64)}"\n`, 'Cargo.lock'],
  'poetry lock': (r, p) => [`{file = "${p}-1.0.tar.gz", hash = "sha256:${hex(r, 64)}"},\n`, 'poetry.lock'],
  image: (r) => [`background: url(data:image/png;base64,iVBORw0KGgo${text(r, B64, 400)}==)\n`, 'a.css'],
  svg: () => [
    '<path d="M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2zm0 18"/>\n',
    'a.svg',
  ],
  certificate: (r) => [
    `-----BEGIN CERTIFICATE-----\nMIID${text(r, B64, 60)}\n${text(r, B64, 64)}\n-----END CERTIFICATE-----\n`,
    'ca.pem',
  ],
  'public key': (r) => [
    `-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${text(r, B64, 60)}\n-----END PUBLIC KEY-----\n`,
    'pub.pem',
  ],
  'ssh public key': (r) => [
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ${text(r, B64, 300)} me@host\n`,
    'authorized_keys',
  ],
  minified: (r) => [
    `!function(e,t){var n=e.token,r=t.secret;function o(e){return e.key}n.s=r.b,window.${text(r, ALNUM, 6)}=o}();\n`,
    'a.min.js',
  ],
  'source map': (r) => [
    `{"version":3,"mappings":"AAAA,SAAS,${text(r, ALNUM, 80)};${text(r, ALNUM, 120)}"}\n`,
    'a.js.map',
  ],
  translation: () => [
    '"password.forgot": "Forgot your password?",\n"token.invalid": "Invalid or expired token"\n',
    'en.json',
  ],
  css: () => [
    '.sk-fading-circle .sk-circle12 { animation-delay: -0.1s }\n.cr-slider-container-wrapper {}\n',
    'a.css',
  ],
  'public ids': (r, p) => [
    `${p}ClientId: "${text(r, ALNUM, 24)}"\npublicKey = "${hex(r, 64)}"\n`,
    'config.ts',
  ],
  'test vector': (r) => [
    `  { input: "abc", expected: "${hex(r, 64)}" },\n  ciphertext: "${hex(r, 96)}",\n`,
    'aes.test.js',
  ],
  cache: (r) => [
    `cache_key: ${hex(r, 40)}\netag: "${hex(r, 32)}"\nbuild_id=${text(r, ALNUM, 21)}\n`,
    'a.yml',
  ],
  'secret name': (_, p) => [
    `secretName: ${p}-api-credentials\nkeyVaultName: ${p}-prod-kv\ntoken_type: bearer\n`,
    'a.yaml',
  ],
  code: (_, p) => [
    `const apiKey = get${p}ApiKey(config)\nif (token !== expectedToken) throw new TokenError()\n`,
    'a.ts',
  ],
  'css id': (_, p) => [
    `<div id="${p}-token-input-field" class="secret-input password-field"></div>\n`,
    'a.html',
  ],
  encrypted: (r) => [
    `password: ENC[AES256_GCM,data:${text(r, B64, 20)}=,iv:${text(r, B64, 43)}=,tag:${text(r, B64, 22)}==,type:str]\nsecure: "${text(r, B64, 170)}="\n`,
    'secrets.enc.yaml',
  ],
  vault: (r) => [`$ANSIBLE_VAULT;1.1;AES256\n${hex(r, 80)}\n${hex(r, 80)}\n`, 'vault.yml'],
}

/** All negatives of a rule set: placeholders under every provider's names, and look-alikes beside its name. */
export function* negatives({ ruleset, about }, parts, seed = 7) {
  const random = parts.seededRandom(seed)
  for (const provider of Object.values(about.providers)) {
    for (const name of provider.env.slice(0, 2)) {
      const value = PLACEHOLDERS[Math.floor(random() * PLACEHOLDERS.length)]
      yield { kind: 'placeholder', text: `${name}=${value}\n`, path: '.env.example' }
      yield { kind: 'placeholder in code', text: `const key = "${value}" // ${name}\n`, path: 'a.js' }
    }
    for (const [kind, make] of Object.entries(LOOK_ALIKES)) {
      if (random() > 0.35) continue
      const [text, path] = make(random, provider.id)
      yield { kind, text, path }
    }
  }
  yield* truncated({ ruleset, about }, random)
}

/** Prefixes of real formats with a body that is cut, masked or made up. */
function* truncated({ ruleset, about }, random) {
  for (const rule of ruleset.rules) {
    const prefix = rule.prefixes.find((p) => p.length >= 4 && !/[\s"'=:]/.test(p))
    if (rule.tier !== 2 || !prefix) continue
    const env = about.providers[rule.provider].env[0] ?? 'API_KEY'
    for (const body of [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'your-key-here',
      '...',
      `${hex(random, 4)}...${hex(random, 4)}`,
      '********************1234',
    ])
      yield {
        kind: 'prefix with no key',
        text: `${env}=${prefix}${body}\n`,
        path: 'README.md',
        rule: rule.id,
      }
  }
}
