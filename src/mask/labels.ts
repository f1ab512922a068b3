// Secret → label: the same one for the same secret within a run, and nothing that tells the secret.
import { createHmac, randomBytes } from 'node:crypto'

/** Hex digits of a label; more where two secrets would share them. */
const SHORT = 4
const LONG = 16
/** Labels whose owner is remembered; beyond that all are long, which takes no memory. */
const MOST_REMEMBERED = 20_000

/** Gives `[rule:3f2a]` for a secret. `key`: any text; without one, labels of another run are others. */
export function createLabels(key?: string): (rule: string, secret: string) => string {
  const hmacKey = key === undefined ? randomBytes(32) : Buffer.from(`unleak-mask/1\0${key}`)
  const owners = new Map<string, string>()
  return (rule, secret) => {
    // Without the key nobody can try out which secret has this label, however few there may be.
    const digest = createHmac('sha256', hmacKey).update(`${rule}\0${secret}`, 'latin1').digest('hex')
    for (let digits = SHORT; digits < LONG && owners.size < MOST_REMEMBERED; digits += SHORT) {
      const label = `[${rule}:${digest.slice(0, digits)}]`
      const owner = owners.get(label)
      if (owner === undefined) owners.set(label, digest)
      if (owner === undefined || owner === digest) return label
    }
    const known = `[${rule}:${digest.slice(0, SHORT)}]`
    return owners.get(known) === digest ? known : `[${rule}:${digest.slice(0, LONG)}]`
  }
}
