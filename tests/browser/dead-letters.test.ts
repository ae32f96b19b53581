/** Events that a hub refuses: shown on the page, sent again from it, and counted correctly. */
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Hub, startHub } from '../../src/hub/hub.ts';
import { listDeadLetters } from '../../src/delivery/dead-letters.ts';
import { ENTITY } from '../hub/clients.ts';
import { makeDay } from './a-day.ts';
import { browserPath, openBrowser, type Served, serve } from './browser.ts';

const PARTITIONS = 2;
const LETTERS = 3;
const PATIENT = { timeout: 60_000, interval: 100 };

describe.skipIf(browserPath() === undefined)('dead letters on the page', () => {
  let hub: Hub;
  let server: Served & { out: string };
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const entities = [{ name: ENTITY, partitionCount: PARTITIONS, consumerGroups: ['tail'] }];
    [hub, server, browser] = await Promise.all([
      startHub({ port: 0, entities }),
      serve(),
      openBrowser(),
    ]);
    await makeDay(server.url);
    // Batches of one, so that a refusal is the end of one event and no other.
    const realtime = {
      azure_connection_string: hub.connectionString(ENTITY),
      max_batch_size: 1,
    };
    await fetch(`${server.url}/api/config`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ realtime }),
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(60_000);
    await page.goto(`${server.url}/#/realtime`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await hub?.close();
  });

  const card = () => page.getByRole('region', { name: 'Dead letters' });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const letters = () => listDeadLetters(path.join(server.out, 'stream', 'dead-letters.ndjson'));
  const stored = () =>
    Array.from({ length: PARTITIONS }, (_, partition) => hub.partition(ENTITY, partition))
      .flat()
      .map(({ body }) => (JSON.parse((body as Buffer).toString('utf8')) as Event).event_id);
  const ledger = async () => {
    const answer = await fetch(`${server.url}/api/stream/status`);
    return ((await answer.json()) as { ledger: Record<string, number> }).ledger;
  };
  /** What the page counts as dead letters of the stream that runs. */
  const counted = () => {
    const delivery = page.getByRole('region', { name: 'Delivery' });
    return delivery
      .locator('dl > div', { has: page.getByText('Dead letters', { exact: true }) })
      .locator('dd')
      .innerText();
  };
  let refused: string[] = [];

  it('are shown while the stream goes on, each with its reason', async () => {
    await press('× 60');
    await press('Start the stream');
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
    await expect.poll(() => hub.stats().incomingEvents, PATIENT).toBeGreaterThan(5);
    for (let count = 0; count < LETTERS; count++) hub.faults.next({ kind: 'refuse' });
    await card().waitFor();
    await expect.poll(() => card().locator('li').count(), PATIENT).toBe(LETTERS);
    const [first] = await card().locator('li').allInnerTexts();
    expect(first).toContain('Rejected after 1 attempt:');
    expect(first).toContain('refused by a scripted fault');
    const again = card().getByRole('button', { name: 'Send them again' });
    expect(await again.isDisabled()).toBe(false);
    expect(await counted()).toBe(`${LETTERS}`);
    refused = letters().map(({ event }) => event.eventId);
    expect(refused).toHaveLength(LETTERS);
  });

  it('stay when the stream ends, and no other event is pending', async () => {
    await press('Stop');
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
    expect(await ledger()).toMatchObject({ deadLettered: LETTERS, inFlight: 0 });
    const there = new Set(stored());
    expect(refused.filter((id) => there.has(id))).toEqual([]);
  });

  it('are kept if they are refused again, with one more attempt', async () => {
    hub.faults.next({ kind: 'refuse' });
    await press('Send them again');
    await expect.poll(() => card().locator('li').count(), PATIENT).toBe(1);
    await card()
      .getByText(/after 2 attempts/)
      .waitFor();
    expect(await ledger()).toMatchObject({ deadLettered: 1, inFlight: 0 });
  });

  it('are published by another try, once each, and the card disappears', async () => {
    await press('Send them again');
    await card().waitFor({ state: 'detached' });
    const ids = stored();
    for (const id of refused) expect(ids.filter((each) => each === id)).toEqual([id]);
    const { generated, acknowledged, ...rest } = await ledger();
    expect(acknowledged).toBe(generated);
    expect(rest).toMatchObject({ deadLettered: 0, inFlight: 0 });
    expect(new Set(ids).size).toBe(acknowledged);
  });

  it("don't exist for the stream that continues", async () => {
    await press('Start the stream');
    expect(await counted()).toBe('0');
    await press('Stop');
    await page.getByRole('button', { name: 'Start the stream' }).waitFor();
  });
});

interface Event {
  readonly event_id: string;
}
