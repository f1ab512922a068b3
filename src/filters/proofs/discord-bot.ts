// Discord bot tokens: the first part is the bot's number in base64, which holds when it was made.
import type { Proof } from '../candidate.ts'

const EPOCH = 1420070400000

export const discordBot: Proof = {
  name: 'discord-bot',
  check({ secret }) {
    const id = Buffer.from(secret.split('.')[0] ?? '', 'base64url').toString('latin1')
    if (!/^\d{17,20}$/.test(id)) {
      return { verdict: 'doubtful', confidence: 'low', evidence: ['its first part is no Discord id'] }
    }
    const made = new Date(Number(BigInt(id) >> 22n) + EPOCH)
    return {
      verdict: 'proven',
      confidence: 'high',
      evidence: [`bot made on ${made.toISOString().slice(0, 10)}`],
    }
  },
}
