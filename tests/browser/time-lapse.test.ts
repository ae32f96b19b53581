/** The map while history is made: moments of each region, days apart. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT = { timeout: 60_000, interval: 50 };

/** Runs in the page: trucks that stand on the map somewhere between two places. */
const TRUCKS_ON_THEIR_WAY = `document.querySelector('.map-frame').map.trucks.filter(
  ({ atMs, share }) => atMs !== null && share > 0 && share < 1,
).length`;

describe.skipIf(browserPath() === undefined)('the map while history is made', () => {
  let server: Served;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const send = async (method: string, route: string, body?: object) => {
    const answer = await fetch(`${server.url}${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBe(200);
    return (await answer.json()) as { operation_id: string };
  };

  it('shows its stores and trucks, and comes to rest with it', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/#/map`);
    const { operation_id } = await send('POST', '/api/generate/historical', {
      end_date: '2024-12-31',
    });
    const vitals = page.locator('.vitals');
    await vitals.getByText(/time-lapse/).waitFor();
    await page.locator('.strip').getByText('Writing history').waitFor();
    expect(await vitals.innerText()).not.toContain('Sales today');
    const peopleInside = vitals.locator('dd').first();
    await expect.poll(() => peopleInside.innerText(), PATIENT).not.toBe('0');
    // Trucks stand where they were at the instant of their region, and do not run on between two moments.
    await expect.poll(() => page.evaluate(TRUCKS_ON_THEIR_WAY), PATIENT).toBeGreaterThan(0);
    await send('DELETE', `/api/generate/cancel/${operation_id}`);
    await vitals.getByText('The world is at rest').waitFor();
    await page.close();
  });
});
