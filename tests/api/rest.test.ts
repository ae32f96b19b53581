/** The live view of a world that no job runs: it equals its files, and the state from which a stream continues. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZoneTime } from '../../src/policy/local-time.ts';
import type { LiveState } from '../../src/api/shapes/live.ts';
import type { Client } from './client.ts';
import { testClient } from './client.ts';
import { events, nextState } from './event-stream.ts';

/** In the states it is between two and five in the afternoon: stores are open, people are inside. */
const END = '2024-01-04T22:00:00Z';
/** The scenario shuts the first center down on the fourth day, and slows its suppliers from the third on. */
const SCENARIO = 'disruption';

let client: Client;
let state: LiveState;

async function stateAtRest(): Promise<LiveState> {
  const live = events(client);
  try {
    return await nextState(live, ({ clock, dcs }) => clock.mode === 'idle' && dcs.length > 0);
  } finally {
    await live.close();
  }
}

beforeAll(async () => {
  // With this seed a center has trouble of its own when the history ends.
  client = await testClient({ raw: { seed: 61 } });
  const { body } = await client.ask('POST', '/api/generate/historical', {
    body: { end_date: END, scenarios: [SCENARIO] },
  });
  await client.over(body.operation_id);
  state = await stateAtRest();
});
afterAll(() => client.close());

type Row = Record<string, string>;

/** All rows of a table of a folder, by day and region. */
function rowsOf(folder: string): Row[] {
  return readdirSync(path.join(client.root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(client.root, folder, file), 'utf8');
      return parse(text, { columns: true }) as Row[];
    });
}

describe('a world that no job runs', () => {
  it('has the stores open that are open in the files, with customers inside', () => {
    const last = new Map(rowsOf('facts/store_ops').map((row) => [row.StoreID, row.Operation]));
    expect(state.stores.length).toBe(3);
    for (const [id, , open] of state.stores) {
      expect(open, `store ${id}`).toBe(last.get(`${id}`) === 'OPENED' ? 1 : 0);
    }
    expect(state.stores.some(([, , open]) => open === 1)).toBe(true);
    expect(state.stores.reduce((sum, [, inside]) => sum + inside, 0)).toBeGreaterThan(0);
  });

  it('is out of stock of the products that ran out and whose shelves are empty in its closing tables', () => {
    const stock = rowsOf('closing/store_stock');
    const ranOut = new Set(
      rowsOf('facts/stockouts').map(({ StoreID, ProductID }) => `${StoreID}/${ProductID}`),
    );
    for (const [id, , , out] of state.stores) {
      const none = stock.filter(
        (row) =>
          row.StoreID === `${id}` &&
          row.Shelf === '0' &&
          ranOut.has(`${row.StoreID}/${row.ProductID}`),
      );
      expect(out, `store ${id}`).toBe(none.length);
    }
    for (const [id, onHand] of state.dcs) {
      const rows = rowsOf('closing/dc_stock').filter((row) => row.DCID === `${id}`);
      expect(onHand).toBe(rows.reduce((sum, { OnHand }) => sum + Number(OnHand), 0));
    }
  });

  it('has as sales of today the receipts since the local midnight of each store', () => {
    expect(soldOf(state)).toEqual(soldByFiles(END));
    expect(soldByFiles(END).every(([, cents]) => Number(cents) > 0)).toBe(true);
  });

  it('shows the present details of a store', async () => {
    const { body } = await client.ask('GET', '/api/live/store/1');
    expect(body.now).toEqual(state.stores.find(([id]) => id === 1));
  });

  it('counts and lists the disruptions by chance and from the scenario', async () => {
    const endMs = Date.parse(END);
    const rows = rowsOf('facts/supply_chain_disruption');
    const over = new Set(
      rows.filter(({ Status }) => Status === 'RECOVERED').map(({ TraceId }) => TraceId),
    );
    const active = rows
      .filter(({ TraceId, EndTime }) => !over.has(TraceId) && Date.parse(EndTime) > endMs)
      .map((row) => ({
        disruption_id: row.TraceId,
        type: row.Type,
        target: `dc:${row.DCID}`,
        severity: Number(row.ImpactPercentage) / 100,
        description: row.Description,
        starts_at: row.StartTime,
        active_until: row.EndTime,
        status: 'active',
      }));
    const { body } = await client.ask('GET', '/api/disruption/list');
    const listed = body.disruptions as { disruption_id: string; origin: string }[];
    const byId = <T extends { disruption_id: string }>(list: readonly T[]) =>
      list.toSorted((a, b) => (a.disruption_id < b.disruption_id ? -1 : 1));
    expect(byId(listed)).toMatchObject(byId(active));
    expect(body.count).toBe(active.length);
    expect(new Set(listed.map(({ origin }) => origin))).toEqual(new Set(['scenario', 'natural']));
    const shown = state.disruptions.map(({ id, origin, status }) => [id, origin, status]).sort();
    expect(shown).toEqual(listed.map((one) => [one.disruption_id, one.origin, 'active']).sort());
    // Nobody asked for it, so nobody ends it.
    const refused = await client.ask('DELETE', `/api/disruption/${listed[0].disruption_id}`);
    expect(refused.status).toBe(409);
  });

  it('is the state from which a stream continues, including the present day', async () => {
    const live = events(client);
    await client.ask('POST', '/api/stream/start', { body: { speed: 1, sink: 'blackhole' } });
    const streaming = await nextState(
      live,
      ({ clock, dcs }) => clock.mode === 'realtime' && dcs.length > 0,
    );
    for (const [id, , open, out, cents, receipts] of streaming.stores) {
      const before = state.stores.find((row) => row[0] === id)!;
      expect([open, out]).toEqual([before[2], before[3]]);
      expect(cents).toBeGreaterThanOrEqual(before[4]!);
      expect(receipts).toBeGreaterThanOrEqual(before[5]!);
    }
    const list = await client.ask('GET', '/api/disruption/list');
    expect(list.body.count).toBe(state.disruptions.length);
    await client.ask('POST', '/api/stream/stop');
    await nextState(live, ({ clock }) => clock.mode === 'idle');
    await live.close();
    // What the stream sold is in no file; the server knows it as long as it runs.
    const rested = await stateAtRest();
    for (const [id, , , , cents] of rested.stores) {
      expect(cents).toBeGreaterThanOrEqual(state.stores.find((row) => row[0] === id)![4]!);
    }
  });
});

function soldOf({ stores }: LiveState) {
  return stores.map(([id, , , , cents, receipts]) => [id, cents, receipts]).sort();
}

function soldByFiles(end: string) {
  const endMs = Date.parse(end);
  const receipts = rowsOf('facts/receipts');
  const stores = parse(readFileSync(path.join(client.root, 'master/stores.csv')), {
    columns: true,
  }) as Row[];
  return stores
    .map(({ ID, TimeZone }) => {
      const zone = new ZoneTime(TimeZone);
      const fromMs = zone.localMidnightMs(zone.localDay(endMs));
      const mine = receipts.filter(
        ({ StoreID, EventTS }) => StoreID === ID && Date.parse(EventTS) >= fromMs,
      );
      const cents = mine.reduce((sum, { Total }) => sum + Math.round(Number(Total) * 100), 0);
      return [Number(ID), cents, mine.length];
    })
    .sort();
}
