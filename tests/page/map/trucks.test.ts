/** Trucks on the map: their places, their disruptions, their last ways. */
import { beforeAll, describe, expect, it } from 'vitest';
import { network } from '../../../src/page/lib/live.ts';
import { stateOf } from '../../../src/page/lib/live-wire.ts';
import { disruptionsOf } from '../../../src/page/lib/trucks.ts';
import { docked, Scene } from '../../../src/page/map/scene.ts';
import { Viewport } from '../../../src/page/map/viewport.ts';
import { waysOf } from '../../../src/page/map/ways.ts';
import { disruption, NETWORK, NOW_MS, state, truck } from './a-network.ts';

beforeAll(() => {
  network.value = NETWORK;
});

/** Halfway to the second store. */
const broken = truck(1, 'BROKEN_DOWN', 2, { lat: 41, lon: -85 });

describe('a truck that broke down on the road', () => {
  it('stands where it is, between its places', () => {
    const view = new Viewport();
    view.resize(800, 600, { top: 0, right: 0, bottom: 0, left: 0 });
    const scene = new Scene(NETWORK);
    scene.layOut(view);
    const [mark] = scene.trucks(state(NOW_MS, { trucks: [broken] }), view);
    expect(mark.share).toBeCloseTo(0.5);
    const [from, to] = [scene.dcs.get(1)!, scene.stores.get(2)!];
    expect(mark.x).toBeCloseTo((from.x + to.x) / 2, -1);
    expect(mark.leg).toBeNull();
  });

  it('is at no dock', () => {
    expect(docked(state(NOW_MS, { trucks: [broken] })).size).toBe(0);
  });

  it('is described with its place', () => {
    const { stores, dcs, trucks, ...rest } = state(NOW_MS);
    const ends = [41, -86, 41, -84] as const;
    const row = [
      ...([1, 'BROKEN_DOWN', 41, -85, 'dc', 1, 2, null, null, 100, null, 'store'] as const),
      ...ends,
    ] as const;
    const wire = { ...rest, stores: [], dcs: [], trucks: [[...row]] };
    expect(stateOf(wire as never).trucks[0]).toMatchObject({ lat: 41, lon: -85, departedMs: null });
  });
});

it('shows trucks that stand at the place where they are', () => {
  const trucks = [
    truck(1, 'LOADING', 2),
    truck(2, 'UNLOADING', 2),
    // Its driver rests at the store.
    truck(3, 'RESTING', 2, { lat: 41, lon: -84 }),
  ];
  const places = [...docked(state(NOW_MS, { trucks }))].map(([place, there]) => {
    return [place, there.map(({ id }) => id)];
  });
  expect(places).toEqual([
    ['dc:1', [1]],
    ['store:2', [2, 3]],
  ]);
});

describe('what holds a truck up', () => {
  const found = (type: string, target: string, one = broken, status = 'active') =>
    disruptionsOf(state(NOW_MS, { disruptions: [disruption(type, target, { status })] }), one)
      .length;

  it('is a disruption of itself, or one of its way that can be felt there', () => {
    expect(found('truck_breakdown', 'truck:1')).toBe(1);
    expect(found('truck_breakdown', 'truck:2')).toBe(0);
    expect(found('truck_breakdown', 'dc:1')).toBe(1);
    expect(found('weather_delay', 'dc:1')).toBe(1);
    expect(found('weather_delay', 'all')).toBe(1);
    expect(found('weather_delay', 'store:3')).toBe(0);
    expect(found('dc_outage', 'dc:1')).toBe(0);
  });

  it('is not one that does not affect it, or is only planned', () => {
    expect(found('truck_breakdown', 'dc:1', truck(2, 'IN_TRANSIT', 2))).toBe(0);
    expect(found('weather_delay', 'dc:1', truck(2, 'LOADING', 2))).toBe(0);
    expect(found('truck_breakdown', 'truck:1', broken, 'planned')).toBe(0);
  });
});

describe('the last ways of a truck', () => {
  const leg = (status: string, from: string, to: string, sinceMs: number, loadUnits = 0) => {
    return { status, from, to, sinceMs, untilMs: sinceMs, loadUnits };
  };
  const there = ['dc:1', 'store:2'] as const;
  const back = ['store:2', 'dc:1'] as const;

  it('are listed by way, not by status', () => {
    const ways = waysOf([
      leg('LOADING', ...there, 1),
      leg('IN_TRANSIT', ...there, 2, 90),
      leg('BROKEN_DOWN', ...there, 3, 90),
      leg('IN_TRANSIT', ...there, 4, 90),
      leg('UNLOADING', ...there, 5, 90),
      leg('RETURNING', ...back, 6),
    ]);
    expect(ways.map(({ from, units, steps }) => [from, units, steps.length])).toEqual([
      ['dc:1', 90, 5],
      ['store:2', 0, 1],
    ]);
  });

  it('are two where it sets off to the same place again', () => {
    const ways = waysOf([
      leg('SCHEDULED', ...there, 1),
      leg('RESTING', ...there, 2),
      leg('LOADING', ...there, 3),
      leg('ARRIVED', ...there, 4),
      leg('LOADING', ...there, 5),
    ]);
    expect(ways.map(({ steps }) => steps.length)).toEqual([4, 1]);
  });
});
