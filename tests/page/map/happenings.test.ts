/** Messages about the difference between two states. */
import { beforeEach, describe, expect, it } from 'vitest';
import { happenings } from '../../../src/page/lib/happenings.ts';
import { live, network } from '../../../src/page/lib/live.ts';
import type { LiveState, TruckNow } from '../../../src/page/lib/live-types.ts';
import { disruption, NETWORK, NOW_MS, state, truck } from './a-network.ts';

const LATER_MS = NOW_MS + 300_000;

beforeEach(() => {
  live.value = null;
  network.value = null;
  network.value = NETWORK;
});

/** What is told when one state follows another, the newest first. */
function told(before: Partial<LiveState>, after: Partial<LiveState>): string[] {
  live.value = state(NOW_MS, before);
  live.value = state(LATER_MS, after);
  return happenings.value.map(({ text }) => text);
}

describe('a truck', () => {
  const driving = truck(1, 'IN_TRANSIT', 2);
  const then = (now: TruckNow | undefined, before = driving) =>
    told({ trucks: [before] }, { trucks: now === undefined ? [] : [now] });

  it('has not arrived when it breaks down, and not when it goes on', () => {
    const broken = truck(1, 'BROKEN_DOWN', 2);
    expect(then(broken)).toEqual([]);
    expect(then(driving, broken)).toEqual([]);
  });

  it('has not arrived when the weather changes how it drives, or when it is late', () => {
    const more = { departedMs: NOW_MS - 900_000, arrivesMs: NOW_MS + 9_000_000 };
    expect(then(truck(1, 'IN_TRANSIT', 2, more))).toEqual([]);
    expect(then(truck(1, 'DELAYED', 2, more))).toEqual([]);
  });

  it.each([
    ['ARRIVED', 2],
    ['UNLOADING', 2],
    ['RETURNING', 2],
    ['IN_TRANSIT', 3],
  ])('has arrived when it is seen as %s of store %i', (status, store) => {
    expect(then(truck(1, status, store))).toEqual(['IN 1 reached ST002 Townsend, IN']);
  });

  it('has arrived when it is parked, and a truck that stood at its place has not', () => {
    expect(then(undefined, truck(1, 'RETURNING', 2))).toEqual(['IN 1 reached DC01 Townsend, IN']);
    network.value = { ...NETWORK };
    live.value = null;
    expect(then(driving, truck(1, 'LOADING', 2))).toEqual([]);
  });
});

it('lists one more itself, and counts the others', () => {
  const trucks = [1, 2, 3, 4, 5].map((id) => truck(id, 'IN_TRANSIT', 2));
  const arrived = trucks.map(({ id }) => truck(id, 'ARRIVED', 2));
  expect(told({ trucks: trucks.slice(0, 4) }, { trucks: arrived.slice(0, 4) })).toHaveLength(4);
  live.value = null;
  network.value = { ...NETWORK };
  const texts = told({ trucks }, { trucks: arrived });
  expect(texts).toHaveLength(4);
  expect(texts.at(-1)).toBe('… and 2 more trucks arrived');
});

it('describes disruptions in sentences, also those by chance', () => {
  const late = disruption('supplier_delay', 'dc:1');
  const outage = disruption('SYSTEM_OUTAGE', 'dc:1');
  expect(told({ disruptions: [late] }, { disruptions: [outage] })).toEqual([
    'Begun: Outage of systems, DC01 Townsend, IN',
    'Over: Late suppliers, DC01 Townsend, IN',
  ]);
});

it('removes later entries when time goes back', () => {
  const open = state(LATER_MS).stores;
  const out = open.map((each) => ({ ...each, stockouts: each.id === 1 ? 1 : 0 }));
  expect(told({ stores: open }, { stores: out })).toHaveLength(1);
  live.value = state(NOW_MS - 86_400_000);
  expect(happenings.value).toEqual([]);
});
