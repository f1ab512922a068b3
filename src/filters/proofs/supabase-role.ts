// Supabase's older keys are JWTs; only those of the role `service_role` are secret.
import type { Proof } from '../candidate.ts'
import { checkJwt, readJwt } from './jwt.ts'

export const supabaseRole: Proof = {
  name: 'supabase-role',
  check({ secret }) {
    const token = readJwt(secret)
    if (!token) return { verdict: 'refuted', reason: 'header and claims are not JSON' }
    const { iss, role } = token.claims
    if (role !== 'service_role') return { verdict: 'refuted', reason: 'not a service_role key' }
    if (iss !== 'supabase' && iss !== 'supabase-demo') {
      return { verdict: 'refuted', reason: 'not issued by Supabase' }
    }
    return checkJwt(token, Date.now())
  },
}
