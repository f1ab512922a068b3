// Allow comments: ours and the peers', on the line and above it, and nothing that only looks like one.
import { describe, expect, it } from 'vitest'
import { allowCommentFilter } from '../../src/filters/allow-comment.ts'
import { candidate } from './candidates.ts'

const drops = (text: string) => allowCommentFilter.drops(candidate(text))

describe('allow comment', () => {
  it.each([
    'unleak:allow',
    'unleak:allow this one was revoked in May',
    'unleak:allow=acme-key',
    'unleak:allow=acme rotated',
    'unleak:allow=stripe,acme-key',
    'UNLEAK:ALLOW',
    'gitleaks:allow',
    'betterleaks:allow',
    'trufflehog:ignore',
    'kingfisher:ignore',
    'pragma: allowlist secret',
    'pragma: whitelist secret',
    'secretlint-disable-line',
    'secretlint-disable-line @secretlint/rule',
    'ggignore',
  ])('on the same line: %s', (comment) => {
    expect(drops(`key = "[[abc123]]" # ${comment}\nnext`)).toBe(true)
    expect(drops(`/* ${comment} */ key = "[[abc123]]"`)).toBe(true)
    expect(drops(`# ${comment}\nkey = "[[abc123]]"`)).toBe(false)
    expect(drops(`key = "[[abc123]]"\n# ${comment}`)).toBe(false)
  })

  it.each([
    'unleak:allow-next-line',
    'unleak:allow-next-line=acme known to all',
    'pragma: allowlist nextline secret',
    'secretlint-disable-next-line',
  ])('on the line above: %s', (comment) => {
    expect(drops(`# ${comment}\nkey = "[[abc123]]"`)).toBe(true)
    expect(drops(`# ${comment}\n\nkey = "[[abc123]]"`)).toBe(false)
    expect(drops(`key = "[[abc123]]" # ${comment}`)).toBe(false)
  })

  it.each([
    'unleak:allow=stripe',
    'unleak:allowed',
    'unleak: allow',
    'gitleaks:allowed',
    'ggignored',
    'trufflehog:ignore-later',
    'pragma: allowlist',
  ])('is not: %s', (comment) => {
    expect(drops(`key = "[[abc123]]" # ${comment}`)).toBe(false)
  })

  it('is never taken from the bytes of the secret', () => {
    expect(drops('key = "[[abc#unleak:allow]]"')).toBe(false)
    expect(drops('key = "[[gitleaks:allow]]"')).toBe(false)
    expect(drops('unleak:allow-next-line is what [[gitleaks:allow]] was')).toBe(false)
  })

  it('holds for a secret over several lines, on any of them', () => {
    expect(drops('a = """[[x\ny]]""" # unleak:allow')).toBe(true)
  })
})
