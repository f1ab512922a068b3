// What is unusual against its own past: the distance from the median, in units of the median distance (MAD).

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export interface Unusual {
  readonly index: number
  readonly value: number
  /** What is usual: the median of the days before. */
  readonly usual: number
}

/** Iglewicz and Hoaglin (1993): beyond 3.5 a value is an outlier. */
const LIMIT = 3.5
const SCALE = 0.6745
/** With fewer days there is no past to compare with. */
const MIN_PAST = 7

/**
 * Values of the last `recent` that stand out above those before them. One outlier does not move the median, so a
 * thief's first day does not hide the second. `floor`: differences below it are never unusual.
 */
export function unusual(values: readonly number[], recent: number, floor: number): Unusual[] {
  const past = values.slice(0, Math.max(0, values.length - recent))
  if (past.length < MIN_PAST) return []
  const usual = median(past)
  // Days that are all alike have a MAD of zero; then a tenth of the usual counts as its spread.
  const spread = Math.max(median(past.map((value) => Math.abs(value - usual))), usual / 10, floor / 10)
  return values.slice(past.length).flatMap((value, i) => {
    const isOut = (SCALE * (value - usual)) / spread > LIMIT && value - usual > floor
    return isOut ? [{ index: past.length + i, value, usual }] : []
  })
}
