/** Seasonal goods: dear in their season, cheaper step by step after it, each step with its row of the calendar. */
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS, DISCOUNT } from '../../src/domain/values.ts';
import { DAY_MS, daysFromCivil } from '../../src/engine/time.ts';
import {
  markdownOf,
  markdownsBetween,
  SEASONAL_GOODS,
  seasonalAppeal,
  seasonalGoodsOf,
} from '../../src/policy/clearance.ts';
import { holidayDay } from '../../src/policy/holidays.ts';
import { PRICES_TURN_MS } from '../../src/policy/promotions.ts';
import { smallWorld } from '../world/fixtures.ts';

const SEASONAL = DEPARTMENTS.indexOf('Seasonal & Sports');
const CHRISTMAS = seasonalGoodsOf(SEASONAL, 'Winter Holidays');
const SPRING_AND_FALL = seasonalGoodsOf(SEASONAL, 'Fall & Spring Holidays');
const percents = (goods: number, from: number, days: readonly number[]) =>
  days.map((after) => markdownOf(goods, from + after)?.percent);

describe('seasonal goods', () => {
  it('are marked down from the day after Christmas, 50, 70 and 90 %, for four weeks', () => {
    const christmas = daysFromCivil(2025, 12, 25);
    const days = [-20, 0, 1, 7, 8, 14, 15, 28, 29];
    expect(percents(CHRISTMAS, christmas, days)).toEqual([
      ...[undefined, undefined, 50, 50, 70, 70, 90, 90, undefined],
    ]);
  });

  it('for spring and fall are marked down after Easter and after Halloween', () => {
    const easter = holidayDay('easter', 2025);
    expect(percents(SPRING_AND_FALL, easter, [0, 1, 8, 15])).toEqual([
      undefined,
      50,
      75,
      undefined,
    ]);
    const halloween = holidayDay('halloween', 2025);
    expect(percents(SPRING_AND_FALL, halloween, [0, 1, 8, 15])).toEqual([
      ...[undefined, 50, 75, undefined],
    ]);
  });

  it('are wanted most in their season, and after it the more the cheaper they are', () => {
    const christmas = daysFromCivil(2025, 12, 25);
    const appeal = [-10, 1, 8, 60].map((after) => seasonalAppeal(CHRISTMAS, christmas + after));
    expect(appeal[0]).toBe(2.5);
    expect(appeal[1]).toBeCloseTo(0.3 * 0.5 ** -2.6, 6);
    expect(appeal[2]).toBeGreaterThan(appeal[1]);
    expect(appeal[3]).toBe(0.3);
  });

  it('have a row in the calendar for every step, in force exactly while the price is', () => {
    const from = daysFromCivil(2025, 1, 1);
    const rows = new Map(
      markdownsBetween(from * DAY_MS, (from + 365) * DAY_MS).map((row) => [row.code, row]),
    );
    const used = new Set<string>();
    for (let day = from; day < from + 365; day++) {
      for (const [goods, { department }] of SEASONAL_GOODS.entries()) {
        const markdown = markdownOf(goods, day);
        if (markdown === undefined) continue;
        used.add(markdown.code);
        // Prices of a day hold from the turn of that day to the next.
        const turnMs = day * DAY_MS + PRICES_TURN_MS;
        const row = rows.get(markdown.code)!;
        expect(row).toMatchObject({ department, percentOff: markdown.percent });
        expect(row.discountType).toBe(DISCOUNT.clearance);
        expect(row.startMs).toBeLessThanOrEqual(turnMs);
        expect(row.endMs).toBeGreaterThanOrEqual(turnMs + DAY_MS);
      }
    }
    expect(used.size).toBeGreaterThan(12);
    expect([...used].every((code) => /^[A-Z]{5}\d\d-\d\dC$/.test(code))).toBe(true);
  });

  it('are among those of the dictionaries, but for other dictionaries', () => {
    const { products } = smallWorld({ total_products: 3000 });
    const found = new Set<number>();
    for (let index = 0; index < products.count; index++) {
      found.add(seasonalGoodsOf(products.department[index], products.subcategory[index]));
    }
    expect(found).toEqual(new Set([-1, ...SEASONAL_GOODS.keys()]));
    expect(seasonalGoodsOf(SEASONAL, 'Elsewhere')).toBe(-1);
  });
});
