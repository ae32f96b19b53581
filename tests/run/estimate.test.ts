import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/engine/time.ts';
import { zonesOfWorld } from '../../src/run/check-world.ts';
import { estimateRun } from '../../src/run/estimate.ts';
import { isRoomFor, requireRoom } from '../../src/run/guard.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

const START_MS = Date.UTC(2024, 0, 1);
/** So many days of a world that opens on 1 January 2024, the first of them after so many others. */
const daysOf = (days: number, after = 0) => ({
  startMs: START_MS,
  fromMs: START_MS + after * DAY_MS,
  toMs: START_MS + (after + days) * DAY_MS,
});
const rowsFor = (volume: object, days: number, after = 0) =>
  Object.fromEntries(
    estimateRun(configOf({ volume }), daysOf(days, after)).tables.map(({ table, rows }) => [
      table,
      rows,
    ]),
  );

it('is the sum of its days, table by table', () => {
  const whole = rowsFor({}, 40);
  const parts = Array.from({ length: 40 }, (_, day) => rowsFor({}, 1, day));
  for (const [table, rows] of Object.entries(whole)) {
    const sum = parts.reduce((total, part) => total + part[table], 0);
    // Growth and crowd are each averaged over a window, and windows differ.
    expect(Math.abs(sum - rows), table).toBeLessThan(0.03 * rows + 20);
  }
});

it('knows the retail year, and the hours in which stores are open', () => {
  const receipts = (days: number, after: number) => rowsFor({}, days, after).receipts;
  expect(receipts(30, 325)).toBeGreaterThan(1.05 * receipts(30, 30));
  // 25 December is dark; of 1 January the evening is told on the next day.
  expect(receipts(1, 359)).toBeLessThan(0.3 * receipts(1, 358));
  expect(receipts(1, 0)).toBeLessThan(0.75 * receipts(1, 1));
});

it('grows with the stores and with what each sells', () => {
  const one = rowsFor({}, 10);
  expect(rowsFor({ stores: 84 }, 10).receipts / one.receipts).toBeCloseTo(2, 4);
  const fuller = rowsFor({ items_per_ticket_mean: 16.4 }, 10);
  expect(fuller.receipt_lines / one.receipt_lines).toBeCloseTo(2, 4);
  // What is left are orders that ads lead to.
  expect(rowsFor({ online_orders_per_day: 0 }, 10).online_orders).toBeLessThan(
    0.3 * one.online_orders,
  );
});

it('time falls with workers as long as there are regions for them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 64 }),
      (dcs, workers) => {
        const config = configOf({ volume: { dcs } });
        const one = estimateRun(config, daysOf(5));
        const many = estimateRun(config, daysOf(5), { workers });
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
      const whole = estimateRun(config, daysOf(5));
      const shards = Array.from({ length: count }, (_, at) =>
        estimateRun(config, daysOf(5), { shard: { index: at + 1, count } }),
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
    const { bytes, tables } = estimateRun(configOf({}), daysOf(1, days));
    return bytes - tables.reduce((sum, table) => sum + table.bytes, 0);
  };
  expect(beside(1000)).toBe(beside(30));
  expect(beside(30) / beside(0)).toBeLessThan(1.35);
});

it('compares visits with real ones', () => {
  expect(estimateRun(configOf({}), daysOf(7)).visitsPerCustomerDay).toBeCloseTo(1.9 / 7);
  const original = configOf({ volume: { total_customers: 50_000 } });
  expect(estimateRun(original, daysOf(7)).visitsPerCustomerDay).toBeCloseTo(1.68);
});

it('a run without room says what it needs, what is free, and what is reserved', () => {
  expect(() => requireRoom('w', 5e9, 200e6, 6e9)).not.toThrow();
  expect(() => requireRoom('w', 5e9, 200e6, 4e9)).toThrow(/5\.0 GB.*4\.0 GB free/);
  expect(() => requireRoom('w', 5e9, 200e6, 5.1e9)).toThrow(/200 MB are reserved.*--disk-reserve/);
  expect(() => requireRoom('w', 5e9, 50e6, 5.1e9)).not.toThrow();
  expect(isRoomFor(5e9, 5.1e9, 200e6)).toBe(false);
  expect(isRoomFor(5e9, 5.1e9, 0)).toBe(true);
});

describe('measured worlds that opened on 1 January 2024 with seed 42', () => {
  const dictionaries = loadDictionaries();
  /** Rows and bytes of facts, bytes of masters, closing tables and checkpoint. */
  it.each([
    ['default', 1, 1_695_945, 121_818_463, 145_610_821],
    ['default', 7, 19_741_208, 1_449_547_364, 164_944_102],
    ['default', 30, 87_828_517, 6_537_108_335, 177_417_807],
    ['small', 1, 19_556, 1_322_447, 3_153_097],
    ['small', 7, 272_753, 18_876_969, 3_486_504],
    ['small', 30, 1_218_055, 85_290_597, 3_696_727],
  ] as const)('%s, %i days: within 15 %%', (preset, days, rows, factBytes, besideBytes) => {
    const config = configOf({}, preset);
    const zones = zonesOfWorld(config, dictionaries, START_MS);
    const told = estimateRun(config, daysOf(days), { zones });
    expect(Math.abs(told.rows / rows - 1)).toBeLessThan(0.15);
    expect(Math.abs(told.bytes / (factBytes + besideBytes) - 1)).toBeLessThan(0.15);
    const facts = told.tables.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(Math.abs(facts / factBytes - 1)).toBeLessThan(0.15);
  });
});
