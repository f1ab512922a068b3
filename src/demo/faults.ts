// Trouble on the way, on demand: what a network and its machines do to an answer.

export const FAULT_KINDS = [
  'drop',
  'cut',
  'garbage',
  'html',
  'empty',
  'redirect',
  'endless',
  'silence',
  'slow',
  'not-http',
  'busy',
  'error',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export interface Fault {
  readonly kind: FaultKind
  /** Which requests: `GET /models`; none: all. */
  readonly on?: RegExp
  /** How many more requests it hits; default: all that come. */
  times?: number
  /** Where `redirect` leads. */
  readonly location?: string
  /** Status of `busy` (429), `error` (500), `html` and `garbage` (200) where another is wanted. */
  readonly status?: number
  /** Seconds that `busy` and `error` ask to wait. */
  readonly retryAfter?: number
  /** Milliseconds that `slow` waits before the right answer. */
  readonly delayMs?: number
}

/** The fault that hits this request, counted down. */
export function takeFault(faults: readonly Fault[], name: string): Fault | undefined {
  const fault = faults.find(({ on, times }) => (on?.test(name) ?? true) && times !== 0)
  if (fault?.times !== undefined) fault.times--
  return fault
}
