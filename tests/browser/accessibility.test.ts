/**
 * Every tab, dark and light, wide and on a phone, with a world and without: accessible by WCAG 2 AA as axe
 * tests it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDay, settled, TABS } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';
import { IS_LONG } from '../helpers/long.ts';
import { postJson } from '../helpers/post-json.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const LOOKS = [
  ['dark', 'wide', DESKTOP],
  ['light', 'phone', PHONE],
  // Each theme and each size have been seen by then.
  ...(IS_LONG
    ? ([
        ['dark', 'phone', PHONE],
        ['light', 'wide', DESKTOP],
      ] as const)
    : []),
] as const;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(browserPath() === undefined)('the page, for all', () => {
  let server: Served;
  let empty: Served;
  let guarded: Served;
  let browser: Browser;

  beforeAll(async () => {
    [server, empty, guarded, browser] = await Promise.all([
      serve(),
      serve(),
      serve({ token: 'a-token-of-the-test' }),
      openBrowser(),
    ]);
    await makeDay(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([server?.close(), empty?.close(), guarded?.close()]);
  });

  it.each(LOOKS)(
    'has no serious fault for assistive technology: %s, %s',
    async (theme, _, size) => {
      const context = await browser.newContext({
        ...{ colorScheme: theme, viewport: size, reducedMotion: 'reduce' },
      });
      const page = await context.newPage();
      await page.goto(server.url);
      for (const tab of TABS) {
        await page.goto(`${server.url}/#/${tab}`);
        await settled(page, tab);
        await opened(page, tab);
        expect(await faults(page), `${tab}, ${theme}`).toEqual([]);
        const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(wide, `${tab} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
      }
      await context.close();
    },
  );

  it.each(LOOKS)('nor without a world: %s, %s', async (theme, _, size) => {
    const page = await browser.newPage({
      ...{ colorScheme: theme, viewport: size, reducedMotion: 'reduce' },
    });
    for (const tab of TABS) {
      await page.goto(`${empty.url}/#/${tab}`);
      await page.getByText('No world yet').waitFor();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await faults(page), `${tab}, ${theme}`).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wide, `${tab} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
    }
    await page.close();
  });

  it('nor while it asks for the token, and cannot be walked past', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      const page = await browser.newPage({ colorScheme, viewport: PHONE });
      await page.goto(guarded.url);
      await page.getByRole('dialog').waitFor();
      expect(await faults(page), colorScheme).toEqual([]);
      await page.getByRole('textbox', { name: 'Token' }).fill('not the right one at all');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('did not accept this token').waitFor();
      expect(await faults(page), colorScheme).toEqual([]);
      for (let press = 0; press < 3; press++) await page.keyboard.press('Escape');
      await page.waitForTimeout(100);
      expect(await page.getByRole('dialog').isVisible()).toBe(true);
      await page.close();
    }
  });

  it('nor while the world is streamed', async () => {
    await postJson(`${server.url}/api/stream/start`, { speed: 600, duration_minutes: 1 });
    await postJson(`${server.url}/api/disruption/create`, {
      disruption_type: 'dc_outage',
      duration_minutes: 600,
    });
    for (const colorScheme of ['dark', 'light'] as const) {
      const page = await browser.newPage({
        colorScheme,
        viewport: DESKTOP,
        reducedMotion: 'reduce',
      });
      await page.goto(`${server.url}/#/realtime`);
      await page.locator('.events summary').first().waitFor();
      await opened(page, 'realtime');
      expect(await faults(page), `realtime, ${colorScheme}`).toEqual([]);
      await page.goto(`${server.url}/#/map`);
      await page.locator('.vitals dd').first().waitFor();
      expect(await faults(page), `map, ${colorScheme}`).toEqual([]);
      await page.close();
    }
  });
});

/** Opens what a tab does not show at once. */
async function opened(page: Page, tab: string): Promise<void> {
  if (tab === 'map') {
    await page.locator('.map-top').focus();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'List of places and trucks' }).click();
    await page.locator('.detail').waitFor();
  } else if (tab === 'config') {
    await page.getByRole('button', { name: /^Remove this world/ }).click();
    await page.getByRole('dialog').waitFor();
  }
  await page.evaluate(
    `document.querySelectorAll('details').forEach((each) => { each.open = true; })`,
  );
}

async function faults(page: Page): Promise<unknown[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] })`,
  )) as { violations: readonly Violation[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map((node) => `${node.html} ${node.failureSummary}`),
    ]);
}
