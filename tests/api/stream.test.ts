/** A stream through the API: started, paused, disrupted, stopped. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveState } from '../../src/api/shapes/live.ts';
import { type SmallWorld, smallWorld } from '../run/small-world.ts';
import { type Client, testClient } from './client.ts';
import { events, nextState } from './event-stream.ts';

const FROM = Date.UTC(2024, 0, 1);
/** In the middle of a trading day, so that something happens at once. */
const TO = Date.UTC(2024, 0, 2, 18);

let world: SmallWorld;
let client: Client;
beforeAll(async () => {
  world = await smallWorld(FROM, TO);
  client = await testClient({ out: world.copy().root });
});
afterAll(async () => {
  await client.close();
  world.remove();
});

interface Status {
  is_streaming: boolean;
  status: string;
  events_sent: number;
  simulated_time: string;
  operation_id: string;
  ledger: { generated: number; acknowledged: number; inFlight: number; deadLettered: number };
  target: string;
  rate: number | null;
  waiting_for: string | null;
}

const status = async () => (await client.ask<Status>('GET', '/api/stream/status')).body;
const until = async (good: (status: Status) => boolean) => {
  for (;;) {
    const now = await status();
    if (good(now)) return now;
    if (now.status === 'error') throw new Error(JSON.stringify(now));
    await sleep(30);
  }
};

describe('without a stream', () => {
  it('every view answers, every action is a conflict', async () => {
    expect(await status()).toMatchObject({ is_streaming: false, status: 'stopped', ledger: null });
    for (const view of ['pause-status', 'statistics', 'health', 'events/recent', 'event-types']) {
      expect((await client.ask('GET', `/api/stream/${view}`)).status, view).toBe(200);
    }
    for (const action of ['pause', 'resume', 'stop']) {
      expect((await client.ask('POST', `/api/stream/${action}`)).status, action).toBe(409);
    }
    const speed = await client.ask('POST', '/api/stream/speed', { body: { speed: 5 } });
    expect(speed.status).toBe(409);
    expect((await client.ask('GET', '/api/stream/dlq/summary')).body).toMatchObject({
      dlq_size: 0,
    });
    expect((await client.ask('GET', '/api/stream/dlq/events')).body).toMatchObject({ total: 0 });
  });

  it.each([
    [{ speed: 0 }, 'speed'],
    [{ speed: 'fast' }, 'speed'],
    [{ events: ['receipt_creatd'] }, 'did you mean receipt_created'],
    [{ event_types: ['x'] }, 'events.0'],
    [{ burst: 0 }, 'burst'],
    [{ duration_minutes: -1 }, 'duration_minutes'],
    [{ sink: 'stdout' }, 'sink'],
    [{ sink: '/tmp/x' }, 'sink'],
    [{ speeed: 1 }, 'speeed'],
    [{ rate: 0 }, 'rate'],
    [{ rate: '500/s' }, 'rate'],
    [{ rate: 5, speed: 60 }, 'expected either rate or speed'],
    [{ rate: 5, burst: 60 }, 'expected either rate or burst'],
    [{ rate: 5, catch_up: 'stream' }, 'catch_up stream'],
  ])('the start %j is refused', async (body, text) => {
    const answer = await client.ask('POST', '/api/stream/start', { body });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(text);
  });
});

/** The types among the recent events of a type. */
async function recentTypes(type: string): Promise<string[]> {
  const { body } = await client.ask<{ events: { event_type: string }[] }>(
    'GET',
    `/api/stream/events/recent?type=${type}`,
  );
  return [...new Set(body.events.map(({ event_type }) => event_type))];
}

