// The nearest right name for a mistyped one.

/** The name within two edits of `word`, if there is one. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => [editDistance(word, name), name] as const).sort((a, b) => a[0] - b[0])
  return ranked[0] && ranked[0][0] <= 2 ? ranked[0][1] : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
