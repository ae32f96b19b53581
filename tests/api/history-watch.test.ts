/** Watching a history while it is made: when regions are looked at, and what those who watch see. */
import { describe, expect, it } from 'vitest';
import { HistoryWatch } from '../../src/api/jobs/history-watch.ts';
import type { FromJob } from '../../src/api/jobs/messages.ts';
import type { RunningState } from '../../src/api/live/region-picture.ts';
import type { LiveState } from '../../src/api/shapes/live.ts';
import type { RegionView } from '../../src/entities/live-view.ts';
import { testClient } from './client.ts';
import { events, nextState } from './event-stream.ts';

const NOON = Date.parse('2024-03-01T18:00:00Z');
const HOUR_MS = 3_600_000;

function watch(watched = true) {
  let wallMs = 1000;
  const told: RunningState[] = [];
  const port = {
    watched: () => watched,
    post: (message: FromJob) => {
      if (message.type === 'live') told.push(message.state);
    },
  };
  const history = new HistoryWatch(port, () => wallMs);
  return {
    history,
    told,
    pass: (ms: number) => {
      wallMs += ms;
    },
  };
}

function view(id: number, nowMs: number): RegionView {
  const dc = { id, onHandUnits: 10, capacityPercent: 100, queue: 0 };
  const stores = [{ id: 10 * id, occupancy: 3, open: true, stockouts: 1 }];
  return { id, nowMs, stores, dc, trucks: [], disruptions: [] };
}

describe('watching a history', () => {
  it('takes the view of each region at noon, at most twice a second', () => {
    const { history, pass } = watch();
    history.see(view(1, NOON - 24 * HOUR_MS));
    expect(history.wants(2, NOON)).toBe(true);
    expect(history.wants(1, NOON)).toBe(false);
    pass(500);
    expect(history.wants(1, NOON)).toBe(true);
    expect(history.wants(1, NOON + 6 * HOUR_MS)).toBe(false);
  });

  it('takes views in between if noon comes late', () => {
    const { history, pass } = watch();
    expect(history.wants(1, NOON + HOUR_MS)).toBe(true);
    history.see(view(1, NOON + HOUR_MS));
    pass(3999);
    expect(history.wants(1, NOON + 2 * HOUR_MS)).toBe(false);
    pass(1);
    expect(history.wants(1, NOON + 2 * HOUR_MS)).toBe(true);
  });

  it('takes no view without clients', () => {
    expect(watch(false).history.wants(1, NOON)).toBe(false);
  });

  it('reports all regions together, each at its own instant', () => {
    const { history, told, pass } = watch();
    history.see(view(1, NOON));
    history.see(view(2, NOON + 24 * HOUR_MS));
    expect(told).toHaveLength(1);
    pass(250);
    history.see(view(1, NOON + 24 * HOUR_MS));
    expect(told).toHaveLength(2);
    const [one, two] = told[1].regions;
    expect(one.dc).toEqual([1, 10, 100, 0, NOON + 24 * HOUR_MS]);
    expect(two.simulatedMs).toBe(NOON + 24 * HOUR_MS);
    expect(one.stores).toEqual([[10, 3, 1, 1, null, null]]);
  });
});

describe('the live view of a server that generates history', () => {
  it('shows stores and trucks while days pass, and then the end', async () => {
    const client = await testClient();
    const live = events(client);
    try {
      await live.next('state');
      const body = { start_date: '2024-01-01', end_date: '2024-03-01' };
      const started = await client.ask('POST', '/api/generate/historical', { body });
      const open = ({ stores }: LiveState) =>
        stores.some((store) => store[1] > 0 && store[2] === 1);
      const seen = await nextState(live, (state) => state.trucks.length > 0 && open(state));
      expect(seen.clock.mode).toBe('history');
      expect(seen.stores[0].slice(4)).toEqual([null, null]);
      for (const [, , , , simulatedMs] of seen.dcs) {
        expect(simulatedMs).toBeGreaterThan(Date.parse(body.start_date));
        expect(simulatedMs).toBeLessThanOrEqual(Date.parse(body.end_date));
      }
      const { body: detail } = await client.ask<{ samples: { simulatedMs: number }[] }>(
        'GET',
        `/api/live/store/${seen.stores[0][0]}`,
      );
      expect(detail.samples.length).toBeGreaterThan(0);
      await client.ask('DELETE', `/api/generate/cancel/${started.body.operation_id}`);
      await client.over(started.body.operation_id);
      const rest = await nextState(live, ({ clock }) => clock.mode === 'idle');
      expect([rest.stores, rest.trucks, rest.dcs]).toEqual([[], [], []]);
    } finally {
      await live.close();
      await client.close();
    }
  });
});
