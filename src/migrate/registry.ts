// Which files of which tools are read, and by what.
import { readSecretsBaseline } from './detect-secrets.ts'
import { readFingerprints } from './fingerprints.ts'
import { gitleaksConfigReader } from './gitleaks-config.ts'
import { readGitleaksReport } from './gitleaks-report.ts'
import { readKingfisherBaseline } from './kingfisher.ts'
import { readSecretlintIgnore, secretlintReader } from './secretlint.ts'
import { readTalisman } from './talisman.ts'
import { readExcludePaths } from './trufflehog.ts'
import type { Reader } from './types.ts'

export interface Format {
  /** What --from calls it. */
  readonly name: string
  /** Names under which it is looked for at the top of a repository. */
  readonly files: readonly string[]
  readonly reader: Reader
  /** How its content is told from others' when it is named without --from. */
  readonly looksLike?: RegExp
}

/** @param isKnown says whether a rule or provider of ours has that name */
export function formats(isKnown: (name: string) => boolean): readonly Format[] {
  return [
    { name: 'gitleaksignore', files: ['.gitleaksignore'], reader: readFingerprints },
    { name: 'betterleaksignore', files: ['.betterleaksignore'], reader: readFingerprints },
    {
      name: 'gitleaks-config',
      files: ['.gitleaks.toml', 'gitleaks.toml', '.betterleaks.toml'],
      reader: gitleaksConfigReader(isKnown),
      looksLike: /^\s*\[\[?(?:rules|allowlists?|extend)\b/m,
    },
    { name: 'gitleaks-report', files: [], reader: readGitleaksReport, looksLike: /"RuleID"\s*:/ },
    {
      name: 'detect-secrets',
      files: ['.secrets.baseline'],
      reader: readSecretsBaseline,
      looksLike: /"hashed_secret"|"plugins_used"/,
    },
    {
      name: 'kingfisher',
      files: [],
      reader: readKingfisherBaseline,
      looksLike: /^ExactFindings:|^fingerprint_algorithm:\s*kingfisher/m,
    },
    { name: 'talisman', files: ['.talismanrc'], reader: readTalisman, looksLike: /^fileignoreconfig:/m },
    {
      name: 'secretlint',
      files: ['.secretlintrc', '.secretlintrc.json', '.secretlintrc.yml', '.secretlintrc.yaml'],
      reader: secretlintReader(isKnown),
      looksLike: /secretlint-rule-/,
    },
    { name: 'secretlintignore', files: ['.secretlintignore'], reader: readSecretlintIgnore },
    { name: 'trufflehog', files: [], reader: readExcludePaths },
  ]
}
