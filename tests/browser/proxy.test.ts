/** The page behind a proxy with a base path, removed or passed on. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reverseProxy } from '../helpers/reverse-proxy.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

describe.skipIf(browserPath() === undefined)('the page below a path', () => {
  const prefix = '/shop/retail';
  let server: Served;
  let browser: Browser;
  beforeAll(async () => {
    const args = ['--preset', 'small', '--seed', '11', '--base-path', prefix];
    [server, browser] = await Promise.all([serve({ args }), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    { strips: true, tells: true, start: prefix },
    { strips: true, tells: false, start: `${prefix}/` },
    { strips: false, tells: false, start: prefix },
  ])(
    'loads, shows the live view, and links to the reference: %o',
    async ({ strips, tells, start }) => {
      const proxy = await reverseProxy({ port: server.port, prefix, strips, tells });
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      try {
        const faults: string[] = [];
        page.on('pageerror', (error) => faults.push(error.message));
        page.on('response', (response) => {
          if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
        });
        await page.goto(`${proxy.origin}${start}#/config`);
        // The stream of events has come through.
        await page.getByRole('status').getByText('Connected', { exact: true }).waitFor();
        expect(
          await page.evaluate('document.fonts.ready.then(() => document.fonts.size)'),
        ).not.toBe(0);
        await page.getByText('API reference').click();
        await page.getByRole('heading', { name: 'Synthetic retail' }).waitFor();
        expect(new URL(page.url()).pathname).toBe(`${prefix}/docs`);
        expect(faults).toEqual([]);
      } finally {
        await page.close();
        await proxy.close();
      }
    },
  );
});
