// The nouns of this room: a check says what is so and, where it is not well, the one line that mends it.
import type { Site } from '../hooks/types.ts'

export const CHECK_STATES = ['ok', 'note', 'problem'] as const
export type CheckState = (typeof CHECK_STATES)[number]

export interface Check {
  readonly id: string
  /** note: it works, but not everywhere, or slower; problem: secrets can get past. */
  readonly state: CheckState
  readonly text: string
  /** What to type, or to do. */
  readonly fix?: string
}

export interface Patient {
  readonly site: Site
  /** The hook manager in charge, by its id. */
  readonly manager: string
  readonly env: NodeJS.ProcessEnv
  /** The folder of compiled code; undefined: none is kept. */
  readonly cache: string | undefined
  readonly node: string
}

export type Examine = (patient: Patient) => Promise<readonly Check[]> | readonly Check[]

export const DOCTOR_SCHEMA = 'unleak-doctor/1'

export interface Diagnosis {
  readonly schema: typeof DOCTOR_SCHEMA
  readonly root: string
  readonly manager: string
  readonly hooksDir: string
  readonly state: 'well' | 'problems'
  readonly checks: readonly Check[]
}
