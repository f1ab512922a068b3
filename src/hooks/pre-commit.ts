// The pre-commit framework: a local repository with our hooks in its configuration. Source: pre-commit.com
import { chosenEntries, configFile, editFile, installStep, programOf } from './configured.ts'
import { Claim, type ConfiguredManager } from './types.ts'
import { addItem, deleteUp, editYaml, itemsAt } from './yaml-config.ts'

const FILES = ['.pre-commit-config.yaml', '.pre-commit-config.yml']

export const preCommit: ConfiguredManager = {
  id: 'pre-commit',

  claim: (site) => (configFile(site, FILES) ? Claim.present : Claim.none),

  configure(site, chosen) {
    const file = configFile(site, FILES) ?? `${site.top}/${FILES[0]}`
    const hooks = chosenEntries(chosen).map(({ hook, command }) => ({
      id: command === 'staged' ? 'unleak' : `unleak-${command}`,
      name: `unleak ${command}`,
      entry: `${programOf(site)} ${command}`,
      language: 'system',
      stages: [hook],
      // Of the framework's arguments only the file of the message is for us: staged and push ask git.
      pass_filenames: command === 'message',
      always_run: true,
    }))
    const add = (text: string | undefined) =>
      editYaml(text, file, (document) => {
        const ours = itemsAt(document, ['repos']).find(({ value }) => ourHooks(value).length > 0)
        if (ours === undefined) return addItem(document, ['repos'], { repo: 'local', hooks })
        const { repo, hooks: there } = ours.value as { repo?: unknown; hooks: { id?: unknown }[] }
        if (repo !== 'local') return
        for (const hook of hooks)
          if (!there.some(({ id }) => id === hook.id)) addItem(document, ['repos', ours.index, 'hooks'], hook)
      })
    const changes = editFile(site, file, add, 'runs unleak')
    const types = chosen.flatMap((hook) => ['-t', hook])
    return {
      changes,
      notes: [],
      ...installStep(site, 'pre-commit', ['install', ...types], {
        hooks: chosen,
        needed: changes.length > 0,
      }),
    }
  },

  remove(site) {
    const file = configFile(site, FILES)
    if (!file) return []
    const take = (text: string | undefined) =>
      editYaml(text, file, (document) => {
        for (const { index, value } of itemsAt(document, ['repos']).reverse())
          for (const at of ourHooks(value).reverse()) {
            const isLast = (value as { hooks: unknown[] }).hooks.length === ourHooks(value).length
            deleteUp(document, isLast ? ['repos', index] : ['repos', index, 'hooks', at])
            if (isLast) break
          }
        // Its hooks are there still, and stop every commit where they find no configuration.
        if (!document.hasIn(['repos'])) document.setIn(['repos'], document.createNode([], { flow: true }))
      })
    return editFile(site, file, take, 'no longer runs unleak')
  },
}

/** Where our hooks stand in a repository of the configuration: by this file's own entries, or by reference to ours. */
function ourHooks(repo: unknown): number[] {
  const { hooks } = (repo ?? {}) as { hooks?: unknown }
  if (!Array.isArray(hooks)) return []
  return hooks.flatMap((hook: { id?: unknown } | null, at) =>
    /^unleak(?:-\w+)?$/.test(String(hook?.id)) ? [at] : [],
  )
}
