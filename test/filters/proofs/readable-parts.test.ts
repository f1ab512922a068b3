// Proofs that read what a credential says of itself: service accounts and Discord bots.
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { discordBot } from '../../../src/filters/proofs/discord-bot.ts'
import { googleServiceAccount } from '../../../src/filters/proofs/google-service-account.ts'
import { PROOFS } from '../../../src/filters/proofs/index.ts'
import { candidate } from './candidates.ts'

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .trim()
  .replaceAll('\n', '\\n')

describe('google-service-account', () => {
  const check = (project: string, email: string) =>
    googleServiceAccount.check(
      candidate(key, {
        before: `{"project_id": "${project}", "private_key": "`,
        after: `", "client_email": "${email}"}`,
      }),
    )

  it('names the account', () => {
    expect(check('acme-prod', 'ci@acme-prod.iam.gserviceaccount.com')).toMatchObject({
      verdict: 'proven',
      evidence: ['service account ci of project acme-prod', 'the body is one complete DER structure'],
    })
  })

  it('doubts an account of another project', () => {
    expect(check('acme-prod', 'ci@other-app.iam.gserviceaccount.com')).toMatchObject({ verdict: 'doubtful' })
  })
})

describe('discord-bot', () => {
  const token = (id: string) => `${Buffer.from(id).toString('base64url')}.GabcdE.${'aB3'.repeat(12)}`

  it('reads when the bot was made', () => {
    expect(discordBot.check(candidate(token('175928847299117063')))).toMatchObject({
      verdict: 'proven',
      evidence: ['bot made on 2016-04-30'],
    })
  })

  it('doubts ids that are no numbers', () => {
    expect(discordBot.check(candidate(token('not-a-number-at-all'))).verdict).toBe('doubtful')
  })
})

describe('PROOFS', () => {
  it('has each name once', () => {
    const names = PROOFS.map((proof) => proof.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
