/** Returns by simulation of the policy: two years of sales by department, and what comes back of them when. */
import { beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENTS, RETURN_REASONS } from '../../src/domain/values.ts';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { civilFromDays, daysFromCivil, weekdayOf } from '../../src/engine/time.ts';
import { departmentIndex, openingHours } from '../../src/policy/calendar-effects.ts';
import {
  DISPOSITION,
  dayAfterChristmas,
  drawReturn,
  isGiftSeason,
  RETURN_REASON,
  returnChance,
} from '../../src/policy/returns.ts';
import { WEEKDAY_FACTORS } from '../../src/policy/store-rhythm.ts';
import { valueShares } from '../helpers/value-shares.ts';
import { smallWorld } from '../world/fixtures.ts';

const GROCERY = 0;
const CLOTHING = DEPARTMENTS.indexOf('Clothing');
const DRAWS = 12;
const FIRST = daysFromCivil(2024, 1, 1);
const YEAR = daysFromCivil(2025, 1, 1);
const END = daysFromCivil(2026, 1, 1);

const stream = () => Substream.of(11, purposeKey('test', 'returns'), 1);

/** Value sold in 2025 and come back in it, by department, and come back by day. */
const sold = DEPARTMENTS.map(() => 0);
const back = DEPARTMENTS.map(() => 0);
const byDay = new Map<number, number>();

beforeAll(() => {
  const shares = valueShares(smallWorld({ total_products: 3000 }, 7));
  const draws = stream();
  for (let day = FIRST; day < END; day++) {
    if (openingHours(day) === undefined) continue;
    const giftSeason = isGiftSeason(day);
    for (let department = 0; department < DEPARTMENTS.length; department++) {
      const value =
        shares[department] * departmentIndex(department, day) * WEEKDAY_FACTORS[weekdayOf(day)];
      if (day >= YEAR) sold[department] += value;
      const expected = value * returnChance(department, giftSeason, false);
      for (let draw = 0; draw < DRAWS; draw++) {
        const drawn = drawReturn(
          { department, units: 1, giftSeason, refrigerated: false, traceable: true },
          draws,
        );
        const gift = drawn.reason === RETURN_REASON.unwantedGift;
        // Sold in the afternoon; a store that is closed takes goods back on the next day.
        let due = Math.floor((gift ? dayAfterChristmas(day) : day + 0.65) + drawn.days);
        while (openingHours(due) === undefined) due++;
        if (due < YEAR || due >= END) continue;
        back[department] += expected / DRAWS;
        byDay.set(due, (byDay.get(due) ?? 0) + expected / DRAWS);
      }
    }
  }
});

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('a year of returns', () => {
  it('are an eighth of sales at the prices of the lists; worlds, which sell at offers and end, measure a tenth', () => {
    expect(total(back) / total(sold)).toBeGreaterThan(0.115);
    expect(total(back) / total(sold)).toBeLessThan(0.135);
  });

  it('are 1–2 % in grocery, and most in clothing', () => {
    const shares = back.map((value, department) => value / sold[department]);
    expect(shares[GROCERY]).toBeGreaterThan(0.01);
    expect(shares[GROCERY]).toBeLessThan(0.02);
    expect(shares.indexOf(Math.max(...shares))).toBe(CLOTHING);
  });

  it('are 4–6 times the mean day from 26 December to 10 January', () => {
    const meanDay = total(back) / 365;
    const on = (month: number, day: number) =>
      (byDay.get(daysFromCivil(2025, month, day)) ?? 0) / meanDay;
    expect(on(12, 26)).toBeGreaterThan(4);
    expect(on(12, 26)).toBeLessThan(6);
    const season = [26, 27, 28, 29, 30, 31].map((day) => on(12, day));
    for (let day = 1; day <= 10; day++) season.push(on(1, day));
    expect(total(season) / season.length).toBeGreaterThan(4);
    expect(total(season) / season.length).toBeLessThan(6);
    expect(on(7, 15)).toBeLessThan(1.2);
  });
});

describe('a return', () => {
  const drawMany = (line: Partial<Parameters<typeof drawReturn>[0]>, count = 4000) => {
    const draws = stream();
    const defaults = { department: CLOTHING, units: 3, giftSeason: false };
    const rest = { refrigerated: false, traceable: true };
    return Array.from({ length: count }, () =>
      drawReturn({ ...defaults, ...rest, ...line }, draws),
    );
  };
  const share = <T>(drawn: readonly T[], holds: (one: T) => boolean) =>
    drawn.filter(holds).length / drawn.length;

  it('is of one to all units, within 60 days', () => {
    const drawn = drawMany({});
    expect(new Set(drawn.map(({ units }) => units))).toEqual(new Set([1, 2, 3]));
    expect(Math.max(...drawn.map(({ days }) => days))).toBeLessThanOrEqual(60);
    const days = drawn.map((one) => one.days).sort((a, b) => a - b);
    expect(Math.abs(days[days.length / 2] - 8)).toBeLessThan(0.5);
  });

  it('of clothing is mostly for its size, and only that of the gift season is a gift', () => {
    const drawn = drawMany({});
    const sizes = share(drawn, ({ reason }) => RETURN_REASONS[reason] === 'WRONG_SIZE');
    expect(Math.abs(sizes - 0.58)).toBeLessThan(0.03);
    expect(share(drawn, ({ reason }) => reason === RETURN_REASON.unwantedGift)).toBe(0);
    const gifts = drawMany({ giftSeason: true });
    const giftShare = share(gifts, ({ reason }) => reason === RETURN_REASON.unwantedGift);
    expect(Math.abs(giftShare - 0.8)).toBeLessThan(0.03);
  });

  it('ends on the shelf, at a liquidator or in the bin; what is defective or was cooled never on the shelf', () => {
    const drawn = drawMany({});
    for (const disposition of Object.values(DISPOSITION)) {
      expect(share(drawn, (one) => one.disposition === disposition)).toBeGreaterThan(0.03);
    }
    expect(share(drawn, (one) => one.disposition === DISPOSITION.restocked)).toBeGreaterThan(0.7);
    const defective = drawn.filter(({ reason }) => reason === RETURN_REASON.defective);
    expect(share(defective, (one) => one.disposition === DISPOSITION.restocked)).toBe(0);
    const cooled = drawMany({ department: GROCERY, refrigerated: true });
    expect(share(cooled, (one) => one.disposition === DISPOSITION.damaged)).toBe(1);
  });

  it('is without a receipt in one case of ten, and never if the store can not find the sale', () => {
    const without = share(drawMany({}), ({ withReceipt }) => !withReceipt);
    expect(Math.abs(without - 0.1)).toBeLessThan(0.02);
    expect(share(drawMany({ traceable: false }), ({ withReceipt }) => !withReceipt)).toBe(0);
  });

  it('is half as likely again for goods bought online, but for grocery', () => {
    expect(returnChance(CLOTHING, false, true) / returnChance(CLOTHING, false, false)).toBeCloseTo(
      1.5,
    );
    expect(returnChance(GROCERY, true, true)).toBe(returnChance(GROCERY, false, false));
  });

  it('of a gift waits for 26 December', () => {
    const bought = daysFromCivil(2025, 12, 1);
    expect(civilFromDays(dayAfterChristmas(bought))).toMatchObject({ month: 12, day: 26 });
    expect([isGiftSeason(bought), isGiftSeason(bought + 24), isGiftSeason(bought - 12)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
