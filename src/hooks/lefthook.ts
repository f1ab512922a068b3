// lefthook: one more command (or job, where jobs are used) in its configuration. Source: lefthook.dev/configuration
import {
  chosenEntries,
  configFile,
  ENTRIES,
  type Entry,
  editFile,
  installStep,
  programOf,
} from './configured.ts'
import { dependsOn, fromTop } from './site.ts'
import { Claim, type ConfiguredManager, type Site } from './types.ts'
import { deleteUp, editYaml, itemsAt } from './yaml-config.ts'

const STEMS = ['lefthook', '.lefthook', '.config/lefthook']
const YAML_FILES = STEMS.flatMap((stem) => [`${stem}.yml`, `${stem}.yaml`])
const OTHER_FILES = STEMS.flatMap((stem) => [`${stem}.toml`, `${stem}.json`])

export const lefthook: ConfiguredManager = {
  id: 'lefthook',

  claim(site) {
    if (configFile(site, [...YAML_FILES, ...OTHER_FILES])) return Claim.present
    return site.project && dependsOn(site.project.data, 'lefthook') ? Claim.present : Claim.none
  },

  configure(site, hooks) {
    const other = configFile(site, OTHER_FILES)
    const file = configFile(site, YAML_FILES) ?? `${site.top}/lefthook.yml`
    // lefthook merges what it finds under both: a YAML file beside a TOML one would be another configuration.
    if (other && !configFile(site, YAML_FILES))
      return { changes: [], steps: [], notes: [handNote(site, other)], missing: false }
    const add = (text: string | undefined) =>
      editYaml(text, file, (document) => {
        for (const entry of chosenEntries(hooks)) {
          const job = jobOf(site, entry)
          const path = [entry.hook, 'jobs']
          if (itemsAt(document, path).length === 0)
            document.setIn([entry.hook, 'commands', 'unleak'], document.createNode(job))
          else if (!itemsAt(document, path).some(({ value }) => isOurs(value)))
            document.addIn(path, document.createNode({ name: 'unleak', ...job }))
        }
      })
    const changes = editFile(site, file, add, 'runs unleak')
    return {
      changes,
      notes: [],
      ...installStep(site, 'lefthook', ['install'], { hooks, needed: changes.length > 0 }),
    }
  },

  remove(site) {
    const file = configFile(site, YAML_FILES)
    if (!file) return []
    const take = (text: string | undefined) =>
      editYaml(text, file, (document) => {
        for (const { hook } of ENTRIES) {
          deleteUp(document, [hook, 'commands', 'unleak'])
          for (const { index, value } of itemsAt(document, [hook, 'jobs']).reverse())
            if (isOurs(value)) deleteUp(document, [hook, 'jobs', index])
        }
      })
    return editFile(site, file, take, 'no longer runs unleak')
  },
}

/** The message's file and the remote come as `{1}` and `{2}`; the refs of a push on standard input. */
function jobOf(site: Site, { command }: Entry): Record<string, unknown> {
  const run = `${programOf(site)} ${command}`
  if (command === 'message') return { run: `${run} {1}` }
  return command === 'push' ? { run: `${run} {1} {2}`, use_stdin: true } : { run }
}

const isOurs = (value: unknown): boolean => (value as { name?: unknown } | null)?.name === 'unleak'

const handNote = (site: Site, file: string): string =>
  `${fromTop(site, file)} is not YAML, which is all that init edits. Add there, for pre-commit: run = "${programOf(site)} staged"`
