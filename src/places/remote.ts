// Commands that put a value into a store elsewhere. The value goes in through standard input, never on a command line.
import type { Use } from './find.ts'

export interface RemoteCommand {
  readonly argv: readonly string[]
  /** What the command reads from standard input. */
  readonly input: (value: string) => string
  /** The same for people; it asks for the value itself or reads it. */
  readonly shown: string
  readonly what: string
}

/** What a person has to do, where no command takes a value on standard input. */
export interface HandWork {
  readonly what: string
  readonly url?: string
}

const plain = (value: string): string => value

/** The command that gives the place of `use` a new value, or the work a person has to do; undefined: neither. */
export function remoteUpdate(use: Use): RemoteCommand | HandWork | undefined {
  const name = use.variable
  if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined
  return WAYS[use.kind.id]?.(name, use)
}

type Way = (name: string, use: Use) => RemoteCommand | HandWork

const command = (
  what: string,
  argv: readonly string[],
  input: RemoteCommand['input'] = plain,
): RemoteCommand => ({ what, argv, input, shown: argv.join(' ') })

/** On Windows these commands go through a shell. */
const PLAIN_PATH = /^\w[\w./-]*$/

const WAYS: Readonly<Record<string, Way>> = {
  'github-actions': (name) => command(`the GitHub Actions secret ${name}`, ['gh', 'secret', 'set', name]),
  'gitlab-ci': (name) => command(`the GitLab CI/CD variable ${name}`, ['glab', 'variable', 'update', name]),
  vercel: (name) =>
    command(`the Vercel variable ${name}`, ['vercel', 'env', 'add', name, 'production', '--force']),
  fly: (name, { path }) =>
    PLAIN_PATH.test(path)
      ? command(
          `the Fly.io secret ${name}`,
          [...'fly secrets import --config'.split(' '), path],
          (value) => `${name}=${value}\n`,
        )
      : { what: `Set ${name} with: fly secrets set` },
  cloudflare: (name) => command(`the worker secret ${name}`, ['wrangler', 'secret', 'put', name]),
  doppler: (name) => command(`the Doppler secret ${name}`, ['doppler', 'secrets', 'set', name, '--silent']),
  kubernetes: (name, { secretRef }) =>
    secretRef
      ? command(
          `the Kubernetes secret ${secretRef.name} (in the cluster and namespace that kubectl is set to)`,
          ['kubectl', 'patch', 'secret', secretRef.name, '--type', 'merge', '--patch-file', '/dev/stdin'],
          (value) => JSON.stringify({ stringData: { [secretRef.key]: value } }),
        )
      : { what: `Put the new key into the secret that ${name} comes from, then restart what uses it.` },
  circleci: (name) => ({
    what: `Set ${name} in the project's environment variables or its context.`,
    url: 'https://app.circleci.com/settings',
  }),
  'azure-pipelines': (name) => ({
    what: `Set the secret variable ${name} of the pipeline or its variable group.`,
    url: 'https://dev.azure.com',
  }),
  bitbucket: (name) => ({
    what: `Set ${name} under Repository settings, Repository variables.`,
    url: 'https://bitbucket.org',
  }),
  buildkite: (name) => ({
    what: `Set ${name} where the pipeline takes it from: cluster secrets or the agent's hook.`,
  }),
  jenkins: (name) => ({ what: `Set the credential behind ${name} in Jenkins: Manage Jenkins, Credentials.` }),
  netlify: (name) => ({
    what: `Set ${name} under Site configuration, Environment variables (its command takes values only on the command line).`,
    url: 'https://app.netlify.com',
  }),
  heroku: (name) => ({
    what: `Set ${name} under Settings, Config Vars (its command takes values only on the command line).`,
    url: 'https://dashboard.heroku.com/apps',
  }),
  render: (name) => ({ what: `Set ${name} under Environment.`, url: 'https://dashboard.render.com' }),
  terraform: (name) => ({
    what: `Set ${name} where the Terraform run takes it from: a sensitive workspace variable, or the secret store it reads.`,
  }),
  helm: (name) => ({ what: `Set ${name} in the secret that the chart reads, then upgrade the release.` }),
  serverless: (name) => ({ what: `Set ${name} in the parameter or secret store that the deployment reads.` }),
}

export function isCommand(way: RemoteCommand | HandWork): way is RemoteCommand {
  return 'argv' in way
}
