/**
 * Pictures of every tab for the documents: `npm run screenshots -- DIR [--config FILE]`, where DIR
 * holds a world with history.
 * It is streamed on at a speed of 60 with two disruptions, which stay in its journal.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, serve } from './browser.ts';
import { postJson } from '../helpers/post-json.ts';

const IMAGES = path.resolve(import.meta.dirname, '../../docs/images');
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
/** The stream runs for so long before the first picture. */
const WARM_UP_MS = 20_000;
const DISRUPTIONS = [
  { disruption_type: 'dc_outage', target_id: 2, severity: 0.8, duration_minutes: 1440 },
  { disruption_type: 'weather_delay', target_id: 5, severity: 0.4, duration_minutes: 1440 },
];

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say which world to show: npm run screenshots -- DIR');
mkdirSync(IMAGES, { recursive: true });
const server = await serve({ out: folder, args: flags });
const browser = await openBrowser();
try {
  await postJson(`${server.url}/api/stream/start`, { speed: 60 });
  await postJson(`${server.url}/api/disruption/clear-all`, {});
  for (const disruption of DISRUPTIONS)
    await postJson(`${server.url}/api/disruption/create`, disruption);
  await sleep(WARM_UP_MS);
  const answer = await fetch(`${server.url}/api/stream/status`);
  const status = (await answer.json()) as { status: string; error_message: string | null };
  if (status.status !== 'running') throw new Error(`Nothing is streamed: ${status.error_message}`);
  const dark = { viewport: WIDE, colorScheme: 'dark' } as const;
  const light = { viewport: WIDE, colorScheme: 'light' } as const;
  await picture(browser, 'map', dark);
  await picture(browser, 'map', { viewport: PHONE, colorScheme: 'dark' }, 'map-phone');
  await picture(browser, 'map', light, 'map-region', async (page) => {
    await page.getByRole('button', { name: /^DC02/ }).first().click();
    await page.locator('.map-top').focus();
    for (let step = 0; step < 7; step++) await page.keyboard.press('n');
    await sleep(8000);
  });
  await picture(browser, 'realtime', dark, 'realtime', () => sleep(20_000));
  await picture(browser, 'dashboard', light);
  await picture(browser, 'master', dark);
  await picture(browser, 'config', light);
  await postJson(`${server.url}/api/stream/stop`, {});
  await sleep(12_000);
  await picture(browser, 'historical', dark, 'historical', async (page) => {
    await page.getByRole('button', { name: '7 days' }).click();
    await page.getByText('Disk space').waitFor();
    await sleep(1500);
  });
} finally {
  await browser.close();
  await server.stop();
}

async function picture(
  from: Browser,
  tab: string,
  options: BrowserContextOptions,
  name = tab,
  act: (page: Page) => Promise<unknown> = () => sleep(4000),
): Promise<void> {
  const page = await from.newPage(options);
  await page.goto(`${server.url}/#/${tab}`);
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  await sleep(2500);
  await act(page);
  await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
  await page.close();
}
