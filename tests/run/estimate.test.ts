import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateRun } from '../../src/run/estimate.ts';
import { requireRoom } from '../../src/run/guard.ts';
import { configOf } from '../../src/world/config.ts';

const rowsFor = (volume: object, days: number) =>
  Object.fromEntries(
    estimateRun(configOf({ volume }), days).tables.map(({ table, rows }) => [table, rows]),
  );

it('grows with the window and with the stores, table by table', () => {
  const [one, ten] = [rowsFor({}, 10), rowsFor({}, 100)];
  for (const [table, rows] of Object.entries(one)) {
    expect(Math.abs(ten[table] - 10 * rows), table).toBeLessThanOrEqual(10);
  }
  expect(rowsFor({ stores: 84 }, 10).receipts).toBe(2 * one.receipts);
  expect(rowsFor({ items_per_ticket_mean: 16.4 }, 10).receipt_lines).toBe(2 * one.receipt_lines);
  expect(rowsFor({ online_orders_per_day: 0 }, 10).online_orders).toBe(0);
});

it('time falls with workers as long as there are regions for them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 64 }),
      (dcs, workers) => {
        const config = configOf({ volume: { dcs } });
        const one = estimateRun(config, 5);
        const many = estimateRun(config, 5, { workers });
        expect(many.workers).toBe(Math.min(dcs, workers));
        expect(many.seconds * many.workers).toBeCloseTo(one.seconds);
        expect({ ...many, workers: 1, seconds: one.seconds }).toEqual(one);
      },
    ),
  );
});

it('shards share rows and bytes out; the first also has the masters', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), (dcs, count) => {
      const config = configOf({ volume: { dcs } });
      const whole = estimateRun(config, 5);
      const shards = Array.from({ length: count }, (_, at) =>
        estimateRun(config, 5, { shard: { index: at + 1, count } }),
      );
      const total = (figure: 'rows' | 'bytes' | 'regions') =>
        shards.reduce((sum, shard) => sum + shard[figure], 0);
      expect(total('regions')).toBe(dcs);
      expect(total('rows') / whole.rows).toBeCloseTo(1, 4);
      expect(total('bytes') / whole.bytes).toBeCloseTo(1, 4);
      for (const { regions, rows } of shards) expect(rows === 0).toBe(regions === 0);
      const [first] = shards;
      const alike = shards.find(({ regions }, at) => at > 0 && regions === first.regions);
      if (alike !== undefined) expect(first.bytes).toBeGreaterThan(alike.bytes);
    }),
  );
});

it('masters and checkpoints do not grow with time', () => {
  const beside = (days: number) => {
    const { bytes, tables } = estimateRun(configOf({}), days);
    return bytes - tables.reduce((sum, table) => sum + table.bytes, 0);
  };
  expect(beside(1000)).toBe(beside(1));
});

it('compares the crowd with real life', () => {
  expect(estimateRun(configOf({}), 7).visitsPerCustomerDay).toBeCloseTo(1.68);
  expect(estimateRun(configOf({}, 'calibrated'), 7).visitsPerCustomerDay).toBeCloseTo(2.6 / 7);
});

it('a run that has no room says what it needs and what there is', () => {
  expect(() => requireRoom('w', 5e9, 6e9)).not.toThrow();
  expect(() => requireRoom('w', 5e9, 4e9)).toThrow(/5\.0 GB.*4\.0 GB free/);
});
