// Light, dark, or as the system has it.
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'unleak-theme'

export function savedTheme(): Theme {
  try {
    const saved = window.localStorage.getItem(KEY) as Theme
    return THEMES.includes(saved) ? saved : 'auto'
  } catch {
    return 'auto'
  }
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  try {
    window.localStorage.setItem(KEY, theme)
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}