it('streams, is paused, sped up, disrupted, and stopped without losing an event', async () => {
  const start = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', {
    body: { speed: 600 },
  });
  expect(start.status, start.text).toBe(200);
  const id = start.body.operation_id;
  // Its thread is not there yet: that is no fault of the server.
  const tooSoon = await client.ask('POST', '/api/stream/pause');
  expect(tooSoon.status).toBe(409);
  expect(tooSoon.body.detail).toContain('still starting');
  // What was asked for is known before the stream has told anything.
  expect(await status()).toMatchObject({ status: 'starting', speed: 600 });
  const live = events(client);
  try {
    expect((await live.next('network')).world).toMatchObject({ stores: 3, dcs: 2 });
    const running = await until(({ events_sent }) => events_sent > 50);
    expect(running).toMatchObject({ is_streaming: true, status: 'running', operation_id: id });
    expect(running.target).toContain('started here');

    // What the opening tells comes before the first shopper.
    const state = await nextState(
      live,
      ({ ledger, stores }) =>
        (ledger?.generated ?? 0) > 50 && stores.some(([, occupancy]) => occupancy > 0),
    );
    expectWorldState(state);
    const recent = await client.ask<{ events: { event_type: string; payload: object }[] }>(
      'GET',
      '/api/stream/events/recent?limit=5',
    );
    expect(recent.body.events).toHaveLength(5);
    expect(recent.body.events[0].payload).toBeTypeOf('object');
    // The first may be a while ahead.
    await expect
      .poll(() => recentTypes('receipt_line_added'), { timeout: 60_000 })
      .toEqual(['receipt_line_added']);

    const statistics = await client.ask('GET', '/api/stream/statistics');
    expect(statistics.body.events_generated).toBeGreaterThan(50);
    expect((await client.ask('GET', '/api/stream/health')).body.status).toBe('healthy');
    expect((await client.ask('GET', '/metrics')).text).toMatch(
      /sim_stream_breaker_state\{state="closed"\} 1/,
    );

    expect((await client.ask('POST', '/api/stream/pause')).status).toBe(200);
    const paused = await until(({ status }) => status === 'paused');
    expect((await client.ask('GET', '/api/stream/pause-status')).body.is_paused).toBe(true);
    await sleep(300);
    expect((await status()).simulated_time).toBe(paused.simulated_time);
    await nextState(live, ({ clock }) => clock.paused);
    expect((await client.ask('POST', '/api/stream/resume')).status).toBe(200);
    expect((await client.ask('POST', '/api/stream/start', { body: {} })).body.task_id).toBe(id);
    const change = await client.ask('PUT', '/api/stream/config', { body: { burst: 3 } });
    expect(change.body.task_id).toBe(id);

    const outage = await client.ask<{ disruption_id: string }>('POST', '/api/disruption/create', {
      body: { disruption_type: 'dc_outage', target_id: 1, severity: 1, duration_minutes: 600 },
    });
    expect(outage.status, outage.text).toBe(200);
    expect(outage.body.disruption_id).toBe('L1');
    const felt = await nextState(
      live,
      ({ dcs, disruptions }) =>
        disruptions.some(({ id, status }) => id === 'L1' && status === 'active') &&
        dcs.some(([dc, , capacity]) => dc === 1 && capacity === 0),
    );
    expect(felt.disruptions).toMatchObject([{ type: 'dc_outage', target: 'dc:1', severity: 1 }]);
    const list = await client.ask('GET', '/api/disruption/list');
    expect(list.body).toMatchObject({
      count: 1,
      disruptions: [{ status: 'active', target_id: 1 }],
    });
    expect((await client.ask('DELETE', '/api/disruption/L1')).status).toBe(200);
    expect((await client.ask('DELETE', '/api/disruption/L1')).status).toBe(409);
    expect((await client.ask('DELETE', '/api/disruption/L9')).status).toBe(404);
    await nextState(live, ({ dcs }) => dcs.every(([, , capacity]) => capacity > 0));

    const speed = await client.ask('POST', '/api/stream/speed', { body: { speed: 'max' } });
    expect(speed.status).toBe(200);
    await until(({ events_sent }) => events_sent > running.events_sent + 2000);
    expect((await client.ask('POST', '/api/stream/stop')).status).toBe(200);
    for (const action of ['pause', 'resume']) {
      expect((await client.ask('POST', `/api/stream/${action}`)).status, action).toBe(409);
    }
    const view = await client.over(id);
    expect(view.status).toBe('completed');
    expect(view.message).toContain('everything is delivered');
    const { ledger } = await status();
    expect(ledger).toMatchObject({ inFlight: 0, deadLettered: 0 });
    expect(ledger.acknowledged).toBe(ledger.generated);
    const rest = await nextState(live, ({ clock }) => clock.mode === 'idle');
    const { body: world } = await client.ask('GET', '/api/generation/status');
    // The next stream goes on from there.
    expect(rest.clock.simulatedMs).toBe(Date.parse(String(world.last_realtime_run)));
    expect(rest.clock.simulatedMs).toBeGreaterThan(TO);
  } finally {
    await live.close();
  }
  expect(client.faults).toEqual([]);
}, 120_000);

it('a truck and a store show their short history', async () => {
  const { body } = await client.ask<{ samples: unknown[] }>('GET', '/api/live/store/1');
  expect(body).toMatchObject({ store: { id: 1 } });
  expect(body.samples.length).toBeGreaterThan(0);
  const truck = await client.ask('GET', '/api/live/truck/1');
  expect(truck.body).toMatchObject({ truck: { id: 1 } });
  expect((await client.ask('GET', '/api/live/store/99')).status).toBe(404);
  expect((await client.ask('GET', '/api/live/truck/x')).status).toBe(400);
});

