// Lines that let rotation happen by itself: cron where the env files are, a workflow that says when it is time.
import type { Arguments } from '../arguments.ts'

export function scheduleText(args: Arguments, cwd: string): string {
  const name = args.one('env') ?? 'OPENAI_API_KEY'
  const file = args.one('env-file') ?? '.env.production'
  const days = args.one('if-older') ?? '90'
  const remote = args.has('run-remote') ? ' --run-remote' : ''
  const folder = /^[\w./-]+$/.test(cwd) ? cwd : `'${cwd.replaceAll("'", "'\\''")}'`
  return `# For cron, on the machine that has the env file. Every night; it does nothing until the key is ${days} days old,
# and ends the old key a day after. ~/.config/unleak/admin.env sets OPENAI_ADMIN_KEY and has mode 600.
23 4 * * *  . ~/.config/unleak/admin.env && export OPENAI_ADMIN_KEY && cd ${folder} && npx unleak rotate --env ${name} --env-file ${file} --if-older ${days}${remote} --confirm

# For GitHub Actions: .github/workflows/key-rotation.yml. A runner keeps neither env files nor a journal, so this does
# not rotate: it opens an issue when it is time. The secret OPENAI_ADMIN_KEY may be read-only.
name: key rotation
on:
  schedule: [{ cron: '23 4 * * 1' }]
permissions: { contents: read, issues: write }
jobs:
  rotation:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npx unleak health --check rotation --issue > issue.md || gh issue create --title "$(head -1 issue.md)" --body-file issue.md
        env:
          OPENAI_ADMIN_KEY: \${{ secrets.OPENAI_ADMIN_KEY }}
          GH_TOKEN: \${{ github.token }}
`
}
