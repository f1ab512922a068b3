/** `count` findings as `--format json` writes them; `scan` replaces fields of the summary. */
export function manyFindings(
  count: number,
  scan?: object,
): {
  readonly findings: readonly {
    readonly id: string
    readonly title: string
    readonly places: readonly unknown[]
  }[]
}
