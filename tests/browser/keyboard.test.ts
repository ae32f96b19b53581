/** All of a world's life without a mouse: Tab, Enter, Space, arrows, with a visible focus. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT = { timeout: 60_000, interval: 200 };
const MOST_STOPS = 150;

/** Runs in the page: what has the focus, and whether that shows. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 12), 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const label = element.labels?.[0]?.textContent;
  return {
    name: (element.getAttribute('aria-label') ?? label ?? element.textContent).trim().replace(/\\s+/g, ' '),
    tag: element.tagName.toLowerCase(),
    isOutlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    coveredBy: top === null || element.contains(top) || top.contains(element) ? '' : (top.closest('.toasts') ?? top).outerHTML.slice(0, 200),
    inDialog: element.closest('dialog') !== null,
  };
})()`;

interface Focused {
  readonly name: string;
  readonly tag: string;
  readonly isOutlined: boolean;
  readonly coveredBy: string;
  readonly inDialog: boolean;
}

describe.skipIf(browserPath() === undefined)('by keyboard alone', () => {
  let server: Served & { out: string };
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serve(), openBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.setDefaultTimeout(60_000);
    await page.goto(server.url);
    await page.getByText('Connected').waitFor();
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

  const focused = () => page.evaluate(FOCUSED) as Promise<Focused | null>;

  /** Tabs until something of that name has the focus; every stop must be seen, or be once Escape took messages away. */
  async function reach(name: string | RegExp, tag?: string): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await page.keyboard.press('Tab');
      let now = await focused();
      if (now?.coveredBy.includes('toasts')) {
        await page.keyboard.press('Escape');
        now = await focused();
      }
      if (now === null) continue;
      passed.push(now.name);
      expect(now.isOutlined, `the focus shows on ${now.tag} “${now.name}”`).toBe(true);
      expect(now.coveredBy, `what covers ${now.tag} “${now.name}”`).toBe('');
      const fits = typeof name === 'string' ? now.name === name : name.test(now.name);
      if (fits && (tag === undefined || now.tag === tag)) return;
    }
    throw new Error(`${name} cannot be reached; passed ${passed.join(' | ')}`);
  }
  async function act(name: string | RegExp, key = 'Enter'): Promise<void> {
    await reach(name);
    await page.keyboard.press(key);
  }
  async function open(tab: string): Promise<void> {
    await reach(tab, 'a');
    await page.keyboard.press('Enter');
    await page
      .getByRole('link', { name: tab, exact: true, includeHidden: false })
      .first()
      .waitFor();
  }
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor();

  const ready = (name: string) =>
    expect
      .poll(() => page.getByRole('button', { name, exact: true }).isEnabled(), PATIENT)
      .toBe(true);

  it('generates the network and some history', async () => {
    await open('Master data');
    await see('Make the network');
    await act('Generate master data');
    await see('Browse the tables');
    await open('Historical');
    await see('Disk space');
    await act('3 days');
    await expect
      .poll(() => page.getByLabel('To', { exact: true }).inputValue(), PATIENT)
      .toBe('2024-01-04');
    await ready('Generate history');
    await act('Generate history');
    await see(/The history reaches 2024-01-04/);
  });

  it('looks into a table and pages through its rows', async () => {
    await act(/^Receipt lines/);
    await see('Rows 1–50');
    await act('On');
    await see('Rows 51–100');
  });

  it('streams, at a chosen speed, and creates a disruption', async () => {
    await open('Real-time');
    await see('Start a stream');
    await act('× 600', 'Space');
    await act('Start the stream');
    await ready('Pause');
    await reach('What', 'select');
    await page.keyboard.press('Home');
    await reach(/^How bad/, 'input');
    const range = page.getByLabel(/^How bad/);
    await page.keyboard.press('End');
    expect(await range.inputValue()).toBe('100');
    await page.keyboard.press('ArrowLeft');
    expect(await range.inputValue()).not.toBe('100');
    await act('Make it happen');
    await page.locator('.disruption-list').getByText('active').first().waitFor();
  });

  it('pauses, resumes and stops', async () => {
    await act('Pause');
    await page.locator('.strip').getByText('Paused').waitFor();
    await act('Resume');
    await page
      .locator('.strip')
      .getByText(/Streaming/)
      .waitFor();
    await act('Stop');
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
  });

  it('stays in the dialog until Escape, and is then back where it was', async () => {
    await open('Config');
    await see('Danger zone');
    await act('Remove this world …');
    await page.getByRole('dialog').waitFor();
    expect((await focused())?.inDialog).toBe(true);
    const seen = new Set<string>();
    for (const key of [...Array(8).fill('Tab'), ...Array(8).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      const now = await focused();
      // Beyond the last one the browser's own controls have it.
      if (now === null) continue;
      expect(now.inDialog, `${now.name} is behind the dialog`).toBe(true);
      seen.add(now.name);
    }
    expect([...seen]).toContain('Keep it');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await focused())?.name).toBe('Remove this world …');
  });

  it('removes the world', async () => {
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const phrase = /“(.+)”/.exec(await dialog.locator('label').first().innerText())![1];
    const files = await dialog.locator('p strong').innerText();
    // The first field has the focus when it opens.
    expect((await focused())?.tag).toBe('input');
    await page.keyboard.type(phrase);
    await page.keyboard.press('Tab');
    await page.keyboard.type(files);
    await page.keyboard.press('Enter');
    await page.locator('.strip').getByText('No world yet').waitFor();
    const left = () =>
      ['facts', 'master'].filter((name) => existsSync(path.join(server.out, name)));
    await expect.poll(left, PATIENT).toEqual([]);
  });
});
