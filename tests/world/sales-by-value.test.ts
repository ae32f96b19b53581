/** The retail year by value: what the departments sell at their prices gives the months and weeks of all retail. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { daysFromCivil, weekdayOf } from '../../src/engine/time.ts';
import { departmentIndex, openingHours } from '../../src/policy/calendar-effects.ts';
import { holidayDay } from '../../src/policy/holidays.ts';
import { MONTH_INDICES } from '../../src/policy/month-indices.ts';
import { WEEKDAY_FACTORS } from '../../src/policy/store-rhythm.ts';
import { valueShares } from '../helpers/value-shares.ts';
import { smallWorld } from './fixtures.ts';

/** US Census retail adjustment factors 2024–25: sales by value. */
const ALL_RETAIL = [
  0.917, 0.878, 1.001, 1.001, 1.05, 0.987, 1.025, 1.014, 0.965, 1.018, 1.02, 1.113,
];
const SATURDAY = 5;
const GROCERY = 0;

describe.each([
  [7, 3000],
  [1, 10_000],
])('sales of the world of seed %i with %i products', (seed, products) => {
  let shares: readonly number[];
  beforeAll(() => {
    shares = valueShares(smallWorld({ total_products: products }, seed));
  });

  it('are a third grocery by value', () => {
    expect(shares[GROCERY]).toBeGreaterThan(0.22);
    expect(shares[GROCERY]).toBeLessThan(0.45);
  });

  it('have the months of all retail', () => {
    for (const [month, target] of ALL_RETAIL.entries()) {
      const index = shares.reduce(
        (sum, share, department) => sum + share * MONTH_INDICES[department][month],
        0,
      );
      expect(Math.abs(index - target), `month ${month + 1}`).toBeLessThan(month < 10 ? 0.03 : 0.05);
    }
  });

  it.each([2023, 2024, 2025, 2026, 2027])(
    'have the great weeks of general merchandise in %i',
    (year) => {
      const ofWeek = (from: number) => {
        let sum = 0;
        for (let day = from; day < from + 7; day++) {
          if (openingHours(day) === undefined) continue;
          for (let department = 1; department < DEPARTMENTS.length; department++) {
            const index = departmentIndex(department, day) * WEEKDAY_FACTORS[weekdayOf(day)];
            sum += shares[department] * index;
          }
        }
        return sum;
      };
      // The trade's weeks end on Friday: that of Thanksgiving with Black Friday.
      const newYear = daysFromCivil(year, 1, 1);
      const first = newYear + ((SATURDAY - weekdayOf(newYear) + 7) % 7);
      const weeks = Array.from({ length: 52 }, (_, week) => ofWeek(first + week * 7));
      const median = weeks.sort((a, b) => a - b)[26];
      const thanksgiving = ofWeek(holidayDay('thanksgiving', year) - 5) / median;
      const christmas = ofWeek(holidayDay('christmas', year) - 7) / median;
      // Walmart, 45 stores: 1.43–1.45 and 1.68–1.76 times the median week.
      expect(Math.abs(thanksgiving - 1.44)).toBeLessThan(0.04);
      expect(christmas).toBeGreaterThan(1.65);
      expect(christmas).toBeLessThan(1.77);
    },
  );
});
