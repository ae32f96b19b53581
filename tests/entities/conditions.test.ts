/** Effects that hold while something is so in a store: looked at every hour, and the same after a restore. */
import { describe, expect, it } from 'vitest';
import { Conditions, type WatchedStore } from '../../src/entities/conditions.ts';
import { DAY_MS, HOUR_MS } from '../../src/engine/time.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { conditionOf } from '../../src/scenario/condition.ts';
import { compileEffects } from '../../src/scenario/effects.ts';
import { parseScenario } from '../../src/scenario/scenario.ts';
import { plainCopy } from '../helpers/plain-copy.ts';
import { regionRun } from '../helpers/region-run.ts';
import { messageOf } from '../world/fixtures.ts';
import { scarceWorld } from './scarce-world.ts';

const world = scarceWorld({ dcs: 1, stores: 2, total_customers: 800, customers_per_day: 80 });

const scenarioOf = (effect: string) =>
  parseScenario(`name: trial\ntitle: T\ndescription: D\neffects:\n  - ${effect}\n`, 'trial.yaml');
const effectsOf = (effect: string) => compileEffects([scenarioOf(effect)], world);

/** A store of a hundred products. */
function storeWith(seen: {
  storeId: number;
  nowMs: number;
  stockoutRate?: number;
  visitors?: number;
}): WatchedStore {
  const { storeId, nowMs, stockoutRate = 0, visitors = 0 } = seen;
  const products = { launchMs: new Float64Array(100) };
  const empty = Math.round(stockoutRate * 100);
  return {
    region: { nowMs, world: { products } },
    master: { id: storeId },
    stock: {
      carried: new Uint8Array(100).fill(1),
      shelf: Int32Array.from({ length: 100 }, (_, product) => (product < empty ? 0 : 5)),
    },
    inside: visitors,
    lanes: { waiting: 0 },
  } as unknown as WatchedStore;
}

describe('a condition', () => {
  it('is met once it has been so for long enough, and no longer than it is so', () => {
    const list = [{ storeId: 7, ...conditionOf('stockoutRate > 0.1 for 2h')! }];
    const conditions = new Conditions(list);
    const look = (hour: number, stockoutRate: number) => {
      conditions.look(storeWith({ storeId: 7, nowMs: hour * HOUR_MS, stockoutRate }));
      return conditions.isMet(0);
    };
    expect([look(1, 0.2), look(2, 0.2), look(3, 0.2), look(4, 0.11)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([look(5, 0.1), look(6, 0.2), look(8, 0.2)]).toEqual([false, false, true]);
    conditions.look(storeWith({ storeId: 8, nowMs: 9 * HOUR_MS, stockoutRate: 0 }));
    expect(conditions.isMet(0)).toBe(true);
  });

  it.each([
    ['visitors >= 3', 3, true],
    ['visitors > 3', 3, false],
    ['visitors <= 3', 3, true],
    ['visitors < 3', 2, true],
  ])('%s of %d is %s', (text, visitors, met) => {
    const conditions = new Conditions([{ storeId: 1, ...conditionOf(text)! }]);
    expect(conditions.look(storeWith({ storeId: 1, nowMs: 0, visitors }))).toBe(met);
    expect(conditions.isMet(0)).toBe(met);
  });

  it.each(['stockRate > 1', 'stockoutRate > much', 'stockoutRate 0.1', 'stockoutRate > 0.1 for 6'])(
    '%s is refused with what is expected',
    (text) => {
      const message = messageOf(() =>
        scenarioOf(`{ kind: traffic, factor: 2, window: { when: "${text}" } }`),
      );
      expect(message).toContain(`line 5: effects[0].window.when is "${text}"`);
      expect(message).toContain('stockoutRate > 0.1 for 6h');
    },
  );

  it('is for effects on stores, without a ramp', () => {
    expect(
      messageOf(() => scenarioOf('{ kind: online, factor: 2, window: { when: "visitors > 3" } }')),
    ).toContain('is watched in stores');
    expect(
      messageOf(() =>
        scenarioOf(
          '{ kind: traffic, factor: 2, ramp: { upDays: 1 }, window: { when: "visitors > 3" } }',
        ),
      ),
    ).toContain('effects[0].ramp has no meaning under a condition');
  });
});

describe('a region under a condition', () => {
  const effect = '{ kind: traffic, factor: 4, window: { when: "stockoutRate >= 0 for 1h" } }';
  const toAndFro = effect.replace('stockoutRate >= 0 for 1h', 'visitors >= 2');
  const untilMs = world.startMs + 3 * DAY_MS;

  it('changes when it is met, and only then', () => {
    const run = (text?: string) => {
      const { sink, simulation } = regionRun(
        world,
        text === undefined ? {} : { effects: effectsOf(text) },
      );
      simulation.advance(untilMs);
      return { summary: sink.summary(), receipts: sink.counts.get('receipts') ?? 0 };
    };
    const quiet = run();
    expect(run(effect.replace('>= 0', '> 0.99')).summary).toEqual(quiet.summary);
    expect(run(effect).receipts).toBeGreaterThan(1.5 * quiet.receipts);
  });

  it('goes on after a restore as it would have', () => {
    const through = regionRun(world, { effects: effectsOf(toAndFro) });
    through.simulation.advance(untilMs);
    const stopped = regionRun(world, { effects: effectsOf(toAndFro) });
    stopped.simulation.advance(world.startMs + 1.8 * DAY_MS);
    const restored = RegionSimulation.restore(stopped.base, plainCopy(stopped.simulation.save()));
    restored.advance(untilMs);
    expect(stopped.sink.summary()).toEqual(through.sink.summary());
  });
});
