// The checks, in the order in which they are told.
import type { Check } from '../model.ts'
import { activity } from './activity.ts'
import { backup } from './backup.ts'
import { billing } from './billing.ts'
import { envFilesInGit, exampleFiles, fileModes, keysInCode, publicNames } from './hygiene.ts'
import { limits } from './limits.ts'
import { models } from './models.ts'
import { rotation } from './rotation.ts'
import { separation } from './separation.ts'
import { unused } from './unused.ts'
import { usage } from './usage.ts'
import { validity } from './validity.ts'

export const CHECKS: readonly Check[] = [
  validity,
  billing,
  usage,
  limits,
  rotation,
  unused,
  backup,
  separation,
  activity,
  models,
  keysInCode,
  envFilesInGit,
  fileModes,
  publicNames,
  exampleFiles,
]
