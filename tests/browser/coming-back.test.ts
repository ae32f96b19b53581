/** The server goes away and comes back while a tab is open, at rest and in the middle of a task. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDay, settled, TABS } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT_MS = 60_000;

describe.skipIf(browserPath() === undefined)('the server goes away and comes back', () => {
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

  const again = async () => {
    const { out, port } = server;
    server = await serve({ out, port });
  };
  const gone = (page: Page) => page.getByText(/The server does not answer. Trying again/).waitFor();
  const back = (page: Page) => page.getByText('Connected').waitFor();
  const opened = async (tab: string): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENT_MS);
    await page.goto(`${server.url}/#/${tab}`);
    await settled(page, tab);
    return page;
  };

  it('every tab says so, keeps what it shows, and is whole again, also with what is new', async () => {
    const pages = new Map<string, Page>();
    for (const tab of TABS) pages.set(tab, await opened(tab));
    await server.stop();
    for (const [tab, page] of pages) {
      await gone(page);
      // What was there stays to be read.
      await settled(page, tab);
    }
    await again();
    for (const [tab, page] of pages) {
      await back(page);
      await settled(page, tab);
      expect(await page.locator('.lost').count(), tab).toBe(0);
      expect(await page.locator('.note.bad').count(), tab).toBe(0);
    }
    // A page that came back hears what is done in another.
    const rows = await pages.get('dashboard')!.locator('.stats dd').first().innerText();
    await makeDay(server.url, '2024-01-03');
    await pages
      .get('historical')!
      .getByText(/The history reaches 2024-01-03/)
      .waitFor();
    await expect
      .poll(() => pages.get('dashboard')!.locator('.stats dd').first().innerText(), {
        timeout: PATIENT_MS,
      })
      .not.toBe(rows);
    for (const page of pages.values()) await page.close();
  });

  it('what is typed meanwhile is not lost, and can be sent when it is back', async () => {
    const page = await opened('config');
    const field = page.getByLabel('Customers per day');
    const before = await field.inputValue();
    await field.fill('77');
    await page.getByText('They can be saved, but the existing world cannot continue').waitFor();
    await server.stop();
    await gone(page);
    await page.getByRole('button', { name: /^Save/ }).click();
    await page.getByText('The server does not answer.', { exact: true }).waitFor();
    expect(await field.inputValue()).toBe('77');
    await again();
    await back(page);
    expect(await field.inputValue()).toBe('77');
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('The config was changed and written.').waitFor();
    // The world goes on with the settings that it was made with.
    await field.fill(before);
    await page.getByRole('button', { name: 'Save 1 change' }).click();
    await page.getByText('Nothing changed.').waitFor();
    await page.close();
  });

  it('in the middle of a history: it came to rest, and goes on from there', async () => {
    const page = await opened('historical');
    const to = page.getByLabel('To', { exact: true });
    await to.fill('2024-03-01');
    await page.getByText('Disk space').waitFor();
    await page.getByRole('button', { name: 'Generate history' }).click();
    await page.getByText('Being written:').waitFor();
    await server.stop();
    await gone(page);
    await again();
    await back(page);
    // Nothing runs any more, and nothing on the page says that it does.
    await page.getByRole('button', { name: 'Generate history' }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel' }).count()).toBe(0);
    await page.locator('.strip').getByText('At rest').waitFor();
    await page.getByText(/^The history reaches/).waitFor();
    await page.close();
  });

  it('in the middle of a stream: it stopped with everything delivered, says so, and can be started again', async () => {
    const page = await opened('realtime');
    await page.getByRole('button', { name: 'Start the stream' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page.getByText('Acknowledged').first().waitFor();
    await page.locator('.events li').first().waitFor();
    await server.stop();
    await gone(page);
    // What was there stays to be read, and nothing can be done about it.
    expect(await page.getByRole('button', { name: 'Pause', exact: true }).isDisabled()).toBe(true);
    // And nothing says that it still streams.
    await page.locator('.strip').getByText('No contact').waitFor();
    expect(await page.locator('.badge').allInnerTexts()).not.toContain('running');
    expect(await page.locator('.strip').innerText()).not.toContain('Streaming');
    await page.getByText(/these are the last that it has told/).waitFor();
    expect(await page.locator('.events li').count()).toBeGreaterThan(0);
    await again();
    await back(page);
    await page
      .getByText(/^The stream ended together with the server\. Everything up to .* is deliv/)
      .waitFor();
    await page.getByRole('button', { name: 'Start the stream' }).click();
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await page
      .locator('.strip')
      .getByText(/Streaming/)
      .waitFor();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
    await page.close();
  });
});
