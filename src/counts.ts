// Counts by reason, such as of what filters dropped.

export function addCounts(sum: Map<string, number>, part: ReadonlyMap<string, number>): void {
  for (const [reason, count] of part) sum.set(reason, (sum.get(reason) ?? 0) + count)
}
