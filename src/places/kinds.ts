// The kinds of files in which a key or its variable is used, told by their paths; and how each gets a new key.
import { basename } from 'node:path'
import { isEnvFileName, isExampleName } from './env-file.ts'

/** How a place of this kind gets a new value. */
export type Update =
  | 'write' // an env file: we write it
  | 'remote' // the value lives in a store that a command fills
  | 'restart' // it takes the variable from its surroundings when it starts
  | 'hand' // a person has to do it
  | 'none' // it only names the variable

export interface PlaceKind {
  readonly id: string
  /** In words, as in "named in a GitHub Actions workflow". */
  readonly title: string
  readonly update: Update
  /** What runs from such a file serves others: its key is replaced before the old one is revoked. */
  readonly isDeployed: boolean
  readonly matches: (path: string) => boolean
}

const name =
  (pattern: RegExp) =>
  (path: string): boolean =>
    pattern.test(basename(path))
const path =
  (pattern: RegExp) =>
  (whole: string): boolean =>
    pattern.test(whole)

const kind = (
  id: string,
  title: string,
  update: Update,
  isDeployed: boolean,
  matches: (path: string) => boolean,
): PlaceKind => ({ id, title, update, isDeployed, matches })

/** The first that matches wins; the last matches all. */
export const PLACE_KINDS: readonly PlaceKind[] = [
  kind('env-example', 'an example env file', 'none', false, (p) => isEnvFileName(p) && isExampleName(p)),
  kind('env-file', 'an env file', 'write', false, isEnvFileName),
  kind(
    'github-actions',
    'a GitHub Actions workflow',
    'remote',
    true,
    path(/(?:^|\/)\.github\/(?:workflows|actions)\/.+\.ya?ml$/),
  ),
  kind(
    'gitlab-ci',
    'the GitLab pipeline',
    'remote',
    true,
    path(/(?:^|\/)\.gitlab-ci(?:\.[\w-]+)?\.ya?ml$|(?:^|\/)\.gitlab\/.+\.ya?ml$/),
  ),
  kind('circleci', 'the CircleCI pipeline', 'hand', true, path(/(?:^|\/)\.circleci\/.+\.ya?ml$/)),
  kind('azure-pipelines', 'the Azure pipeline', 'hand', true, name(/^azure-pipelines.*\.ya?ml$/)),
  kind('bitbucket', 'the Bitbucket pipeline', 'hand', true, name(/^bitbucket-pipelines\.ya?ml$/)),
  kind('buildkite', 'the Buildkite pipeline', 'hand', true, path(/(?:^|\/)\.buildkite\/.+/)),
  kind('jenkins', 'the Jenkins pipeline', 'hand', true, name(/^Jenkinsfile/)),
  kind(
    'vercel',
    'the Vercel project',
    'remote',
    true,
    path(/(?:^|\/)(?:vercel\.json|now\.json|\.vercel\/project\.json)$/),
  ),
  kind('netlify', 'the Netlify site', 'hand', true, name(/^netlify\.toml$/)),
  kind('fly', 'the Fly.io app', 'remote', true, name(/^fly(?:\.[\w-]+)?\.toml$/)),
  kind('cloudflare', 'the Cloudflare worker', 'remote', true, name(/^wrangler\.(?:toml|jsonc?)$/)),
  kind('heroku', 'the Heroku app', 'hand', true, name(/^(?:Procfile|app\.json|heroku\.yml)$/)),
  kind('render', 'the Render service', 'hand', true, name(/^render\.ya?ml$/)),
  kind('doppler', 'the Doppler project', 'remote', true, name(/^doppler\.ya?ml$/)),
  kind('compose', 'a compose file', 'restart', false, name(/^(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/)),
  kind('docker', 'a Dockerfile', 'restart', false, name(/^(?:[\w-]+\.)?Dockerfile(?:\.[\w-]+)?$/)),
  kind('terraform', 'a Terraform file', 'hand', true, name(/\.(?:tf|tfvars|hcl)(?:\.json)?$/)),
  kind(
    'helm',
    'Helm values',
    'hand',
    true,
    path(/(?:^|\/)(?:charts?|helm)\/.+\.ya?ml$|(?:^|\/)values(?:[.-][\w-]+)*\.ya?ml$/),
  ),
  kind(
    'serverless',
    'a serverless deployment',
    'hand',
    true,
    name(/^(?:serverless|template|samconfig|app)\.(?:ya?ml|toml)$/),
  ),
  kind(
    'kubernetes',
    'a Kubernetes manifest',
    'remote',
    true,
    path(/(?:^|\/)(?:k8s|kubernetes|kube|manifests?|deploy(?:ments?)?|base|overlays)\/.+\.ya?ml$/),
  ),
  kind('notebook', 'a notebook', 'none', false, name(/\.ipynb$/)),
  kind('docs', 'a document', 'none', false, name(/\.(?:md|mdx|rst|adoc|txt)$/i)),
  kind(
    'shell',
    'a shell script',
    'restart',
    false,
    name(/\.(?:sh|bash|zsh|fish|ps1|bat|cmd)$|^\.(?:bashrc|zshrc|profile|envrc)$/),
  ),
  kind('source', 'code', 'restart', false, () => true),
]

/** A manifest is told by what it holds when its folder does not say it. */
const MANIFEST =
  /^apiVersion:\s*\S[\s\S]*^kind:\s*(?:Deployment|Secret|ExternalSecret|CronJob|Job|StatefulSet|DaemonSet|Pod|ConfigMap|SealedSecret)\b/m

export function kindOf(path: string, text: string): PlaceKind {
  const found = PLACE_KINDS.find((each) => each.matches(path))!
  const isYaml = /\.ya?ml$/.test(path)
  if (isYaml && MANIFEST.test(text)) return PLACE_KINDS.find((each) => each.id === 'kubernetes')!
  return found.id === 'kubernetes' ? PLACE_KINDS.at(-1)! : found
}
