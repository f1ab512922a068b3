// The health report in a real browser, on a screen and on a phone.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStage } from '../helpers/account.ts'
import { findChromium, launch } from '../helpers/chromium.ts'
import { tempFolder } from '../helpers/repo.ts'

const chromium = findChromium()

describe.skipIf(chromium === undefined)('the health report as a page', () => {
  let browser: Browser
  let url: string

  beforeAll(async () => {
    const folder = tempFolder()
    const stage = await startStage()
    const { stdout } = await stage.run(['health', '--format', 'html'], folder)
    writeFileSync(join(folder, 'health.html'), stdout)
    url = pathToFileURL(join(folder, 'health.html')).href
    browser = await launch(chromium!)
  })
  afterAll(async () => {
    await browser?.close()
  })

  it.each([1280, 390])('fits %i pixels, with whole plots, and says all to a screen reader', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    await page.goto(url)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    const plots = page.locator('svg:visible')
    expect(await plots.count()).toBe(2)
    for (const bar of await plots.locator('rect').all()) {
      const { x, width: length } = (await bar.boundingBox())!
      expect(x + length).toBeLessThanOrEqual(width)
    }
    const letters = await plots
      .first()
      .evaluate((svg) => svg.querySelector('text')!.getBoundingClientRect().height)
    expect(letters).toBeGreaterThan(12)
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    expect(violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html)])).toEqual([])
    await page.close()
  })
})
