/** All of a world's life from the page alone: generated, streamed, disrupted, paused, removed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT = { timeout: 30_000, interval: 200 };

/** Runs in the page: how many pixels of the map have the colour of trouble. */
const TROUBLE_PIXELS = `(() => {
  const canvas = document.querySelector('.map-top');
  if (canvas === null) return 0;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const style = getComputedStyle(document.documentElement);
  const colour = style.getPropertyValue('--map-trouble').trim();
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {
    const off = Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue);
    if (off < 30 && data[at + 3] > 200) found++;
  }
  return found;
})()`;

describe.skipIf(browserPath() === undefined)('the page, from an empty folder', () => {
  let server: Served & { out: string };
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // Days of history take their time on a machine that does much else.
    page.setDefaultTimeout(90_000);
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  // What comes after a step that failed can only fail as well.
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip();
    onTestFailed(() => {
      broken = true;
    });
  });

  const open = (tab: string) => page.goto(`${server.url}/#/${tab}`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const focused = () =>
    page.evaluate(`document.activeElement.getAttribute('aria-label')
      ?? document.activeElement.textContent`) as Promise<string>;
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor();

  it('says what to do first', async () => {
    await page.goto(server.url);
    await see('Three steps to a living world');
    await open('map');
    await see('There is no world to show yet');
    await open('realtime');
    await see('There is no history to continue');
  });

  it('makes master data and shows them', async () => {
    await open('master');
    await press('Generate master data');
    await expect.poll(focused, PATIENT).toBe('Making master data');
    await see('Browse the tables');
    await page.getByRole('button', { name: /^Stores/ }).click();
    await page.getByRole('cell', { name: 'ST001' }).waitFor();
  });

  it('writes them again only after confirmation', async () => {
    await press('Generate master data again …');
    await press('Keep the existing data');
    await press('Generate master data again …');
    await press('Replace it');
    await page
      .getByRole('region', { name: 'Making master data' })
      .getByText('completed', { exact: true })
      .waitFor();
  });

  it('estimates three days, and generates them', async () => {
    await open('historical');
    await see(/There is no history yet\. It begins at 2024-01-01/);
    await press('3 days');
    await page.getByText('Disk space').waitFor();
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('2024-01-04');
    await press('Generate history');
    const progress = page.getByRole('region', { name: 'Generating history' });
    await progress
      .getByText(/tables complete/i)
      .first()
      .waitFor();
    await progress.getByText('completed', { exact: true }).waitFor();
    await see(/The history reaches 2024-01-04/);
    await page.getByRole('button', { name: /^Receipts/ }).click();
    await page.getByRole('columnheader', { name: 'ReceiptId' }).waitFor();
    // As the file has it.
    await page.getByRole('cell', { name: '0.00', exact: true }).first().waitFor();
  });

  it('shows the day that is added in the table that is looked at', async () => {
    const newest = page.locator('.table-frame tbody tr').first();
    await newest.getByText('2024-01-03').first().waitFor();
    const progress = page.getByRole('region', { name: 'Generating history' });
    await press('1 day');
    await expect
      .poll(() => page.getByLabel('To', { exact: true }).inputValue(), PATIENT)
      .toBe('2024-01-05');
    await press('Generate history');
    await see(/The history reaches 2024-01-05/);
    await expect.poll(focused, PATIENT).toBe('Generating history');
    await progress.getByText('completed', { exact: true }).waitFor();
    await newest.getByText('2024-01-04').first().waitFor();
    const days = page.getByLabel('Day', { exact: true }).locator('option');
    await expect.poll(() => days.allInnerTexts(), PATIENT).toContain('2024-01-04');
  });

  it('shows a cancelled history after leaving and returning', async () => {
    const progress = page.getByRole('region', { name: 'Generating history' });
    await page.getByLabel('To', { exact: true }).fill('2025-12-31');
    await press('Generate history');
    await press('Cancel');
    await progress.getByText('cancelled', { exact: true }).waitFor();
    await expect.poll(focused, PATIENT).toBe('Generating history');
    await open('dashboard');
    await see('This world');
    await open('historical');
    await progress.getByText('cancelled', { exact: true }).waitFor();
    await progress.getByText(/^Cancelled at/).waitFor();
  });

  it('counts every table on the dashboard', async () => {
    await open('dashboard');
    await see('This world');
    const bars = page.locator('.bars li');
    await bars.first().waitFor();
    expect(await bars.count()).toBeGreaterThan(25);
  });

  it('streams, at the chosen speed', async () => {
    await open('realtime');
    await press('× 600');
    await press('Start the stream');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await see('Acknowledged');
    const acknowledged = page.getByRole('region', { name: 'Delivery' }).locator('dd').nth(1);
    await expect.poll(async () => (await acknowledged.innerText()) !== '0', PATIENT).toBe(true);
    await page.locator('.events summary').first().click();
    await see('"event_id"');
  });

  it('shows an outage on the map as soon as it is created', async () => {
    await page.getByLabel('What').selectOption('dc_outage');
    await page.getByLabel(/How bad/).fill('100');
    await press('Make it happen');
    await page.locator('.disruption-list').getByText('active').first().waitFor();
    await open('map');
    await page
      .locator('.vitals')
      .getByText(/Outage of a distribution center: DC01/)
      .waitFor();
    await expect.poll(() => page.evaluate(TROUBLE_PIXELS), PATIENT).toBeGreaterThan(40);
  });

  it('stops while paused, and continues', async () => {
    await open('realtime');
    await press('Pause');
    await page.locator('.strip').getByText('Paused').waitFor();
    await press('Resume');
    await page
      .locator('.strip')
      .getByText(/Streaming/)
      .waitFor();
    await press('Stop');
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
  });

  it('removes the world after three confirmations, and not before', async () => {
    await open('config');
    await press('Remove this world …');
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: 'Remove the world' });
    expect(await go.isDisabled()).toBe(true);
    const phrase = /Type “(.+)”/.exec(await dialog.locator('label').first().innerText())![1];
    await dialog.getByLabel(/^Type “/).fill(phrase);
    expect(await go.isDisabled()).toBe(true);
    const files = await dialog.locator('p strong').innerText();
    await dialog.getByLabel('Type the number of files to remove').fill(files);
    await go.click();
    await page.getByText(/^Removed the world: \d+ files\./).waitFor();
    await expect.poll(focused, PATIENT).toContain('Removed the world');
    await page.locator('.strip').getByText('No world yet').waitFor();
    const left = () =>
      ['facts', 'master'].filter((name) => existsSync(path.join(server.out, name)));
    await expect.poll(left, PATIENT).toEqual([]);
    await open('historical');
    await see('No facts yet');
    expect(await page.getByRole('region', { name: 'Generating history' }).count()).toBe(0);
  });

  it('met no error on the way', () => {
    expect(errors).toEqual([]);
  });
});