it('writes only the requested events to a file', async () => {
  // The ledger goes on from where the last stream left it.
  const before = (await status()).events_sent;
  const start = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', {
    body: { speed: 'max', sink: 'ndjson', events: ['receipt_created'] },
  });
  const id = start.body.operation_id;
  await until(({ operation_id, events_sent }) => operation_id === id && events_sent > before);
  expect((await client.ask('POST', '/api/stream/stop')).status).toBe(200);
  expect((await client.over(id)).status).toBe('completed');
  const lines = readFileSync(path.join(client.root, 'stream', 'events.ndjson'), 'utf8').trimEnd();
  const types = new Set(lines.split('\n').map((line) => JSON.parse(line).event_type));
  expect([...types]).toEqual(['receipt_created']);
});

it('holds the rate of emit_interval_ms and burst, or a given rate', async () => {
  const start = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', {
    body: { emit_interval_ms: 200, burst: 10, sink: 'blackhole' },
  });
  const id = start.body.operation_id;
  await until(({ operation_id, status }) => operation_id === id && status === 'running');
  expect(await status()).toMatchObject({ rate: 50, cap: null });
  const both = await client.ask('POST', '/api/stream/speed', { body: { rate: 5, speed: 2 } });
  expect(both.status).toBe(400);
  expect((await client.ask('POST', '/api/stream/speed', { body: {} })).status).toBe(400);
  const answer = await client.ask('POST', '/api/stream/speed', { body: { rate: 400 } });
  expect(answer.body.message).toBe('The rate is 400 events a second.');
  await expect.poll(async () => (await status()).rate, { timeout: 30_000 }).toBe(400);
  const live = events(client);
  try {
    await nextState(live, ({ clock }) => clock.rate === 400 && Number(clock.speed) > 0);
  } finally {
    await live.close();
  }
  // What was asked for as a cadence is a cap once there is a speed.
  await client.ask('POST', '/api/stream/speed', { body: { speed: 30 } });
  await expect.poll(async () => (await status()).rate, { timeout: 30_000 }).toBe(null);
  expect(await status()).toMatchObject({ speed: 30, cap: 50 });
  expect((await client.ask('POST', '/api/stream/stop')).status).toBe(200);
  expect((await client.over(id)).status).toBe('completed');
});

it('ends by itself after the requested time', async () => {
  const start = await client.ask<{ operation_id: string }>('POST', '/api/stream/start', {
    body: { sink: 'blackhole', duration_minutes: 0.005 },
  });
  expect((await client.over(start.body.operation_id)).status).toBe('completed');
});

describe('disruptions of a world that no job runs', () => {
  it('are accepted at once and listed', async () => {
    const create = (body: object) => client.ask('POST', '/api/disruption/create', { body });
    const made = await create({
      disruption_type: 'weather_delay',
      target_kind: 'store',
      target_id: 2,
      duration_minutes: 60,
    });
    expect(made.body.disruption_id).toBe('L2');
    expect(made.body.message).toContain('store:2');
    for (const [wrong, text] of [
      [{ disruption_type: 'dc_outage', target_id: 99, duration_minutes: 5 }, '99'],
      [
        { disruption_type: 'dc_outage', target_kind: 'truck', target_id: 1, duration_minutes: 5 },
        'target_kind',
      ],
      [{ disruption_type: 'flood', duration_minutes: 5 }, 'disruption_type'],
      [{ disruption_type: 'dc_outage', severity: 2, duration_minutes: 5 }, 'severity'],
      [{ disruption_type: 'dc_outage', duration_minutes: 0 }, 'duration_minutes'],
      [
        { disruption_type: 'dc_outage', duration_minutes: 5, description: '  ' },
        '"field":"description"',
      ],
      [{ disruption_type: 'dc_outage', product_ids: [0], duration_minutes: 5 }, 'product_ids'],
      [
        { disruption_type: 'inventory_shortage', product_ids: [1, 99_999], duration_minutes: 5 },
        '"field":"product_ids"',
      ],
    ] as const) {
      const answer = await create(wrong);
      expect(answer.status, answer.text).toBe(400);
      expect(answer.text).toContain(text);
    }
    expect((await client.ask('POST', '/api/disruption/clear-all')).body.message).toContain('1');
    const list = await client.ask('GET', '/api/disruption/list');
    expect(list.body.count).toBe(0);
    const all = await client.ask('GET', '/api/disruption/list?all=true');
    expect(all.body.count).toBe(2);
  });
});

function expectWorldState({ stores, dcs, trucks, ledger, breaker, clock }: LiveState) {
  expect(stores.map(([id]) => id).sort()).toEqual([1, 2, 3]);
  expect(stores.some(([, occupancy]) => occupancy > 0)).toBe(true);
  expect(dcs.map(([id]) => id)).toEqual([1, 2]);
  for (const [, , capacity] of dcs) expect(capacity).toBeGreaterThan(0);
  for (const [, , lat, lon] of trucks) {
    expect(Math.abs(lat)).toBeLessThan(72);
    expect(lon).toBeLessThan(-60);
  }
  expect(ledger?.generated).toBeGreaterThan(0);
  expect(breaker).toBe('closed');
  expect(clock.simulatedMs).toBeGreaterThan(TO);
}
