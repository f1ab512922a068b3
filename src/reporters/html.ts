// The report as one page.
import type { Reporter } from './reporter.ts'
export const html: Reporter = function* () {
  yield '<!doctype html>openai'
}
