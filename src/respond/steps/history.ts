// What stands in git: rewriting is for people; this writes what they need for it, and says what it mends.
import { join } from 'node:path'
import { writePrivate } from '../../places/rewrite.ts'
import type { Case, Outcome, Planned, Step } from '../model.ts'
import { todo } from '../words.ts'

export const history: Step = { id: 'history', title: 'Clean the history', plan, apply }

const inHistory = ({ finding }: Case): boolean =>
  finding.places.some(({ kind }) => kind === 'history' || kind === 'message' || kind === 'tag')

function plan(incident: Case): Planned {
  if (!incident.isGit) return { lines: ['This is no git repository.'], changes: false }
  const staged = incident.finding.places.filter((place) => place.kind === 'staged')
  const lines = inHistory(incident)
    ? [
        'Not rewritten: a revoked key in the history does no harm, and rewriting needs everybody who has a clone.',
      ]
    : ['It is in no commit.']
  return {
    lines: incident.options.filterRepo
      ? [
          ...lines,
          'Write the replacement file for `git filter-repo`, readable by you only. It holds the key.',
        ]
      : lines,
    todo: staged.map(({ path = '' }) =>
      todo(`${path} is staged with the key: take it out of the next commit.`, {
        command: `git restore --staged -- ${path}`,
      }),
    ),
    changes: incident.options.filterRepo,
  }
}

async function apply(incident: Case): Promise<Outcome> {
  const { lines, todo: staged = [] } = plan(incident)
  const isWanted = incident.options.filterRepo && incident.isGit
  if (!isWanted) {
    const more = inHistory(incident)
      ? [
          todo(
            'To take it out of the history all the same (to end alarms, or because other secrets stand beside it):',
            {
              command: `unleak respond ${incident.id} --filter-repo --confirm`,
            },
          ),
        ]
      : []
    return {
      state: inHistory(incident) ? 'by-hand' : 'not-needed',
      lines: lines.slice(0, 1),
      todo: [...staged, ...more],
    }
  }
  const file = join(incident.stateDir, 'filter-repo', `${incident.id}.txt`)
  writePrivate(file, `literal:${incident.key.reveal()}==>REMOVED-${incident.id}\n`)
  return {
    state: 'by-hand',
    lines: [
      'Rewriting changes the id of every commit since the key came in, so all clones and open pull requests must be made anew.',
      'It mends: new clones, scans and searches of your repository.',
      'It does not mend: clones, forks and caches of others, pull requests on the hosting site (ask its support), mirrors and archives. Only the revocation helps there.',
    ],
    todo: [
      ...staged,
      todo('In a fresh mirror clone, with git-filter-repo installed:', {
        command: `git filter-repo --sensitive-data-removal --replace-text ${file}`,
      }),
      todo('Check that nothing is left, then force-push all branches and tags; delete the file.', {
        command: `unleak audit && git push --force --mirror && rm ${file}`,
      }),
    ],
  }
}
