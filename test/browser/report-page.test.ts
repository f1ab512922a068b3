// The HTML report in a real browser: what a person does with it, with mouse, keyboard and screen reader.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { manyFindings } from '../bench/many-findings.mjs'
import { findChromium, launch } from '../helpers/chromium.ts'
import { unleak } from '../helpers/cli.ts'
import { tempFolder } from '../helpers/repo.ts'
import { makeReport } from '../helpers/report.ts'

const chromium = findChromium()
const COUNT = 120
const folder = tempFolder()
let browser: Browser
/** What the browser complained about, and what it asked the network for. */
const complaints: string[] = []

function makePage(name: string, report: object): string {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(report))
  const run = unleak(['report', `${name}.json`, '--output', `${name}.html`], folder)
  if (run.status !== 0) throw new Error(run.stderr)
  return pathToFileURL(join(folder, `${name}.html`)).href
}

async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('blob:'))
      complaints.push(request.url())
  })
  await page.goto(url)
  // Keys are heard from the first frame on.
  if (options.javaScriptEnabled !== false)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
  return page
}

const shown = (page: Page) => page.locator('#shown').innerText()

describe.skipIf(chromium === undefined)('the HTML report', () => {
  let url: string
  const { findings } = manyFindings(COUNT)
  const first = (page: Page) => page.locator('details.finding').first()

  beforeAll(async () => {
    url = makePage('report', manyFindings(COUNT))
    browser = await launch(chromium!)
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('says what was found, when and where', async () => {
    const page = await open(url)
    expect(await page.title()).toBe('unleak report')
    expect(await page.locator('h1').innerText()).toBe(`${COUNT} secrets found`)
    expect(await shown(page)).toBe(`All ${COUNT} secrets`)
    expect(await page.locator('.lanes li').count()).toBe(12)
    expect(await page.locator('.level svg').getAttribute('aria-label')).toMatch(/at most \d+ \(20\d\d-/)
    for (const title of ['Folders', 'People who brought them', 'Providers', 'Exposure'])
      expect(await page.locator('.charts h2', { hasText: title }).count()).toBe(1)
  })

  it('runs nothing but its own program', async () => {
    const page = await open(url)
    const ran = await page.evaluate(async () => {
      const seen: string[] = []
      addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective))
      const script = document.createElement('script')
      script.textContent = 'window.evil = true'
      document.body.append(script)
      await fetch('https://example.invalid/').catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { evil: 'evil' in window, seen }
    })
    expect(ran).toEqual({ evil: false, seen: ['script-src-elem', 'connect-src'] })
    expect(complaints.splice(0).every((text) => /Content Security Policy|Refused/.test(text))).toBe(true)
  })

  it('filters with chips, bars and choices, one on top of the other, and lets go again', async () => {
    const page = await open(url)
    const chip = page.locator('.chip.high')
    const high = Number((await chip.innerText()).split(' ')[0])
    await chip.click()
    expect(await shown(page)).toBe(`${high} of ${COUNT} secrets`)
    expect(await page.locator('.finding:not(.high)').count()).toBe(0)
    const bar = page.locator('.charts .bars button').first()
    const inFolder = Number(await bar.locator('.n').innerText())
    await bar.click()
    expect(await shown(page)).toBe(`${inFolder} of ${COUNT} secrets`)
    expect(inFolder).toBeLessThan(high)
    await page.locator('.tag').first().click()
    expect(await chip.getAttribute('aria-pressed')).toBe('false')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.locator('#by-provider').selectOption('stripe')
    const stripe = findings.filter(({ title }) => title.startsWith('Stripe')).length
    expect(await shown(page)).toBe(`${stripe} of ${COUNT} secrets`)
  })

  it('finds every word of a search, and says so when there is none', async () => {
    const page = await open(url)
    const { id } = findings[77]!
    await page.locator('#search').fill(`  ${id.toUpperCase()} `)
    expect(await shown(page)).toBe(`1 of ${COUNT} secrets`)
    await page.locator('#search').fill('stripe grace')
    for (const text of await page.locator('.finding').allInnerTexts()) expect(text).toContain('Stripe')
    await page.locator('#search').fill('no such thing')
    expect(await page.locator('.nothing').innerText()).toContain('Nothing is left')
    await page.locator('.nothing button').click()
    expect(await shown(page)).toBe(`All ${COUNT} secrets`)
  })

  it('remembers what is ticked, for the finding, after a reload and in the next report', async () => {
    const page = await open(url)
    await first(page).locator('summary').click()
    await first(page).getByLabel('Revoke', { exact: true }).check()
    const id = (await first(page).getAttribute('id'))!
    expect(await page.locator('.big').innerText()).toBe(`1 of ${COUNT * 5} steps done`)
    await page.reload()
    expect(await page.locator(`#${id} summary`).innerText()).toContain('1 of 5 done')
    const later = makePage('later', manyFindings(COUNT + 1))
    await page.goto(later)
    expect(await page.locator('.big').innerText()).toBe(`1 of ${(COUNT + 1) * 5} steps done`)
    await page.locator(`#${id} summary`).click()
    await page.locator(`#${id}`).getByRole('button', { name: 'All of it is done' }).click()
    await page.locator('#open-only').check()
    expect(await shown(page)).toBe(`${COUNT} of ${COUNT + 1} secrets`)
  })

  it('saves what is left to do, of what is chosen', async () => {
    const page = await open(url)
    await page.locator('#search').fill(findings[5]!.id)
    await first(page).locator('summary').click()
    await first(page).getByLabel('Revoke', { exact: true }).check()
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save what is left to do' }).click()
    const download = await waiting
    expect(download.suggestedFilename()).toBe('unleak-to-do.md')
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).toContain('1 secret of 1')
    expect(text).toContain(`Finding ${findings[5]!.id}`)
    expect(text.match(/- \[ \] \*\*(.*?)\*\*/g)).toEqual(
      ['New key', 'Update', 'Billing', 'Usage logs'].map((name) => `- [ ] **${name}**`),
    )
  })

  it('is used with the keyboard alone', async () => {
    const page = await open(url)
    const { id } = findings.find(({ places }) => places.length === 1)!
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the findings')
    await page.keyboard.press('/')
    await page.keyboard.type(id)
    await expect.poll(() => shown(page)).toBe(`1 of ${COUNT} secrets`)
    await first(page).locator('summary').focus()
    await page.keyboard.press('Enter')
    await first(page).locator('.steps').waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe(`${id}-revoke`)
    await page.keyboard.press('Space')
    await expect.poll(() => first(page).locator('summary').innerText()).toContain('1 of 5 done')
  })

  it('goes from a line in time to its finding, on whichever page that is', async () => {
    const page = await open(url)
    await page.locator('.timeline .plain').click()
    const lane = page.locator('.lanes a').nth(70)
    const id = (await lane.getAttribute('href'))!
    await lane.click()
    expect(await page.locator('.pager span').innerText()).toBe('Page 2 of 3')
    expect(await page.locator(`details${id}`).getAttribute('open')).not.toBeNull()
    await page.getByRole('button', { name: 'Next' }).click()
    expect(await page.locator('.finding').count()).toBe(COUNT - 100)
  })

  it('puts all that is chosen on paper', async () => {
    const page = await open(url)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    await expect.poll(() => page.locator('.finding[open]').count()).toBe(COUNT)
    expect(await page.locator('.tools').isVisible()).toBe(false)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await expect.poll(() => page.locator('.finding').count()).toBe(50)
  })

  it('is light or dark as the system has it, or as one chooses', async () => {
    const page = await open(url, { colorScheme: 'dark' })
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const dark = await paper()
    await page.locator('#theme').selectOption('light')
    const light = await paper()
    expect(light).not.toBe(dark)
    await page.reload()
    expect(await paper()).toBe(light)
  })

  it.each([
    [1280, 'light'],
    [390, 'dark'],
  ] as const)('can be read by everyone: %i pixels, %s', async (width, colorScheme) => {
    const page = await open(url, { viewport: { width, height: 844 }, colorScheme })
    await page.locator('#search').fill('stripe')
    await first(page).locator('summary').click()
    await page.locator('.chip.critical').click()
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBe(width)
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    expect(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html)])).toEqual([])
  })

  it('shows what the data wrote, and does not obey it', async () => {
    const evil = '</script><script>window.evil=1</script><img src=x onerror=window.evil=2>&lt;b&gt;.ts'
    const report = JSON.parse(JSON.stringify(manyFindings(1)))
    Object.assign(report.findings[0], { title: evil })
    Object.assign(report.findings[0].places[0], { path: evil, author: evil, name: evil })
    report.findings[0].response[0].url = 'javascript:window.evil=3'
    const page = await open(makePage('evil', report)) // so few are open from the start
    expect(await first(page).innerText()).toContain(evil)
    expect(await page.evaluate(() => 'evil' in window)).toBe(false)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
  })

  it('says when not everything was scanned, and what an empty one has read', async () => {
    const problems = [{ code: 'E_OBJECT_MISSING', count: 2, examples: ['c0ffee'] }]
    const page = await open(
      makePage('partial', {
        ...makeReport([], { command: 'audit', state: 'partial', problems: problems as never }),
      }),
    )
    expect(await page.locator('h1').innerText()).toBe('No secrets in what could be read')
    expect(await page.locator('.banner').innerText()).toContain('2 objects are missing')
    await page.goto(makePage('empty', makeReport([], { command: 'scan' })))
    expect(await page.locator('.nothing').innerText()).toContain('20 files')
  })

  it('tells the least without JavaScript', async () => {
    const page = await open(url, { javaScriptEnabled: false })
    expect(await page.locator('main').innerText()).toContain(`${COUNT} secrets (`)
  })

  it('holds 10,000 findings', async () => {
    const large = makePage('large', manyFindings(10_000))
    const started = Date.now()
    const page = await open(large)
    await page.locator('#shown').waitFor()
    const opened = Date.now()
    expect(await shown(page)).toBe('All 10,000 secrets')
    const filtered = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>('#search')!
      const times: number[] = []
      for (const text of ['s', 'st', 'str', 'stripe', 'stripe grace']) {
        const before = performance.now()
        input.value = text
        input.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        times.push(Math.round(performance.now() - before))
      }
      return times
    })
    expect(await shown(page)).toMatch(/^\d{2,3} of 10,000 secrets$/)
    process.stdout.write(
      `10,000 findings: open after ${opened - started} ms, each key of a search drawn after ${filtered.join(', ')} ms\n`,
    )
  })
})
