// The runbook, in order: the new key first, so that nothing stands still; seconds later the old one is dead.
import type { Step } from '../model.ts'
import { contain } from './contain.ts'
import { billing, review } from './damage.ts'
import { history } from './history.ts'
import { prove } from './prove.ts'
import { replace } from './replace.ts'
import { revoke } from './revoke.ts'
import { testNew } from './test-new.ts'
import { update } from './update.ts'

export const RUNBOOK: readonly Step[] = [
  replace,
  update,
  testNew,
  contain,
  revoke,
  prove,
  billing,
  review,
  history,
]
