/** The page of the map stays as high as the window, however much happens. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, openBrowser } from './browser.ts';
import { type BusyNetwork, serveBusyNetwork } from './busy-network.ts';

const PATIENT_MS = 60_000;
/** All that is kept of what happened. */
const FULL = 60;
/** The page itself scrolls on these. */
const NARROW = [
  [375, 700],
  [640, 800],
  [768, 1024],
];
const WIDE = [
  [900, 500],
  [1280, 420],
  [1280, 800],
  [1920, 1080],
];

describe.skipIf(browserPath() === undefined)('the page of the map', () => {
  let server: BusyNetwork;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serveBusyNetwork({ restless: true }), openBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENT_MS);
    await page.goto(`${server.url}/#/map`);
    await page.getByText('Happening now').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const height = () => page.evaluate('document.documentElement.scrollHeight') as Promise<number>;
  const happened = (count: number) =>
    page.waitForFunction(`document.querySelectorAll('.ticker li').length >= ${count}`);
  const resize = async ([width, height_]: readonly number[]) => {
    await page.setViewportSize({ width, height: height_ });
    await page.waitForFunction(
      `(() => { const frame = document.querySelector('.map-frame'); return frame.map.view.height === frame.clientHeight; })()`,
    );
  };

  it('does not grow with the number of messages', async () => {
    for (let count = 4; count <= FULL; count += 8) {
      await happened(count);
      expect(await height(), `${count} happenings`).toBe(800);
    }
    await happened(FULL);
  });

  it.each(WIDE)('is as high as a window of %i × %i', async (width, windowHeight) => {
    await resize([width, windowHeight]);
    expect(await height()).toBe(windowHeight);
    // What does not fit is reached within the page.
    const side = page.locator('.map-side');
    expect(await side.evaluate((each) => each.scrollHeight > each.clientHeight)).toBe(true);
    // The connection is lost, and a line more stands above it.
    server.pause();
    await page.locator('.lost').waitFor();
    expect(await height(), 'with a line about the loss').toBe(windowHeight);
    server.resume();
    await page.locator('.lost').waitFor({ state: 'detached' });
  });

  it.each(NARROW)('has a fixed length on one of %i × %i', async (width, windowHeight) => {
    await resize([width, windowHeight]);
    const shown = await page.locator('.ticker li:visible').count();
    expect(shown).toBe(12);
    // Nothing that is not seen makes it longer than what is.
    const [whole, end] = (await page.evaluate(
      `[document.documentElement.scrollHeight, document.querySelector('.shell').getBoundingClientRect().bottom + scrollY]`,
    )) as [number, number];
    expect(Math.abs(whole - Math.max(windowHeight, end))).toBeLessThanOrEqual(1);
  });
});
