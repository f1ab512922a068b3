// Precision in real repositories, from findings that people judged: blob, place and verdict, never the text.

/**
 * @param files contents of `labels/*.json`: { repository, commit, findings: [{ blob, line, rule, confidence, verdict }] };
 *   a verdict is `real`, `fixture` (made for a test or a document, of the right kind) or `false`
 */
export function wildFigures(files) {
  const out = [
    '## Findings in real repositories, judged by reading',
    '',
    '| repository | findings | right at high confidence | at medium | at low |',
    '| --- | ---: | ---: | ---: | ---: |',
  ]
  const sum = { high: [0, 0], medium: [0, 0], low: [0, 0] }
  const share = ([right, all]) => (all === 0 ? '–' : `${right} of ${all}`)
  for (const { repository, findings } of files) {
    const own = { high: [0, 0], medium: [0, 0], low: [0, 0] }
    for (const { confidence, verdict } of findings)
      for (const figures of [own, sum]) {
        figures[confidence][1] += 1
        if (verdict !== 'false') figures[confidence][0] += 1
      }
    out.push(
      `| ${repository} | ${findings.length} | ${share(own.high)} | ${share(own.medium)} | ${share(own.low)} |`,
    )
  }
  out.push(
    `| all | ${files.reduce((n, f) => n + f.findings.length, 0)} | ${share(sum.high)} | ${share(sum.medium)} | ${share(sum.low)} |`,
  )
  return out.join('\n')
}
