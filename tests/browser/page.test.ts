/** The page as such: light, quick, to be used by keyboard, and back after a restart of the server. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAssets } from '../../src/api/page-assets.ts';
import { postJson } from '../helpers/post-json.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';
import { makeDay, settled, TABS } from './a-day.ts';

const DESKTOP = { width: 1280, height: 800 };
const MOST_BYTES = 500_000;
const PAINT_WITHIN_MS = 1000;

it('weighs less than 500 KB, uncompressed', async () => {
  const assets = [...(await pageAssets()).values()];
  const bytes = assets.reduce((sum, { body }) => sum + body.length, 0);
  const zipped = assets.reduce((sum, { body, gzip }) => sum + (gzip ?? body).length, 0);
  process.stderr.write(`page: ${bytes} bytes, ${zipped} compressed\n`);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

describe.skipIf(browserPath() === undefined)('the page in a browser', () => {
  let server: Served & { out: string };
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    await makeDay(server.url);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('paints within a second', async () => {
    const times: number[] = [];
    for (let visit = 0; visit < 3; visit++) {
      const page = await browser.newPage({ viewport: DESKTOP });
      await page.goto(server.url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      times.push(
        (await page.evaluate(
          `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
        )) as number,
      );
      await page.close();
    }
    process.stderr.write(`first paint: ${times.map(Math.round).join(', ')} ms\n`);
    expect(Math.min(...times)).toBeLessThan(PAINT_WITHIN_MS);
  });

  it('asks no other host for anything', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    for (const tab of TABS) {
      await page.goto(`${server.url}/#/${tab}`);
      await settled(page, tab);
    }
    expect([...hosts]).toEqual([server.url]);
    await page.close();
  });

  it('names the files that are no scenarios, and why, where scenarios are chosen', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    const change = (url: string, more: object) =>
      page.route(url, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), ...more } });
      });
    await change('**/default-range', { is_continuation: false });
    const detail = 'Cannot use scenario scenarios/flood.yaml:\nline 4: effects[0].factor is -1';
    await change('**/api/scenarios', { faults: [{ name: 'flood', detail }] });
    await page.goto(`${server.url}/#/historical`);
    const choice = page.getByRole('group', { name: /^Scenarios/ });
    await choice.getByText('Not offered: flood. Cannot use scenario').waitFor();
    expect(await choice.innerText()).toContain(`Not offered: flood. ${detail}`);
    expect(await choice.getByRole('checkbox').count()).toBeGreaterThanOrEqual(3);
    await page.close();
  });

  it('can be walked through by keyboard', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(server.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await page.getByRole('link', { name: 'Config' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Config' }).waitFor();
    await page.close();
  });

  it('checks settings while one types, and says what is wrong with which', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(`${server.url}/#/config`);
    const customers = page.getByLabel('Customers per day');
    await customers.fill('-3');
    await page
      .locator('.field .fault')
      .getByText(/^Expected a whole number from 1/)
      .waitFor();
    expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
    const tabs = page.getByRole('navigation', { name: 'Tabs' });
    await tabs.getByRole('link', { name: 'Master data' }).click();
    await page.getByRole('heading', { level: 1, name: 'Master data' }).waitFor();
    await tabs.getByRole('link', { name: 'Config' }).click();
    await page.locator('.field .fault').waitFor();
    expect(await customers.inputValue()).toBe('-3');
    await page.getByRole('button', { name: 'Undo' }).click();
    // What the preset says, not what another one would.
    await page.getByText('1 to 9,999; 4 by default').waitFor();
    await page.getByLabel('Connection string', { exact: true }).fill('Endpoint=sb://nowhere');
    await page.locator('.fault').first().waitFor();
    await page.close();
  });

  it('says that the world cannot go on with other settings, and asks before it puts all back', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(`${server.url}/#/config`);
    const customers = page.getByLabel('Customers per day');
    const before = await customers.inputValue();
    await customers.fill('77');
    await page.getByText(/customers_per_day was \d+, and is now 77/).waitFor();
    await page.getByText(/^They can be saved, but the existing world cannot/).waitFor();
    await customers.fill(before);
    await page.getByText('Nothing changed.').waitFor();
    await page.getByRole('button', { name: 'Back to the defaults' }).click();
    await page.getByRole('button', { name: 'Reset all settings' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('button', { name: 'Reset all settings' }).count()).toBe(0);
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/Back to the defau/);
    await page.close();
  });

  it('starts nothing with settings that the world cannot go on with, and says why', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    const seedOf = (seed: number) =>
      fetch(`${server.url}/api/config`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ seed }),
      });
    await seedOf(12);
    try {
      for (const [tab, name] of [
        ['historical', 'Generate history'],
        ['realtime', 'Start the stream'],
      ]) {
        await page.goto(`${server.url}/#/${tab}`);
        await page.getByText(/seed was 11, and is now 12/).waitFor();
        expect(await page.getByRole('button', { name }).isDisabled(), tab).toBe(true);
      }
    } finally {
      await seedOf(11);
    }
    await page.close();
  });

  it('turns the pages of a table, to an end and to a number', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(`${server.url}/#/master`);
    await page.getByRole('button', { name: /^Customers/ }).click();
    const pages = page.getByRole('navigation', { name: 'Pages' });
    const number = pages.getByRole('textbox');
    await pages.getByText(/^Rows 1–50 of [\d,]+$/).waitFor();
    await number.fill('3');
    await number.press('Enter');
    await pages.getByText(/^Rows 101–150 of/).waitFor();
    await pages.getByRole('button', { name: 'Last' }).click();
    const all = pages.getByText(/^Rows [\d,]+–([\d,]+) of \1$/);
    await all.waitFor();
    const last = await number.inputValue();
    await number.fill('100000');
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    await number.press('Enter');
    expect(await all.count()).toBe(1);
    await pages.getByRole('button', { name: 'First' }).click();
    await pages.getByText(/^Rows 1–50 of/).waitFor();
    expect(Number(last)).toBeGreaterThan(3);
    expect(await number.inputValue()).toBe('1');
    await page.close();
  });

  it('says beside the fields what the server would not take', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(`${server.url}/#/realtime`);
    await page.getByLabel('Minutes').fill('-3');
    await page.getByRole('button', { name: 'Start the stream' }).click();
    await page.locator('.field .fault').getByText('expected more than 0').waitFor();
    await page.goto(`${server.url}/#/historical`);
    await page.getByLabel('To', { exact: true }).fill('2020-01-01');
    const fault = page.locator('.field .fault');
    await fault.waitFor();
    expect(await fault.innerText()).toContain('Give a later end.');
    expect(await page.getByRole('button', { name: 'Generate history' }).isDisabled()).toBe(true);
    await page.close();
  });

  it('says that another program is at work on the world, and when it has ended', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(`${server.url}/#/map`);
    await page.getByText('The world is at rest').waitFor();
    const other = await serve({ out: server.out });
    try {
      const { operation_id: id } = await postJson<{ operation_id: string }>(
        `${other.url}/api/generate/historical`,
        { end_date: '2024-12-31' },
      );
      await page.getByText(/^Another program is running, process \d+$/).waitFor();
      await page.getByText('Its results appear here once they are written.').waitFor();
      for (const [tab, name] of [
        ['historical', 'Generate history'],
        ['realtime', 'Start the stream'],
        ['config', 'Remove this world …'],
      ]) {
        await page.goto(`${server.url}/#/${tab}`);
        await page
          .getByText(/^Available when the other program, process \d+, has ended\.$/)
          .waitFor();
        expect(await page.getByRole('button', { name }).isDisabled(), tab).toBe(true);
      }
      const colours = `[...document.querySelectorAll('.button.danger, .danger-zone .soft')]
        .map((each) => getComputedStyle(each).color)`;
      expect(new Set((await page.evaluate(colours)) as string[]).size).toBe(1);
      await page.goto(`${server.url}/#/map`);
      await fetch(`${other.url}/api/generate/cancel/${id}`, { method: 'DELETE' });
      await page.getByText('The world is at rest').waitFor();
      await page.getByText('At rest', { exact: true }).waitFor();
    } finally {
      await other.stop();
    }
    await page.close();
  });

  it('sends one request for a press that comes twice', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
    });
    await page.goto(`${server.url}/#/realtime`);
    await page.getByRole('button', { name: 'Start the stream' }).dblclick();
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await stop.waitFor();
    await page
      .locator('.strip')
      .getByText(/Streaming/)
      .waitFor();
    await stop.click();
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
    expect(sent).toEqual(['/api/stream/start', '/api/stream/stop']);
    await page.close();
  });

  it('keeps the chosen theme', async () => {
    const page = await browser.newPage({ viewport: DESKTOP, colorScheme: 'dark' });
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Switch to light colours' }).first().click();
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light');
    await page.close();
  });

  it('asks for the token where the server wants one', async () => {
    const token = 'a-token-of-the-test';
    const guarded = await serve({ token });
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(guarded.url);
    const dialog = page.getByRole('dialog', { name: 'This server requires a token' });
    await dialog.getByLabel('Token').fill(token);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Connected').waitFor();
    await page.getByText('Three steps to a living world').waitFor();
    await page.close();
    await guarded.close();
  });

  it('says when the server is gone, and comes back with it', async () => {
    const page = await browser.newPage({ viewport: DESKTOP });
    await page.goto(server.url);
    await page.getByText('Connected').waitFor();
    await server.stop();
    await page
      .getByRole('alert')
      .getByText(/^The server does not answer/)
      .waitFor();
    const { out, port } = server;
    server = await serve({ out, port });
    await page.getByText('Connected').waitFor({ timeout: 30_000 });
    await page.getByText('This world').waitFor();
    await page.close();
  });
});
