/** The tab of the stream: correct at the start, while the receiver fails, at the end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { ENTITY } from '../hub/clients.ts';
import { makeDay } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PATIENT = { timeout: 60_000, interval: 100 };

describe.skipIf(browserPath() === undefined)('the tab of the stream', () => {
  let hub: Hub;
  let server: Served;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [hub, server, browser] = await Promise.all([
      startHub({ port: 0, entities: [{ name: ENTITY, partitionCount: 2, consumerGroups: [] }] }),
      serve(),
      openBrowser(),
    ]);
    await makeDay(server.url);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/#/realtime`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await hub?.close();
  });

  // What comes after a step that failed can only fail as well.
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip();
    onTestFailed(async () => {
      broken = true;
      process.stderr.write(`The page at the failure:\n${await page.locator('body').innerText()}\n`);
    });
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const strip = () => page.locator('.strip');
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
  /** Presses what has a name, as the keyboard does. */
  const press = async (name: string | RegExp) => {
    await button(name).focus();
    await page.keyboard.press('Enter');
  };
  const focused = () =>
    page.evaluate('document.activeElement.textContent.trim()') as Promise<string>;
  const chosenType = () => page.getByRole('combobox', { name: 'Event type' });
  const open = async (tab: string) => page.goto(`${server.url}/#/${tab}`);
  const configure = (realtime: Readonly<Record<string, unknown>>) =>
    fetch(`${server.url}/api/config`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ realtime }),
    });

  it('says where the stream will go, and what half of a cap means', async () => {
    await see('Event hub "retail-events" of a hub on this machine that starts');
    await page.getByText('More', { exact: true }).click();
    expect(await page.getByText('No cap if both are left empty.').count()).toBe(2);
    await page.getByLabel('Interval, ms').fill('20');
    await see('100 if left empty.');
    await page.getByLabel('Interval, ms').fill('');
  });

  it('keeps the chosen values if a start fails', async () => {
    await button('× 600').click();
    await page.getByLabel('Minutes').fill('-1');
    await button('Start the stream').click();
    await page.locator('.field .fault').first().waitFor();
    await page.getByLabel('Minutes').fill('');
    await open('dashboard');
    // Only the history is there: the last step is still to do.
    await see('Three steps to a living world');
    await open('realtime');
    expect(await button('× 600').getAttribute('aria-pressed')).toBe('true');
  });

  it('shows the requested speed from the start, and keeps the focus nearby', async () => {
    await press('Start the stream');
    await page.getByRole('heading', { name: 'The stream', exact: true }).waitFor();
    await expect.poll(focused, PATIENT).toBe('The stream');
    await expect.poll(() => button('× 600').getAttribute('aria-pressed'), PATIENT).toBe('true');
    await page.getByText(/tail --port \d+/).waitFor();
    await page.locator('.events li').first().waitFor();
  });

  it('keeps the chosen type of event while there is no such event', async () => {
    await chosenType().selectOption('disruption_recovered');
    await see('There was no disruption_recovered in this stream yet');
    for (let answers = 0; answers < 2; answers++) await page.waitForResponse(/events\/recent/);
    expect(await chosenType().inputValue()).toBe('disruption_recovered');
  });

  it('disrupts a named target of the world, and ends the disruption without losing the focus', async () => {
    await page.getByLabel('What', { exact: true }).selectOption('weather_delay');
    await page.getByLabel('Where').selectOption('store:2');
    expect(await page.getByLabel(/^How bad/).count()).toBe(1);
    await button('Make it happen').click();
    await see(/^Bad weather: ST002 .*, until /);
    await page.getByLabel('What', { exact: true }).selectOption('truck_breakdown');
    await page.getByLabel('Where').selectOption('truck:1');
    // A truck stands still or does not.
    expect(await page.getByLabel(/^How bad/).count()).toBe(0);
    await page.getByLabel('What', { exact: true }).selectOption('supplier_delay');
    await page.getByLabel('Where').selectOption('supplier');
    await page.getByLabel('Number of the supplier').fill('999999');
    await button('Make it happen').click();
    await page.locator('.fault').waitFor();
    await page.getByLabel('Number of the supplier').fill('1');
    await button('Make it happen').click();
    await see(/^Late suppliers: supplier 1, until /);
    await press(/^End Late suppliers, supplier 1$/);
    await page.locator('.disruption-list').getByText('cancelled').waitFor();
    await expect.poll(focused, PATIENT).toContain('Late suppliers');
    await press(/^End Bad weather/);
    await expect
      .poll(() => page.locator('.disruption-list').getByText('cancelled').count(), PATIENT)
      .toBe(2);
    const shown = page.locator('.events summary');
    await expect.poll(() => shown.count(), PATIENT).toBeGreaterThan(0);
    for (const text of await shown.allInnerTexts()) expect(text).toContain('disruption_recovered');
  });

  it('stays at the end of the stream, and says so everywhere', async () => {
    await press('Stop');
    await button('Start the stream').waitFor();
    await expect.poll(focused, PATIENT).toBe('Start a stream');
    const end = region('The last stream').getByText(/^It came to/);
    const whole = /^It came to Tue, 2 Jan 2024, \d\d:\d\d UTC; everything is delivered\.$/;
    // The ledger of the moment may be shown for a moment more.
    await expect.poll(() => end.innerText(), PATIENT).toMatch(whole);
    const minute = /\d\d:\d\d/.exec(await end.innerText())![0];
    await expect.poll(() => strip().locator('time').innerText(), PATIENT).toBe(minute);
    await open('dashboard');
    const facts = region('This world').locator('dl');
    await expect.poll(() => facts.innerText(), PATIENT).toContain(`2 Jan 2024, ${minute} UTC`);
    expect(await page.getByText('Three steps to a living world').count()).toBe(0);
  });

  it("can't send dead letters without a hub, and says how many it shows", async () => {
    const letter = {
      event_type: 'receipt_created',
      category: 'rejected',
      reason: 'refused',
      attempts: 1,
    };
    const pattern = '**/api/stream/dlq/events?*';
    await page.route(pattern, (route) => {
      const limit = Number(new URL(route.request().url()).searchParams.get('limit'));
      const events = Array.from({ length: Math.min(30, limit) }, (_, at) => ({
        ...letter,
        event_id: `e${at}`,
      }));
      return route.fulfill({ json: { events, count: events.length, total: 30 } });
    });
    await open('realtime');
    const card = region('Dead letters');
    await card.getByText('These are the 20 newest of 30.').waitFor();
    await card.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => card.locator('li').count(), PATIENT).toBe(30);
    expect(await card.getByRole('button', { name: 'Send them again' }).isDisabled()).toBe(true);
    await card.getByText(/the hub on this machine ends with the stream/).waitFor();
    await page.unroute(pattern);
  });

  it('says everywhere that the receiver fails', async () => {
    const set = await configure({
      azure_connection_string: hub.connectionString(ENTITY),
      retry_attempts: 0,
      circuit_breaker_failure_threshold: 1,
      send_timeout_ms: 1000,
    });
    expect(set.status, await set.text()).toBe(200);
    await page.reload();
    await page.getByText(/^Goes to Event hub .* from config file/).waitFor();
    await button('× 600').click();
    await button('Start the stream').click();
    await page.locator('.events li').first().waitFor();
    await hub.close();
    await strip().getByText('The receiver fails').waitFor();
    await see('The receiver is not accepting events: the newest of these are generated');
    await open('dashboard');
    await see(/The receiver of the stream is not accepting events: [\d,]+ events wait/);
    await region('This world').getByText('The stream is at').waitFor();
    await open('realtime');
  });

  it('says that it stops, accepts no other command meanwhile, and shows the undelivered events', async () => {
    await button('Stop').click();
    await strip().getByText('Stopping').waitFor();
    await see(/^Stopping: what was generated is delivered first/);
    expect(await button('Pause').isDisabled()).toBe(true);
    expect(await button('Full').isDisabled()).toBe(true);
    await button('Start the stream').waitFor();
    await region('The last stream')
      .getByText(/^[\d,]+ events? (is|are) not delivered yet\. The next stream sends them first/)
      .waitFor();
  });
});
