/** When households have money: shares, days and the mean of each effect. */
import { describe, expect, it } from 'vitest';
import { civilFromDays, daysFromCivil, weekdayOf } from '../../src/engine/time.ts';
import {
  BENEFIT_SHARES,
  benefitDayOf,
  benefitFactor,
  PAY_CYCLES,
  payCycleOf,
  payFactor,
} from '../../src/policy/household-income.ts';
import { SEGMENT_SHARES } from '../../src/policy/segments.ts';

const HOUSEHOLDS = Array.from({ length: 20_000 }, (_, index) => index + 1);
const FIRST = daysFromCivil(2024, 1, 1);
const DAYS = Array.from({ length: 1461 }, (_, index) => FIRST + index);
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const cycle = (name: (typeof PAY_CYCLES)[number]) => PAY_CYCLES.indexOf(name);

describe('pay', () => {
  it('comes weekly to 27 % of households, monthly to 10 %', () => {
    const share = (one: number) =>
      HOUSEHOLDS.filter((id) => payCycleOf(1, id) === one).length / HOUSEHOLDS.length;
    for (const [index, expected] of [0.27, 0.215, 0.215, 0.2, 0.1].entries()) {
      expect(Math.abs(share(index) - expected)).toBeLessThan(0.012);
    }
  });

  it('has mean 1 in every cycle', () => {
    for (const index of PAY_CYCLES.keys()) {
      expect(Math.abs(meanOf(DAYS.map((day) => payFactor(index, day))) - 1)).toBeLessThan(0.003);
    }
  });

  it('fills baskets from pay-day on for three days', () => {
    const friday = DAYS.find((day) => weekdayOf(day) === 4) as number;
    const weekly = [0, 1, 2, 3, 6].map((after) => payFactor(cycle('weekly'), friday + after));
    expect(weekly.slice(0, 3)).toEqual([1.05, 1.05, 1.05]);
    expect(weekly[3]).toBeLessThan(1);
    const plenty = (name: (typeof PAY_CYCLES)[number]) =>
      DAYS.slice(0, 31)
        .filter((day) => payFactor(cycle(name), day) > 1)
        .map((day) => civilFromDays(day).day);
    // The last day of the month, and the days after it; the 15th.
    expect(plenty('twice a month')).toEqual([1, 2, 15, 16, 17, 31]);
    expect(plenty('monthly')).toEqual([1, 2, 3, 31]);
    const even = DAYS.filter((day) => payFactor(cycle('even weeks'), day) > 1);
    const odd = DAYS.filter((day) => payFactor(cycle('odd weeks'), day) > 1);
    expect(even.some((day) => odd.includes(day))).toBe(false);
    expect(Math.abs(even.length - odd.length)).toBeLessThan(4);
  });
});

describe('food benefits', () => {
  const segmentOf = (id: number) => {
    const place = (id - 0.5) / HOUSEHOLDS.length;
    let upTo = 0;
    return SEGMENT_SHARES.findIndex((share) => {
      upTo += share;
      return place < upTo;
    });
  };

  it('go to one household in eight, most of them on a budget', () => {
    const with_ = HOUSEHOLDS.filter((id) => benefitDayOf(1, id, segmentOf(id), 'CA') > 0);
    expect(Math.abs(with_.length / HOUSEHOLDS.length - 0.13)).toBeLessThan(0.01);
    const budget = with_.filter((id) => segmentOf(id) === 0).length;
    const households = HOUSEHOLDS.length * SEGMENT_SHARES[0];
    expect(Math.abs(budget / households - BENEFIT_SHARES[0])).toBeLessThan(0.02);
  });

  it('come on the days of the state, spread evenly', () => {
    const daysOf = (state: string) =>
      HOUSEHOLDS.map((id) => benefitDayOf(1, id, 0, state)).filter((day) => day > 0);
    const california = daysOf('CA');
    expect(new Set(california)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    for (let day = 1; day <= 10; day++) {
      const share = california.filter((each) => each === day).length / california.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.015);
    }
    expect(new Set(daysOf('VT'))).toEqual(new Set([1]));
    expect(Math.max(...daysOf('GA'))).toBe(23);
    expect(Math.min(...daysOf('GA'))).toBe(5);
    expect(Math.max(...daysOf('??'))).toBe(10);
  });

  it('buy half as much food again on the first three days, and have mean 1', () => {
    const day = daysFromCivil(2025, 3, 9);
    expect(benefitFactor(9, day)).toBe(1.5);
    expect(benefitFactor(9, day + 2)).toBe(1.5);
    expect(benefitFactor(9, day + 3)).toBe(1.2);
    expect(benefitFactor(9, day - 1)).toBeLessThan(0.9);
    expect(benefitFactor(0, day)).toBe(1);
    for (const benefitDay of [1, 9, 23]) {
      const mean = meanOf(DAYS.map((each) => benefitFactor(benefitDay, each)));
      expect(Math.abs(mean - 1)).toBeLessThan(0.003);
    }
  });
});
