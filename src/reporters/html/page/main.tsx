// The page: reads the report that lies in it, and draws it.
import type { PageData } from '../data.ts'
import { App } from './app.tsx'
import { rowsOf } from './model.ts'
import { applyTheme, savedTheme } from './theme.ts'
import { render } from './view.ts'

const data = JSON.parse(document.getElementById('report')!.textContent!) as PageData
const root = document.getElementById('app')!
applyTheme(savedTheme())
root.textContent = ''
render(<App data={data} rows={rowsOf(data)} />, root)
