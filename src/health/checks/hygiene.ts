// Keys on disk: in env files only, which git ignores, which others can't read, and no browser gets.
import type { Check, DiskFacts, Item, KnownKey } from '../model.ts'
import { keyText, list, plural } from '../words.ts'

const REVOKE = 'Treat it as leaked if the file was ever shared.'

/** Keep API keys in env files only. */
export const keysInCode: Check = {
  id: 'keys-in-code',
  title: 'Keys in env files only',
  needs: 'disk',
  run: ({ disk }) => {
    const { exposed } = disk
    const looked = 'every file of the project, for keys of OpenAI'
    if (!exposed.ok)
      return { looked, items: [{ subject: 'files', verdict: 'not-checked', text: exposed.why }] }
    if (exposed.value.length === 0)
      return {
        looked,
        items: [{ subject: 'files', verdict: 'well', text: 'no key stands outside an env file' }],
      }
    return {
      looked,
      items: exposed.value.map(({ path, line, redacted, id }) => ({
        subject: `${path}:${line}`,
        verdict: 'bad',
        text: `the key ${redacted} stands here in clear`,
        todo: [
          { text: 'Move it into an env file that git ignores, and read it from there.' },
          { text: REVOKE, command: `unleak respond ${id}` },
        ],
      })),
    }
  },
}

/** Never commit keys: env files are ignored, and no commit has them. */
export const envFilesInGit: Check = {
  id: 'env-files-in-git',
  title: 'Env files stay out of git',
  needs: 'disk',
  run: ({ disk }) => {
    const files = disk.envFiles.filter((file) => !file.isExample)
    const looked = `${plural(files.length, 'env file')}: ignored by git, and in no commit of any branch`
    const unreadable = disk.unreadable.map(
      ({ path, why }): Item => ({ subject: path, verdict: 'not-checked', text: why }),
    )
    if (disk.git === undefined)
      return {
        looked,
        items: [...unreadable, { subject: 'git', verdict: 'well', text: 'this is no git repository' }],
      }
    const items = [...unreadable, ...files.map((file) => gitItem(file.path, disk.git!))]
    return {
      looked,
      items: items.length > 0 ? items : [{ subject: 'env files', verdict: 'well', text: 'there are none' }],
    }
  },
}

function gitItem(path: string, git: NonNullable<DiskFacts['git']>): Item {
  const status = git.get(path)
  if (!status) return { subject: path, verdict: 'not-checked', text: 'git did not say' }
  if (status.isTracked || status.firstCommit) {
    const since = status.firstCommit
      ? `, since ${status.firstCommit.date.slice(0, 10)} (${status.firstCommit.id.slice(0, 10)})`
      : ''
    return {
      subject: path,
      verdict: 'bad',
      text: status.isTracked
        ? `git tracks it${since}: everybody with the repository has its keys`
        : `a commit has it${since}; it is in the history for good`,
      todo: [
        ...(status.isTracked
          ? [{ text: 'Take it out of git; it stays on disk.', command: `git rm --cached -- ${path}` }]
          : []),
        { text: 'See which keys are in the history, and answer each.', command: 'unleak audit' },
      ],
    }
  }
  return status.isIgnored
    ? { subject: path, verdict: 'well', text: 'ignored, and in no commit' }
    : {
        subject: path,
        verdict: 'bad',
        text: 'git does not ignore it: the next `git add .` takes it',
        todo: [{ text: `Add the line ${path} to .gitignore.` }],
      }
}

/** Others on this machine can't read them. */
export const fileModes: Check = {
  id: 'file-modes',
  title: 'Env files are private',
  needs: 'disk',
  run: ({ disk, keys }) => {
    const withKeys = new Set(keys.flatMap((key) => key.holders.flatMap(({ path }) => path ?? [])))
    const looked = `the permissions of ${plural(withKeys.size, 'env file')} with keys`
    if (disk.modes.size === 0 && withKeys.size > 0)
      return {
        looked,
        items: [{ subject: 'permissions', verdict: 'well', text: 'this system has none to read' }],
      }
    const open = [...withKeys].filter((path) => ((disk.modes.get(path) ?? 0) & 0o044) !== 0)
    if (open.length === 0)
      return {
        looked,
        items: [{ subject: 'permissions', verdict: 'well', text: 'only their owner can read them' }],
      }
    return {
      looked,
      items: open.map((path) => ({
        subject: path,
        verdict: 'attention',
        text: `others on this machine can read it (mode ${(disk.modes.get(path) ?? 0).toString(8)})`,
        todo: [{ text: 'Let only its owner read it.', command: `chmod 600 ${path}` }],
      })),
    }
  },
}

const PUBLIC_PREFIX =
  /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|NUXT_PUBLIC_|GATSBY_|PUBLIC_|VUE_APP_|NG_APP_|STORYBOOK_)/

/** Names that build tools copy into what browsers get. */
export const publicNames: Check = {
  id: 'public-names',
  title: 'No key goes to browsers',
  needs: 'disk',
  run: ({ keys }) => {
    const looked = 'the names of the variables that hold keys'
    const items = keys.flatMap(publicItems)
    return {
      looked,
      items:
        items.length > 0
          ? items
          : [{ subject: 'names', verdict: 'well', text: 'no name ships a key to browsers' }],
    }
  },
}

function publicItems(key: KnownKey): Item[] {
  const names = [...new Set(key.holders.map(({ name }) => name))].filter((name) => PUBLIC_PREFIX.test(name))
  return names.map((name) => ({
    subject: keyText(key),
    verdict: 'bad',
    text: `${name} is copied into what every visitor's browser gets`,
    todo: [
      {
        text: 'Treat the key as leaked if this was ever built and served.',
        command: `unleak respond --env ${name}`,
      },
      { text: 'Call OpenAI from your server only, under a name without that prefix.' },
    ],
  }))
}

/** Example files are made to be committed: names only. */
export const exampleFiles: Check = {
  id: 'example-files',
  title: 'Example files hold no keys',
  needs: 'disk',
  run: ({ disk }) => {
    const examples = disk.envFiles.filter((file) => file.isExample)
    const real = new Map<string, string>()
    for (const file of disk.envFiles.filter((each) => !each.isExample))
      for (const { secret } of file.variables)
        if (secret.length >= MIN_SECRET) real.set(secret.id('value'), file.path)
    const looked = `${plural(examples.length, 'example file')}, against the values of the real ones`
    const items = examples.flatMap((file) =>
      file.variables
        .filter(({ name, secret }) => SECRET_NAME.test(name) && real.has(secret.id('value')))
        .map(
          ({ name, line, secret }): Item => ({
            subject: `${file.path}:${line}`,
            verdict: 'bad',
            text: `${name} has the real value of ${list([real.get(secret.id('value'))!])}`,
            todo: [{ text: 'Empty it there, and replace the secret: examples are committed.' }],
          }),
        ),
    )
    return {
      looked,
      items:
        items.length > 0
          ? items
          : [
              {
                subject: 'examples',
                verdict: 'well',
                text: examples.length === 0 ? 'there are none' : 'names only',
              },
            ],
    }
  },
}

const MIN_SECRET = 16
const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|DSN|DATABASE_URL/i
