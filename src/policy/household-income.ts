/**
 * When households have money, and how that shows in their baskets.
 *
 * Pay: shares of pay periods among US employers (BLS, Current Employment Statistics, 2023); people spend more in the days
 * after they are paid (Stephens 2003, "3rd of tha Month"; Gelman et al. 2014). Food benefits (SNAP) are paid once a
 * month, by state on one day or spread over the first one to three weeks, by the number of the case (USDA, monthly
 * issuance schedules, rounded); households buy most of their food in the days after it (Wilde and Ranney 2000; Hastings
 * and Shapiro 2018). Each factor has mean 1 over a month, so it moves food within the month.
 */
import { hashUnit, purposeKey } from '../engine/substream.ts';
import { civilFromDays, daysFromCivil, daysInMonth, weekdayOf } from '../engine/time.ts';

const CYCLE = purposeKey('household', 'pay cycle');
const BENEFIT = purposeKey('household', 'benefit');
const CASE = purposeKey('household', 'case number');

/** Pay periods: every Friday; every other Friday, of either week; 15th and last; last day of the month. */
export const PAY_CYCLES = [
  'weekly',
  'even weeks',
  'odd weeks',
  'twice a month',
  'monthly',
] as const;
const CYCLE_SHARES = [0.27, 0.215, 0.215, 0.2, 0.1];

/** By cycle: days of plenty after the pay, factor on these days, and mean length of the cycle, days. */
const MEAN_MONTH_DAYS = 365.25 / 12;
const PLENTY = [
  { days: 3, factor: 1.05, cycleDays: 7 },
  { days: 3, factor: 1.1, cycleDays: 14 },
  { days: 3, factor: 1.1, cycleDays: 14 },
  { days: 3, factor: 1.1, cycleDays: MEAN_MONTH_DAYS / 2 },
  { days: 4, factor: 1.15, cycleDays: MEAN_MONTH_DAYS },
];
const FRIDAY = 4;

/** Share of households with benefits, by segment (BUDGET, CONVENIENCE, QUALITY, LOYAL): one in eight over all. */
export const BENEFIT_SHARES = [0.28, 0.05, 0.02, 0.08] as const;
/** Factor on the food bought from a number of days after the benefit on; the last holds until the next one. */
const BENEFIT_STEPS: readonly (readonly [fromDays: number, factor: number])[] = [
  [0, 1.5],
  [3, 1.2],
  [7, 1],
  [14, (MEAN_MONTH_DAYS - 3 * 1.5 - 4 * 1.2 - 7) / (MEAN_MONTH_DAYS - 14)],
];

/** First and last day of the month on which a state pays benefits. */
const ISSUANCE: Readonly<Record<string, readonly [number, number]>> = {
  ...{ AL: [4, 23], AK: [1, 1], AZ: [1, 13], AR: [4, 13], CA: [1, 10], CO: [1, 10], CT: [1, 3] },
  ...{ DE: [2, 23], DC: [1, 10], FL: [1, 28], GA: [5, 23], HI: [3, 5], ID: [1, 10], IL: [1, 20] },
  ...{ IN: [5, 23], IA: [1, 10], KS: [1, 10], KY: [1, 19], LA: [1, 14], ME: [10, 14], MD: [4, 23] },
  ...{ MA: [1, 14], MI: [3, 21], MN: [4, 13], MS: [4, 21], MO: [1, 22], MT: [2, 6], NE: [1, 5] },
  ...{ NV: [1, 10], NH: [5, 5], NJ: [1, 5], NM: [1, 20], NY: [1, 14], NC: [3, 21], ND: [1, 1] },
  ...{ OH: [2, 20], OK: [1, 10], OR: [1, 9], PA: [1, 14], RI: [1, 1], SC: [1, 10], SD: [10, 10] },
  ...{ TN: [1, 20], TX: [1, 28], UT: [5, 15], VT: [1, 1], VA: [1, 7], WA: [1, 20], WV: [1, 9] },
  ...{ WI: [1, 15], WY: [1, 4] },
};

/** Returns the pay period of a household, index into PAY_CYCLES. */
export function payCycleOf(seed: number, customerId: number): number {
  let left = hashUnit(seed, CYCLE, customerId);
  for (let cycle = 0; cycle < CYCLE_SHARES.length - 1; cycle++) {
    left -= CYCLE_SHARES[cycle];
    if (left < 0) return cycle;
  }
  return CYCLE_SHARES.length - 1;
}

/**
 * Returns the day of the month on which a household gets food benefits, or 0 if it gets none.
 * @param segment index into SEGMENTS @param state postal code; an unknown one pays on the first ten days
 */
export function benefitDayOf(
  seed: number,
  customerId: number,
  segment: number,
  state: string,
): number {
  if (hashUnit(seed, BENEFIT, customerId) >= BENEFIT_SHARES[segment]) return 0;
  const [first, last] = Object.hasOwn(ISSUANCE, state) ? ISSUANCE[state] : [1, 10];
  return first + Math.floor(hashUnit(seed, CASE, customerId) * (last - first + 1));
}

/** Factor of a pay period on the basket of a local day. @param cycle index into PAY_CYCLES */
export function payFactor(cycle: number, day: number): number {
  const { days, factor, cycleDays } = PLENTY[cycle];
  if (daysSincePay(cycle, day) < days) return factor;
  return (cycleDays - days * factor) / (cycleDays - days);
}

/** Factor of food benefits on the food of a local day. @param benefitDay day of the month, 0 for none */
export function benefitFactor(benefitDay: number, day: number): number {
  if (benefitDay === 0) return 1;
  const { year, month, day: dayOfMonth } = civilFromDays(day);
  const last = month === 1 ? daysInMonth(year - 1, 12) : daysInMonth(year, month - 1);
  const since = dayOfMonth >= benefitDay ? dayOfMonth - benefitDay : dayOfMonth + last - benefitDay;
  let found = 1;
  for (const [fromDays, factor] of BENEFIT_STEPS) if (since >= fromDays) found = factor;
  return found;
}

function daysSincePay(cycle: number, day: number): number {
  const sinceFriday = (weekdayOf(day) - FRIDAY + 7) % 7;
  switch (PAY_CYCLES[cycle]) {
    case 'weekly':
      return sinceFriday;
    case 'even weeks':
    case 'odd weeks': {
      const week = Math.floor((day - sinceFriday) / 7) % 2;
      return PAY_CYCLES[cycle] === (week === 0 ? 'even weeks' : 'odd weeks')
        ? sinceFriday
        : sinceFriday + 7;
    }
    default: {
      const { year, month, day: dayOfMonth } = civilFromDays(day);
      const isLast = dayOfMonth === daysInMonth(year, month);
      if (isLast) return 0;
      if (PAY_CYCLES[cycle] === 'twice a month' && dayOfMonth >= 15) return dayOfMonth - 15;
      // Since the last day of the month before.
      return day - (daysFromCivil(year, month, 1) - 1);
    }
  }
}
