/**
 * Every view at every usual width, without a task and during a stream: nothing off the side, covered, cut or
 * overlapping.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson } from '../helpers/post-json.ts';
import { makeDay, settled, TABS } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';
import { type Control, CONTROLS, CUT_TEXTS, OVERLAPS } from './controls.ts';

const PATIENT_MS = 60_000;
const WIDTHS = [375, 640, 768, 1280, 1920];
const OUTAGE = {
  disruption_type: 'dc_outage',
  target_id: 1,
  severity: 0.8,
  duration_minutes: 9000,
};

describe.skipIf(browserPath() === undefined)('every view, at every width', () => {
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    await makeDay(server.url);
    page = await browser.newPage({ reducedMotion: 'reduce' });
    page.setDefaultTimeout(PATIENT_MS);
    await page.goto(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Two frames: what a new width moves has moved then. */
  const moved = () =>
    page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    );
  const fits = async (name: string) => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await moved();
      const where = `${name} at ${width}`;
      const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wide, `${where} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
      expect(await page.evaluate(CUT_TEXTS), `cut on ${where}`).toEqual([]);
      expect(await page.evaluate(OVERLAPS), `over each other on ${where}`).toEqual([]);
      const controls = (await page.evaluate(CONTROLS)) as Control[];
      expect(controls.length, where).toBeGreaterThan(6);
      const named = (bad: (control: Control) => boolean) =>
        controls.filter(bad).map((control) => [control.name, control.coveredBy]);
      expect(
        named(({ isOff, canSlide }) => isOff && !canSlide),
        `off the side on ${where}`,
      ).toEqual([]);
      expect(
        named(({ coveredBy }) => coveredBy !== ''),
        `covered on ${where}`,
      ).toEqual([]);
      expect(
        named(({ isCut }) => isCut),
        `cut off on ${where}`,
      ).toEqual([]);
    }
  };
  const show = async (tab: string) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.evaluate(`location.hash = '#/${tab}'`);
    await settled(page, tab);
  };
  const openAll = () =>
    page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true; })`);

  it.each(TABS)('%s fits while no task runs', async (tab) => {
    await show(tab);
    await openAll();
    await fits(tab);
  });

  it('every one fits while a stream with disruptions runs', async () => {
    await postJson(`${server.url}/api/stream/start`, { speed: 60 });
    await postJson(`${server.url}/api/disruption/create`, OUTAGE);
    await show('realtime');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.locator('.disruption-list').getByText('active').first().waitFor();
    await page.locator('.events summary').first().waitFor();
    // What moves could be measured halfway.
    await page.getByRole('button', { name: 'Hold' }).click();
    await fits('the stream');
    for (const tab of ['dashboard', 'map']) {
      await show(tab);
      await fits(`${tab} of a stream`);
    }
    await show('map');
    await page.getByRole('button', { name: 'List of places and trucks' }).click();
    await page.locator('.places li button').first().click();
    await page.locator('.detail').waitFor();
    await fits('map with a place');
  });
});
