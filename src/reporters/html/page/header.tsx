// What was scanned and when, the switches of the page, and what could not be scanned.
import type { PageData } from '../data.ts'
import { applyTheme, savedTheme, THEMES, type Theme } from './theme.ts'
import { useState } from './view.ts'
import { day } from './words.ts'

const THEME_WORDS: Readonly<Record<Theme, string>> = { auto: 'As the system', light: 'Light', dark: 'Dark' }

export function Header(props: { data: PageData; onExport: () => void; canExport: boolean }) {
  const { scan, scanned } = props.data
  return (
    <header class="top">
      <div>
        <p class="brand">unleak report</p>
        <h1>{headline(props.data)}</h1>
        <p class="soft">
          <code>{commandText(scan)}</code>, <time dateTime={scan.startedAt}>{day(scan.startedAt)}</time>.
          Read: {scanned}.
        </p>
      </div>
      <div class="tools">
        <ThemeSwitch />
        <button type="button" onClick={() => window.print()}>
          Print
        </button>
        <button type="button" class="primary" disabled={!props.canExport} onClick={props.onExport}>
          Save what is left to do
        </button>
      </div>
    </header>
  )
}

function commandText({ command, target }: PageData['scan']): string {
  return target === '.' ? `unleak ${command}` : `unleak ${command} ${target}`
}

function headline({ findings, scan }: PageData): string {
  const n = findings.length
  if (n === 0) return scan.state === 'complete' ? 'No secrets found' : 'No secrets in what could be read'
  return `${n.toLocaleString('en')} ${n === 1 ? 'secret' : 'secrets'} found`
}

function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>(savedTheme)
  const choose = (value: Theme) => {
    applyTheme(value)
    setTheme(value)
  }
  return (
    <label>
      <span class="hidden">Colours</span>
      <select id="theme" value={theme} onChange={(event) => choose(event.currentTarget.value as Theme)}>
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {THEME_WORDS[value]}
          </option>
        ))}
      </select>
    </label>
  )
}

export function PartialBanner({ data }: { data: PageData }) {
  const left = data.scan.problems.filter(({ isPartial }) => isPartial)
  return (
    <section class="banner" aria-labelledby="partial">
      <h2 id="partial">Not everything was scanned: a secret may be in what was left out</h2>
      <ul>
        {left.map(({ code, text }) => (
          <li key={code}>{text}</li>
        ))}
      </ul>
    </section>
  )
}

export function Footer({ data }: { data: PageData }) {
  const notes = data.scan.problems.filter(({ isPartial }) => !isPartial)
  return (
    <footer>
      {notes.map(({ code, text }) => (
        <p key={code}>Note: {text}</p>
      ))}
      <p>
        Made by unleak {data.tool.version}, rules {data.tool.ruleset}. This page loads nothing and sends
        nothing; ticks stay in this browser. Secrets are masked unless the report was made with --reveal.
      </p>
    </footer>
  )
}
