/** A phone 360 pixels wide, used by thumb: nothing off the side, nothing too small, nothing covered. */
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDay, settled, TABS } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';
import { type Control, CONTROLS, FINGER_PX } from './controls.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const ZOOM = `document.querySelector('.map-frame').map.view.zoom`;

describe.skipIf(browserPath() === undefined)('on a phone', () => {
  let server: Served;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    await makeDay(server.url);
    context = await browser.newContext(PHONE);
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const open = async (tab: string) => {
    await page.goto(`${server.url}/#/${tab}`);
    // Anew, so that nothing is opened yet.
    await page.reload();
    await settled(page, tab);
  };
  const shows = (what: string) =>
    expect.poll(() => page.evaluate(what), { timeout: 60_000, interval: 50 }).toBe(true);
  const drawn = async () => {
    await shows(`document.querySelector('.map-frame')?.map?.scene !== undefined`);
    // The first flight ends.
    await page.waitForTimeout(1500);
  };
  const fits = async (tab: string) => {
    await page.evaluate(
      `document.querySelectorAll('details').forEach((each) => { each.open = true; })`,
    );
    const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(wide, `${tab} scrolls sideways by so many pixels`).toBeLessThanOrEqual(0);
    const controls = (await page.evaluate(CONTROLS)) as Control[];
    expect(controls.length).toBeGreaterThan(8);
    expect(
      controls.filter(({ least }) => least < FINGER_PX).map(({ name, least }) => [name, least]),
      `too small on ${tab}`,
    ).toEqual([]);
    expect(
      controls.filter(({ isOff, canSlide }) => isOff && !canSlide).map(({ name }) => name),
      `off the side on ${tab}`,
    ).toEqual([]);
    expect(
      controls.flatMap(({ name, coveredBy }) => (coveredBy === '' ? [] : [[name, coveredBy]])),
      `covered on ${tab}`,
    ).toEqual([]);
  };

  it.each(TABS)(
    '%s fits, and every control on it is large enough and can be pressed',
    async (tab) => {
      await open(tab);
      await fits(tab);
    },
  );

  it('the map fits with its list and with the details of a place', async () => {
    await open('map');
    await page.getByRole('button', { name: 'List of places and trucks' }).tap();
    await fits('map with its list');
    await page.locator('.places li button').first().tap();
    await page.locator('.detail').waitFor();
    await fits('map with a place');
  });

  it('the map is zoomed by two fingers, moved by one, and zoomed by buttons', async () => {
    await open('map');
    await drawn();
    const touch = await context.newCDPSession(page);
    const box = (await page.locator('.map-top').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const zoom = () => page.evaluate(ZOOM) as Promise<{ k: number; x: number; y: number }>;
    const before = await zoom();
    const scrolled = await page.evaluate('scrollY');
    await gesture(touch, (step) => [
      { x: x - 20 - step * 8, y, id: 0 },
      { x: x + 20 + step * 8, y, id: 1 },
    ]);
    const pinched = await zoom();
    expect(pinched.k).toBeGreaterThan(before.k * 1.5);
    await gesture(touch, (step) => [{ x: x + step * 6, y: y + step * 4, id: 0 }]);
    const moved = await zoom();
    expect(moved.x - pinched.x).toBeGreaterThan(20);
    expect(moved.k).toBeCloseTo(pinched.k);
    expect(await page.evaluate('scrollY'), 'the page stays where it is').toBe(scrolled);
    await page.getByRole('button', { name: 'Zoom out' }).tap();
    await shows(`${ZOOM}.k < ${moved.k / 1.5}`);
    await page.getByRole('button', { name: 'Zoom in' }).tap();
    await shows(`${ZOOM}.k > ${moved.k * 0.95}`);
    await page.getByRole('button', { name: 'Show all' }).tap();
    await shows(`Math.abs(${ZOOM}.k - ${before.k}) < 0.01`);
  });

  it('a tap shows the details of a place', async () => {
    await open('map');
    await drawn();
    const at = (await page.evaluate(
      `document.querySelector('.map-frame').map.positionOf({ kind: 'dc', id: 1 })`,
    )) as { x: number; y: number };
    await page.locator('.map-top').tap({ position: at });
    await page.locator('.detail').waitFor();
  });

  it('a stream can be started, disrupted and stopped, and still fits', async () => {
    await open('realtime');
    await page.getByRole('button', { name: '× 600' }).tap();
    await page.getByRole('button', { name: 'Start the stream' }).tap();
    await page.getByRole('button', { name: 'Make it happen' }).tap();
    await page.locator('.disruption-list').getByText('active').first().waitFor();
    await page.locator('.events summary').first().waitFor();
    await page.getByRole('button', { name: 'Hold' }).tap();
    // Messages in the corner go by themselves.
    await shows(`document.querySelector('.toasts > *') === null`);
    await fits('a running stream');
    await page.getByRole('button', { name: 'Stop', exact: true }).tap();
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
  });

  it('the dialog fits', async () => {
    await open('config');
    await page.getByRole('button', { name: /^Remove this world/ }).tap();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const box = (await dialog.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(PHONE.viewport.width);
    expect(box.y + box.height).toBeLessThanOrEqual(PHONE.viewport.height);
    await dialog.getByRole('button', { name: 'Keep it' }).tap();
    await dialog.waitFor({ state: 'detached' });
  });
});

/** Fingers that are put down, moved in ten steps, and lifted. */
async function gesture(
  touch: CDPSession,
  at: (step: number) => { x: number; y: number; id: number }[],
): Promise<void> {
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
  for (let step = 1; step <= 10; step++) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step) });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
