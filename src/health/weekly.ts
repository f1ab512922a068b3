// The weekly check as a file for CI: its text for GitHub Actions, and how the file is put in and taken out.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ToolError } from '../model/index.ts'
import { version } from '../version.ts'
import { GITLAB_FILE, GITLAB_NEXT, GITLAB_TEXT } from './weekly-gitlab.ts'

export const WEEKLY_FILE = '.github/workflows/unleak-health.yml'

const expression = (name: string): string => `$\{{ ${name} }}`

/** A report names people and costs: in a public repository only its exit status is seen. */
export const WEEKLY_TEXT = `# Put in by \`unleak init --weekly\`, taken out by \`unleak init --weekly --remove\`.
# Give it these secrets: OPENAI_API_KEY, OPENAI_API_KEY_BACKUP, and OPENAI_ADMIN_KEY (one that may only read is enough).
name: API key health
on:
  schedule:
    - cron: '17 6 * * 1'
  workflow_dispatch:
permissions:
  contents: read
  issues: write
jobs:
  health:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - env:
          OPENAI_API_KEY: ${expression('secrets.OPENAI_API_KEY')}
          OPENAI_API_KEY_BACKUP: ${expression('secrets.OPENAI_API_KEY_BACKUP')}
          OPENAI_ADMIN_KEY: ${expression('secrets.OPENAI_ADMIN_KEY')}
          GH_TOKEN: ${expression('github.token')}
        run: |
          code=0
          npx --yes unleak@${version} health --format markdown=health.md --format issue=issue.md || code=$?
          if [ "$(gh repo view "$GITHUB_REPOSITORY" --json isPrivate --jq .isPrivate)" = true ]; then
            cat health.md >> "$GITHUB_STEP_SUMMARY"
            if [ "$code" = 1 ]; then gh issue create --title "$(head -n 1 issue.md)" --body-file issue.md; fi
          fi
          exit $code
`

export interface WeeklyFile {
  readonly path: string
  readonly text: string
  /** What a person does then. */
  readonly next: string
}

export const WEEKLY_FILES: Readonly<Record<'github' | 'gitlab', WeeklyFile>> = {
  github: {
    path: WEEKLY_FILE,
    text: WEEKLY_TEXT,
    next: 'It runs `unleak health` every Monday. Give the repository its secrets: gh secret set OPENAI_ADMIN_KEY\n',
  },
  gitlab: { path: GITLAB_FILE, text: GITLAB_TEXT, next: GITLAB_NEXT },
}

/** GitLab where only its file is there. */
export function weeklyKindOf(root: string): keyof typeof WEEKLY_FILES {
  const isGitLab = existsSync(join(root, '.gitlab-ci.yml')) && !existsSync(join(root, '.github'))
  return isGitLab ? 'gitlab' : 'github'
}

export interface WeeklyResult {
  readonly change: 'create' | 'update' | 'delete' | 'none'
  readonly line: string
}

/** Puts the file below `root`, or takes it out; with `dryRun` only says what it would do. Throws ToolError. */
export function installWeekly(
  root: string,
  { path, text, next }: WeeklyFile,
  { remove, dryRun }: { remove: boolean; dryRun: boolean },
): WeeklyResult {
  const file = join(root, path)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const isOurs = before === undefined || before.startsWith('# Put in by `unleak init --weekly`')
  const would = dryRun ? 'would be' : 'is'
  if (!isOurs) {
    throw new ToolError('E_WRITE', `${path} is there already and not ours: it was left alone.`, {
      hint: 'Rename it, or add the step `npx unleak health` to it yourself.',
    })
  }
  if (remove) {
    if (before === undefined) return { change: 'none', line: `${path} is not there.` }
    if (!dryRun) rmSync(file)
    return { change: 'delete', line: `${path} ${would} removed.` }
  }
  if (before === text) return { change: 'none', line: `${path} is as it should be.` }
  if (!dryRun) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  const line = `${path} ${would} written. ${next.trimEnd()}`
  return { change: before === undefined ? 'create' : 'update', line }
}
