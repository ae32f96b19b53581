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
