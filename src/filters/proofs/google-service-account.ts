// Google service-account files: the key parses, and the e-mail belongs to the project of the file.
import type { Candidate, Proof, ProofOutcome } from '../candidate.ts'
import { checkPem } from './pem.ts'
import { readArmour } from './pem-body.ts'

const NEAR = 1200
const EMAIL = /"([a-z0-9-]{1,40})@([a-z0-9.:-]{4,60})\.iam\.gserviceaccount\.com/
const PROJECT = /project_id\\{0,3}"\s{0,8}:\s{0,8}\\{0,3}"([a-z0-9.:-]{4,60})\\{0,3}"/

export const googleServiceAccount: Proof = {
  name: 'google-service-account',
  check(candidate): ProofOutcome {
    const armour = readArmour(candidate.text)
    if (!armour) return { verdict: 'silent' }
    const outcome = checkPem(armour)
    if (!('evidence' in outcome)) return outcome
    const { evidence, doubt } = readAccount(candidate)
    if (doubt) return { verdict: 'doubtful', confidence: 'medium', evidence: [doubt, ...evidence] }
    return { ...outcome, evidence: [...evidence, ...outcome.evidence] }
  },
}

function readAccount(candidate: Candidate): { evidence: string[]; doubt?: string } {
  const around = candidate.around(NEAR, NEAR)
  const [, name, project] = EMAIL.exec(around) ?? []
  if (!name || !project) return { evidence: [] }
  const evidence = [`service account ${name} of project ${project}`]
  const stated = PROJECT.exec(around)?.[1]
  return stated && stated !== project
    ? { evidence, doubt: `the file names another project, ${stated}` }
    : { evidence }
}
