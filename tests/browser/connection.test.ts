/** "Test the connection": into a hub that is there, at a port where nobody is, and with half a string. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, openBrowser, type Served, serve, type Started, start } from './browser.ts';

const KEY = 'canaryKey0123456789canary';
const at = (port: number, rest = '') =>
  `Endpoint=sb://localhost:${port};SharedAccessKeyName=send;SharedAccessKey=${KEY};UseDevelopmentEmulator=true;${rest}`;

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe.skipIf(browserPath() === undefined)('the connection of the stream', () => {
  let hub: Started<{ port: number }>;
  let server: Served;
  let browser: Browser;
  let page: Page;
  /** Everything that could tell the key: answers of the API, and what the browser's console got. */
  const told: string[] = [];
  const answers: Promise<unknown>[] = [];

  beforeAll(async () => {
    [hub, server, browser] = await Promise.all([
      start<{ port: number }>(['hub', '--port', '0']),
      serve(),
      openBrowser(),
    ]);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('console', (message) => told.push(message.text()));
    page.on('response', (response) => {
      if (response.url().endsWith('/api/live')) return;
      // The answer to a request that the page no longer wants is gone.
      const gone = () => {};
      answers.push(response.text().then((text) => told.push(text), gone));
    });
    await page.goto(`${server.url}/#/config`);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([server?.close(), hub?.stop()]);
  });

  const card = () => page.getByRole('region', { name: 'Connection of the stream' });
  const field = () => card().getByLabel('Connection string', { exact: true });
  const button = (name: string) => card().getByRole('button', { name });
  const test = () => button('Test the connection').click();

  it('needs none, and says so', async () => {
    await test();
    await card()
      .getByText(/^No event hub is configured, and none is needed/)
      .waitFor();
    expect(await card().locator('.note.bad').count()).toBe(0);
  });

  it('works where a hub listens, and tells which', async () => {
    await field().fill(at(hub.told.port));
    await card().getByText('The format is correct.').waitFor();
    await test();
    await card()
      .getByText(/The connection works\..*Partitions: 8/)
      .waitFor();
    expect(await card().getByText(`localhost:${hub.told.port}`).count()).toBeGreaterThan(0);
  });

  it('fails where nobody listens, and says what to look at', async () => {
    const port = await closedPort();
    await field().fill(at(port));
    await card().getByText('The format is correct.').waitFor();
    await test();
    const note = card().locator('.note.bad');
    await note.waitFor();
    const text = await note.innerText();
    expect(text).toContain(`Cannot reach event hub "retail-events" at localhost:${port}`);
    expect(text).toContain('check that the service is running');
    expect(text).not.toContain('\n');
  });

  it('fails for an event hub that is not there', async () => {
    await field().fill(at(hub.told.port, 'EntityPath=nosuch'));
    await card().getByText('The format is correct.').waitFor();
    await test();
    await card()
      .getByText(/Cannot find event hub "nosuch"/)
      .waitFor();
  });

  it.each([
    [`Endpoint=sb://localhost:1;SharedAccessKey=${KEY}`, /SharedAccessKeyName is missing/],
    [KEY, /Endpoint is missing/],
    [
      `Endpoint=http://x y;SharedAccessKeyName=a;SharedAccessKey=${KEY}`,
      /Endpoint is not an address/,
    ],
  ])('says what is missing in a malformed string, and does not try it', async (text, fault) => {
    await field().fill(text);
    await card().locator('.fault').getByText(fault).waitFor();
    expect(await button('Test the connection').isDisabled()).toBe(true);
    expect(await button('Use it').isDisabled()).toBe(true);
  });

  it('can be kept, and is what is tested from then on', async () => {
    await field().fill(at(hub.told.port));
    await button('Use it').click();
    await page.getByText('The config was changed and written.').waitFor();
    expect(await field().inputValue()).toBe('');
    await test();
    await card()
      .getByText(/The connection works\..*config/)
      .waitFor();
  });

  it('never showed the key: not in the page, an answer, the console, nor the terminal', async () => {
    await page.reload();
    await field().waitFor();
    await page.evaluate(
      `document.querySelectorAll('details').forEach((each) => { each.open = true; })`,
    );
    expect(await page.getByLabel('Azure connection string').inputValue()).toBe('***');
    for (const route of ['config', 'stream/config', 'stream/health', 'stream/status']) {
      told.push(await (await fetch(`${server.url}/api/${route}`)).text());
    }
    await Promise.all(answers);
    expect(told.length).toBeGreaterThan(10);
    told.push(await page.content(), server.said(), hub.said());
    for (const text of told) expect(text).not.toContain('canaryKey');
  });

  it('can be left for the hub on this machine', async () => {
    await button('Back to the hub on this machine …').click();
    await button('Remove it and use this machine').click();
    await card()
      .getByText(/None is in the config\.$/)
      .waitFor();
    expect(await field().evaluate((input) => input === input.ownerDocument.activeElement)).toBe(
      true,
    );
    await test();
    await card()
      .getByText(/^No event hub is configured/)
      .waitFor();
  });
});
