/** The live view of a region: it equals its facts, and creating it changes nothing. */
import { describe, expect, it } from 'vitest';
import { type FactSink, FACT_NAMES } from '../../src/domain/facts.ts';
import { STORE_OPERATION, TRUCK_STATUS } from '../../src/domain/values.ts';
import { MINUTE_MS } from '../../src/engine/time.ts';
import type { RegionView } from '../../src/entities/live-view.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { SMALL_VOLUME } from '../run/small-world.ts';

const START = Date.UTC(2024, 0, 1);
const DAYS = 12;
const config = configOf({ seed: 5, volume: SMALL_VOLUME });
const world = buildWorld(config, loadDictionaries(null), START);
const plan = world.regions[0];

/** What the facts say: trucks by their last status, stores by their last operation, people inside. */
class Facts {
  readonly lines: string[] = [];
  readonly trucks = new Map<number, { status: number; sinceMs: number; etaMs: number }>();
  readonly open = new Map<number, boolean>();
  readonly sink = Object.fromEntries(
    FACT_NAMES.map((table) => [table, (row: object) => this.take(table, row)]),
  ) as unknown as FactSink;

  private take(table: string, row: object): void {
    this.lines.push(`${table} ${JSON.stringify(row)}`);
    const { eventMs, truckId, status, etaMs, storeId, operation } = row as Record<string, number>;
    if (table === 'truck_moves' && status !== TRUCK_STATUS.delayed) {
      this.trucks.set(truckId, { status, sinceMs: eventMs, etaMs });
    }
    if (table === 'store_ops') this.open.set(storeId, operation === STORE_OPERATION.opened);
  }
}

function run(onStep: (simulation: RegionSimulation, facts: Facts) => void): Facts {
  const facts = new Facts();
  const simulation = new RegionSimulation({
    world,
    plan,
    effects: compileEffects([], world),
    facts: facts.sink,
  });
  for (let atMs = START; atMs < START + DAYS * 86_400_000; atMs += 30 * MINUTE_MS) {
    simulation.advance(atMs + 30 * MINUTE_MS);
    onStep(simulation, facts);
  }
  return facts;
}

const views: { view: RegionView; facts: Pick<Facts, 'trucks' | 'open'> }[] = [];
const watched = run((simulation, facts) => {
  const { trucks, open } = facts;
  views.push({ view: simulation.look(), facts: { trucks: new Map(trucks), open: new Map(open) } });
});

describe('a region that is watched', () => {
  it('generates the same facts as one that is not', () => {
    expect(run(() => {}).lines).toEqual(watched.lines);
  });

  it('shows trucks where their moves say that they are', () => {
    const seen = new Set<string>();
    for (const { view, facts } of views) {
      for (const truck of view.trucks) {
        seen.add(truck.phase);
        const last = facts.trucks.get(truck.id);
        const own = plan.trucks.some(({ id }) => id === truck.id);
        expect([truck.from.kind, truck.to.kind].includes(own ? 'store' : 'supplier')).toBe(true);
        if (truck.phase === 'IN_TRANSIT' && last?.status === TRUCK_STATUS.inTransit) {
          expect(truck.etaMs).toBe(last.etaMs);
          expect(truck.loadUnits).toBeGreaterThan(0);
          expect(truck.departedMs).toBeLessThanOrEqual(view.nowMs);
          expect(truck.arrivesMs).toBeGreaterThanOrEqual(view.nowMs);
        }
        if (truck.phase === 'RETURNING') {
          expect(last?.status).toBe(TRUCK_STATUS.completed);
          expect(Math.abs((truck.departedMs ?? 0) - (last?.sinceMs ?? 0))).toBeLessThanOrEqual(1);
          expect(Math.abs((truck.arrivesMs ?? 0) - (last?.etaMs ?? 0))).toBeLessThanOrEqual(1);
        }
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['IN_TRANSIT', 'LOADING', 'RETURNING', 'UNLOADING']),
    );
  });

  it('moves a truck from where it left to where it arrives, without going back', () => {
    const shares = new Map<string, number>();
    for (const { view } of views) {
      for (const { id, phase, from, to, latitude, departedMs } of view.trucks) {
        if (phase !== 'IN_TRANSIT' && phase !== 'RETURNING') continue;
        const whole = to.latitude - from.latitude;
        const share = whole === 0 ? 0 : (latitude - from.latitude) / whole;
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        const leg = `${id} ${phase} ${from.id} ${to.id} ${departedMs}`;
        expect(share).toBeGreaterThanOrEqual(shares.get(leg) ?? 0);
        shares.set(leg, share);
      }
    }
    expect(shares.size).toBeGreaterThan(3);
  });

  it('shows stores open and busy as their doors and visitors say', () => {
    let busiest = 0;
    for (const { view, facts } of views) {
      for (const { id, open, occupancy, stockouts } of view.stores) {
        if (facts.open.has(id)) expect(open || occupancy > 0 || !facts.open.get(id)).toBe(true);
        if (!open && facts.open.get(id) === false) expect(occupancy).toBeLessThan(20);
        expect(stockouts).toBeGreaterThanOrEqual(0);
        busiest = Math.max(busiest, occupancy);
      }
      expect(view.dc.onHandUnits).toBeGreaterThan(0);
      expect(view.dc.capacityPercent).toBeGreaterThanOrEqual(0);
    }
    expect(busiest).toBeGreaterThan(2);
  });
});
