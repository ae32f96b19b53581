/** Sales of stores today: by the local time of each, and only if the whole day is known. */
import { describe, expect, it } from 'vitest';
import { Tills } from '../../src/api/jobs/tills.ts';

const at = (text: string) => Date.parse(text);
const ZONES = new Map([
  [1, 'America/New_York'],
  [2, 'America/Los_Angeles'],
]);
/** Midnight of the tenth in New York, and three hours before it in Los Angeles. */
const MIDNIGHT_EAST = at('2024-01-10T05:00:00Z');
const MIDNIGHT_WEST = at('2024-01-10T08:00:00Z');

describe('the tills', () => {
  it('start again at the local midnight of each store, not at that of UTC', () => {
    const tills = new Tills(ZONES, { sinceMs: 0, tills: [] });
    for (const store of [1, 2]) tills.ring(store, at('2024-01-09T23:00:00Z'), 1000);
    for (const store of [1, 2]) tills.ring(store, at('2024-01-10T01:00:00Z'), 250);
    const sales = (store: number, ms: number) => tills.today(store, ms)?.salesCents;
    expect(tills.today(1, MIDNIGHT_EAST - 1)).toEqual({ salesCents: 1250, receipts: 2 });
    expect(tills.today(1, MIDNIGHT_EAST)).toEqual({ salesCents: 0, receipts: 0 });
    expect([sales(2, MIDNIGHT_EAST), sales(2, MIDNIGHT_WEST - 1)]).toEqual([1250, 1250]);
    expect(sales(2, MIDNIGHT_WEST)).toBe(0);
    tills.ring(1, MIDNIGHT_EAST + 10 * 3_600_000, 99);
    expect(sales(1, MIDNIGHT_EAST + 10 * 3_600_000)).toBe(99);
  });

  it('are unknown for a day without its beginning, and known for the next one', () => {
    const tills = new Tills(ZONES, { sinceMs: MIDNIGHT_EAST + 1, tills: [] });
    tills.ring(1, at('2024-01-10T15:00:00Z'), 500);
    expect(tills.today(1, at('2024-01-10T16:00:00Z'))).toBeUndefined();
    expect(tills.today(2, MIDNIGHT_WEST)).toEqual({ salesCents: 0, receipts: 0 });
    expect(tills.today(1, at('2024-01-11T05:00:00Z'))).toEqual({ salesCents: 0, receipts: 0 });
  });

  it('continue from their saved values', () => {
    const tills = new Tills(ZONES, { sinceMs: 0, tills: [] });
    tills.ring(1, at('2024-01-10T15:00:00Z'), 500);
    const again = new Tills(ZONES, structuredClone(tills.data));
    again.ring(1, at('2024-01-10T15:10:00Z'), 70);
    expect(again.today(1, at('2024-01-10T16:00:00Z'))).toEqual({ salesCents: 570, receipts: 2 });
    expect(tills.today(1, at('2024-01-10T16:00:00Z'))).toEqual({ salesCents: 500, receipts: 1 });
  });
});
