// How to go on with a push that was stopped: the commits that hold the secret have to be rewritten.
import type { Finding, Place } from '../model/index.ts'
import { glue, wrap } from './layout.ts'
import type { Pen } from './pen.ts'

export function pushOnLines(findings: readonly Finding[], pen: Pen): string[] {
  const places = findings.flatMap((finding) => finding.places)
  const oldest = places.filter((place) => place.commit !== undefined).sort(byDate)[0]?.commit
  const tags = [...new Set(places.flatMap((place) => place.tag ?? []))]
  return [
    pen.paint('strong', 'To go on with this push:'),
    ...(oldest === undefined
      ? []
      : rewriteLines(oldest, findings.length === 1 ? 'the secret' : 'the secrets', pen)),
    ...tags.flatMap((tag) => tagLines(tag, pen)),
  ]
}

function byDate(a: Place, b: Place): number {
  return (a.date ?? '') < (b.date ?? '') ? -1 : 1
}

function rewriteLines(commit: string, it: string, pen: Pen): string[] {
  const id = pen.foreign(commit.slice(0, 12))
  const why = `A new commit that takes ${it} out is not enough: the push would still publish the one that holds it. Rewrite that one. If it is the newest, take ${it} out and then:`
  const older = `If it is older, start here, write "edit" in front of each commit named above, and do the same at every stop, followed by ${glue('git rebase --continue')}:`
  return [
    ...wrap(why, pen.width, '  '),
    `    ${pen.command('git commit --all --amend')}`,
    ...wrap(older, pen.width, '  '),
    `    ${pen.command(`git rebase -i -r ${id}^`)}`,
    ...wrap(`(with ${glue('--root')} in place of ${id}^ when it is the very first commit)`, pen.width, '  '),
  ]
}

function tagLines(tag: string, pen: Pen): string[] {
  const shown = pen.foreign(tag)
  const name = shown === tag && /^[\w./+@-]+$/.test(tag) && !tag.startsWith('-') ? tag : 'TAG'
  return [
    ...wrap(`The message of the tag ${glue(shown)} is written anew with:`, pen.width, '  '),
    `    ${pen.command(`git tag -f -a ${name} ${name}^{}`)}`,
  ]
}
