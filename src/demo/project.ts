// The tour's project: files as they lie in a folder, and what was committed when. A key got into its history.
import type { SeededAccount } from './seed.ts'

export interface DemoCommit {
  readonly message: string
  readonly daysAgo: number
  readonly author: string
  readonly files: Readonly<Record<string, string>>
}

export interface DemoFiles {
  /** In the order they were made. */
  readonly commits: readonly DemoCommit[]
  /** Never committed: the env files. */
  readonly untracked: Readonly<Record<string, string>>
}

const COMPOSE = `services:
  web:
    build: .
    env_file: .env.production
    environment:
      OPENAI_API_KEY: \${OPENAI_API_KEY}
`

const WORKFLOW = `name: deploy
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - run: ./deploy.sh
        env:
          OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
`

const client = (key: string) => `import OpenAI from 'openai'

export const client = new OpenAI({ apiKey: ${key} })
`

export function demoFiles({ named }: SeededAccount): DemoFiles {
  return {
    commits: [
      {
        message: 'Start',
        daysAgo: 100,
        author: 'Ada <ada@example.com>',
        files: {
          'package.json': '{ "name": "demo", "private": true }\n',
          '.gitignore': '.env*\n!.env.example\n',
          '.env.example': 'OPENAI_API_KEY=\nOPENAI_BACKUP_KEY=\n',
          'docker-compose.yml': COMPOSE,
          '.github/workflows/deploy.yml': WORKFLOW,
          'src/client.js': client('process.env.OPENAI_API_KEY'),
        },
      },
      {
        message: 'Quick fix for the demo tomorrow',
        daysAgo: 2,
        author: 'Ben <ben@example.com>',
        files: { 'src/client.js': client(`'${named.leaked.value}'`) },
      },
      {
        message: 'Take the key out again',
        daysAgo: 1,
        author: 'Ben <ben@example.com>',
        files: { 'src/client.js': client('process.env.OPENAI_API_KEY') },
      },
    ],
    untracked: {
      '.env.production': `OPENAI_API_KEY=${named.leaked.value}\nOPENAI_BACKUP_KEY=${named.backup.value}\n`,
      '.env.staging': `OPENAI_API_KEY=${named.staging.value}\n`,
      '.env.development': `OPENAI_API_KEY=${named.staging.value}\nOPENAI_TEAM_KEY=${named.development.value}\n`,
    },
  }
}
