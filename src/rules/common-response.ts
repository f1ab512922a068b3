// The answer to a leak that fits most providers, said once. A rule file names it: `response: { common: key, url: … }`.
import type { ResponsePlan, Step } from '../model/index.ts'

/** What can have leaked, as `common` names it and the texts call it. */
export const COMMON_RESPONSES = ['key', 'token', 'secret', 'password', 'webhook', 'wallet'] as const
export type CommonResponse = (typeof COMMON_RESPONSES)[number]

/** `{it}` is what leaked, `{name}` the provider's name. */
const TEXTS: Readonly<Record<Step, string>> = {
  revoke: 'Delete or reset this {it} in {name} now. What uses it stops working until it has a new one.',
  replace: 'Make a new {it}, with the fewest rights that do and an end date where there is one.',
  update:
    'Put the new {it} into every place that used the old one: secret store, CI, hosting. Then restart them.',
  billing: 'Look at the usage and the invoices of the account for what you did not do.',
  review: 'Read the activity or access log since the day it was first committed.',
}

/** A response as rule files write it: each step in words of its own, or a common one, with the steps that differ. */
export type WrittenResponse =
  | ResponsePlan
  | (Partial<ResponsePlan> & {
      readonly common: CommonResponse
      /** The page where the old one is deleted and the new one made. */
      readonly url?: string
    })

/** Writes a common response out for a provider; one in words of its own stays as it is. */
export function expandResponse(written: WrittenResponse, name: string): ResponsePlan {
  if (!('common' in written)) return written
  const { common, url, ...own } = written
  const filled = (step: Step) => ({
    text: TEXTS[step].replace('{it}', common).replace('{name}', () => name),
  })
  const link = url === undefined ? {} : { url }
  return {
    revoke: { ...filled('revoke'), ...link },
    replace: { ...filled('replace'), ...link },
    update: filled('update'),
    billing: filled('billing'),
    review: filled('review'),
    ...own,
  }
}

/** A response as short as a file may write it: the reverse of `expandResponse`. */
export function shortenResponse(response: ResponsePlan, name: string): WrittenResponse {
  const { url } = response.revoke
  for (const common of COMMON_RESPONSES) {
    const short = { common, ...(url === undefined ? {} : { url }) }
    if (JSON.stringify(expandResponse(short, name)) === JSON.stringify(response)) return short
  }
  return response
}
