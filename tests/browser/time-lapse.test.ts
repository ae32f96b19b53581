/** The map while history is generated: views of each region, days apart. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson } from '../helpers/post-json.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT = { timeout: 60_000, interval: 50 };

/** Runs in the page: trucks that stand on the map somewhere between two places. */
const TRUCKS_ON_THEIR_WAY = `document.querySelector('.map-frame').map.trucks.filter(
  ({ atMs, share }) => atMs !== null && share > 0 && share < 1,
).length`;

describe.skipIf(browserPath() === undefined)('the map while history is generated', () => {
  let server: Served;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('shows its stores and trucks, and stops at its end', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/#/map`);
    const { operation_id } = await postJson<{ operation_id: string }>(
      `${server.url}/api/generate/historical`,
      { end_date: '2024-12-31' },
    );
    const vitals = page.locator('.vitals');
    await vitals.getByText(/time-lapse/).waitFor();
    await page.locator('.strip').getByText('Writing history').waitFor();
    expect(await vitals.innerText()).not.toContain('Sales today');
    const peopleInside = vitals.locator('dd').first();
    await expect.poll(() => peopleInside.innerText(), PATIENT).not.toBe('0');
    // Trucks stand where they were at the instant of their region, and do not run on between two moments.
    await expect.poll(() => page.evaluate(TRUCKS_ON_THEIR_WAY), PATIENT).toBeGreaterThan(0);
    await fetch(`${server.url}/api/generate/cancel/${operation_id}`, { method: 'DELETE' });
    await vitals.getByText('The world is at rest').waitFor();
    await page.close();
  });
});
