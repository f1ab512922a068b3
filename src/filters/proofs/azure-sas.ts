// Azure shared access signatures: they say when they end and what they allow.
import type { Proof } from '../candidate.ts'

const EXPIRY = /[?&;"]se=(\d{4}-\d\d-\d\d(?:T[\d:%Aa]{4,14}Z)?)/
const RIGHTS = /[?&;"]sp=([a-z]{1,16})/

export const azureSas: Proof = {
  name: 'azure-sas',
  check({ text }) {
    const end = EXPIRY.exec(text)?.[1]?.replace(/%3a/gi, ':')
    const time = end === undefined ? Number.NaN : Date.parse(end)
    const rights = RIGHTS.exec(text)?.[1]
    const evidence = rights === undefined ? [] : [`allows ${rights}`]
    if (Number.isNaN(time)) return { verdict: 'proven', evidence }
    const day = new Date(time).toISOString().slice(0, 10)
    return time < Date.now()
      ? { verdict: 'doubtful', confidence: 'low', evidence: [`expired on ${day}`, ...evidence] }
      : { verdict: 'proven', evidence: [`valid until ${day}`, ...evidence] }
  },
}
