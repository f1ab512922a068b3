// The report as one HTML file: no script, nothing loaded, light and dark, plots inside.
import { createHash } from 'node:crypto'
import { escapeUnsafe } from '../../reporters/escape.ts'
import type { CheckResult, HealthPolicy, HealthReport, HealthVerdict, Item, Spend, Todo } from '../model.ts'
import { agePlot, escapeHtml, spendPlot } from './plots.ts'

const STYLE = `
:root{color-scheme:light dark;--ink:#1c1e21;--soft:#5d646d;--paper:#fff;--card:#f5f6f8;--line:#d9dde2;--bad:#b3261e;--attention:#8a5a00;--none:#3f5f8a;--well:#1d6b34;--bar:#3a6ea5}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a2a9b2;--paper:#15171a;--card:#1f2226;--line:#363b42;--bad:#ff8a80;--attention:#f0b849;--none:#9dbfec;--well:#7bd195;--bar:#7fb0e0}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:54rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.3rem 0}.soft{color:var(--soft)}
.sum{display:flex;gap:.6rem;flex-wrap:wrap;margin:1rem 0}.sum b{border:1px solid var(--line);border-radius:.5rem;padding:.3rem .8rem;background:var(--card)}
article{border:1px solid var(--line);border-left-width:.35rem;border-radius:.4rem;padding:.7rem 1rem;margin:.7rem 0;background:var(--card)}
article h3{font-size:1rem;margin:0;display:flex;justify-content:space-between;gap:1rem}
article.bad{border-left-color:var(--bad)}article.attention{border-left-color:var(--attention)}article.not-checked{border-left-color:var(--none)}article.well{border-left-color:var(--well)}
b.bad,span.bad{color:var(--bad)}b.attention,span.attention{color:var(--attention)}b.not-checked,span.not-checked{color:var(--none)}b.well,span.well{color:var(--well)}
ul{padding-left:1.2rem;margin:.4rem 0}li{margin:.3rem 0;overflow-wrap:anywhere}code{font:.9em ui-monospace,monospace;background:var(--paper);border:1px solid var(--line);border-radius:.3rem;padding:.05rem .3rem}
a{color:inherit}details summary{cursor:pointer}.plot{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.5rem}svg{display:block;width:100%;height:auto}svg.narrow{display:none}
svg text{fill:var(--ink);font:13px system-ui,sans-serif}svg .soft{fill:var(--soft)}svg .bar{fill:var(--bar)}svg .bad{fill:var(--bad)}svg .attention{fill:var(--attention)}svg .well{fill:var(--well)}svg .axis{stroke:var(--line)}
@media screen and (max-width:36rem){svg.wide{display:none}svg.narrow{display:block}}
@media print{body{padding:0}details{display:block}}
`

const WORDS: Readonly<Record<HealthVerdict, string>> = {
  bad: 'bad',
  attention: 'attention',
  'not-checked': 'not checked',
  well: 'well',
}
const ORDER: readonly HealthVerdict[] = ['bad', 'attention', 'not-checked', 'well']

export function htmlReport(report: HealthReport, policy: HealthPolicy): string {
  const hash = createHash('sha256').update(STYLE).digest('base64')
  const csp = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  const sorted = ORDER.flatMap((verdict) => report.checks.filter((check) => check.verdict === verdict))
  const counts = ORDER.filter((verdict) => report.counts[verdict] > 0)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>API key health</title><style>${STYLE}</style></head>
<body><main><h1>API key health</h1>
<p class="soft">${text(report.checkedAt.slice(0, 16).replace('T', ' '))} UTC, unleak ${text(report.tool.version)}</p>
<div class="sum">${counts.map((verdict) => `<b class="${verdict}">${report.counts[verdict]} ${WORDS[verdict]}</b>`).join('')}</div>
${plots(report, policy)}
<h2>Checks</h2>
${sorted.map(article).join('\n')}
</main></body></html>
`
}

function plots(report: HealthReport, policy: HealthPolicy): string {
  const inCurrency = ({ currency }: Spend) => (report.spend.length > 1 ? `, ${currency}` : '')
  const spend = report.spend
    .map((each) => `<h2>Spend by day${inCurrency(each)}</h2>${spendPlot(each)}`)
    .join('')
  const limits = { rotate: policy.rotateAfterDays, expire: policy.expireAfterDays }
  const ages = report.keys.length > 0 ? `<h2>Age of the keys</h2>${agePlot(report.keys, limits)}` : ''
  return spend + ages
}

function article(check: CheckResult): string {
  const told = check.items.filter((item) => item.verdict !== 'well')
  const well = check.items.filter((item) => item.verdict === 'well')
  const rest =
    well.length > 0
      ? `<details><summary>${well.length} well</summary><ul>${well.map(itemHtml).join('')}</ul></details>`
      : ''
  return `<article class="${check.verdict}"><h3>${text(check.title)}<span class="${check.verdict}">${WORDS[check.verdict]}</span></h3>
<p class="soft">Looked at ${text(check.looked)}.</p>${told.length > 0 ? `<ul>${told.map(itemHtml).join('')}</ul>` : ''}${rest}</article>`
}

function itemHtml({ subject, verdict, text: words, todo = [] }: Item): string {
  const todos = todo.length > 0 ? `<ul>${todo.map((each) => `<li>${todoHtml(each)}</li>`).join('')}</ul>` : ''
  return `<li><b class="${verdict}">${text(subject)}</b>: ${text(words)}${todos}</li>`
}

function todoHtml({ text: words, url, command }: Todo): string {
  const link = url ? ` <a href="${text(url)}" rel="noreferrer">${text(url)}</a>` : ''
  return `${text(words)}${link}${command ? ` <code>${text(command)}</code>` : ''}`
}

const text = (value: string): string => escapeHtml(escapeUnsafe(value))
