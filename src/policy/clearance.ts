/**
 * Seasonal goods: wanted in their season, and marked down step by step after it until they are gone.
 *
 * The steps are those of the trade: decorations are half price on the day after the holiday, and cheaper each week;
 * what is worn or used for a season goes 30, 50, 70 % off in two-week steps. Goods are known by department and
 * subcategory; a dictionary with other subcategories has no seasonal goods.
 */
import { DEPARTMENTS, type Department, DISCOUNT } from '../domain/values.ts';
import { civilFromDays, DAY_MS, daysFromCivil } from '../engine/time.ts';
import { holidayDay } from './holidays.ts';
import { DEPARTMENT_CODES, offerLift, PRICES_TURN_MS, type Promotion } from './promotions.ts';

interface Season {
  /** Three letters for codes. */
  readonly code: string;
  /** First and last day of the season that ends in a year. */
  readonly first: (year: number) => number;
  readonly last: (year: number) => number;
  /** Percent off from a number of days after the last one. */
  readonly steps: readonly (readonly [afterDays: number, percent: number])[];
  /** Days after the last one on which the goods are back at their price. */
  readonly overDays: number;
}

const DECORATION = {
  steps: [
    [1, 50],
    [8, 70],
    [15, 90],
  ],
  overDays: 29,
} as const;
const SHORT_DECORATION = {
  steps: [
    [1, 50],
    [8, 75],
  ],
  overDays: 15,
} as const;
const SIX_WEEKS = {
  steps: [
    [1, 30],
    [15, 50],
    [29, 70],
  ],
  overDays: 43,
} as const;

const CHRISTMAS: Season = {
  code: 'XMS',
  first: (year) => daysFromCivil(year, 11, 1),
  last: (year) => holidayDay('christmas', year),
  ...DECORATION,
};
const HALLOWEEN: Season = {
  code: 'HAL',
  first: (year) => daysFromCivil(year, 9, 15),
  last: (year) => holidayDay('halloween', year),
  ...SHORT_DECORATION,
};
const EASTER: Season = {
  code: 'EAS',
  first: (year) => holidayDay('easter', year) - 42,
  last: (year) => holidayDay('easter', year),
  ...SHORT_DECORATION,
};
const WINTER: Season = {
  code: 'WIN',
  first: (year) => daysFromCivil(year - 1, 10, 15),
  last: (year) => daysFromCivil(year, 2, 14),
  ...SIX_WEEKS,
};
const SUMMER: Season = {
  code: 'SUM',
  first: (year) => daysFromCivil(year, 4, 10),
  last: (year) => holidayDay('labor-day', year),
  ...SIX_WEEKS,
};
const SCHOOL: Season = {
  code: 'SCH',
  first: (year) => daysFromCivil(year, 7, 10),
  last: (year) => holidayDay('labor-day', year),
  steps: [
    [1, 30],
    [15, 50],
  ],
  overDays: 29,
};

interface SeasonalGoods {
  readonly department: Department;
  readonly subcategories: readonly string[];
  readonly seasons: readonly Season[];
}

/** The seasonal goods; their place here is their number. */
export const SEASONAL_GOODS: readonly SeasonalGoods[] = [
  {
    department: 'Seasonal & Sports',
    subcategories: ['Winter Holidays'],
    seasons: [CHRISTMAS],
  },
  {
    department: 'Seasonal & Sports',
    subcategories: ['Fall & Spring Holidays'],
    seasons: [EASTER, HALLOWEEN],
  },
  { department: 'Seasonal & Sports', subcategories: ['Snow Gear'], seasons: [WINTER] },
  { department: 'Clothing', subcategories: ['Hats & Cold Weather'], seasons: [WINTER] },
  { department: 'Seasonal & Sports', subcategories: ['Water Fun'], seasons: [SUMMER] },
  { department: 'Home & Garden', subcategories: ['Lawn & Patio'], seasons: [SUMMER] },
  { department: 'Office Supplies', subcategories: ['Notebooks & Pads'], seasons: [SCHOOL] },
];

/** Appeal of seasonal goods at full price, relative to goods for all the year. */
const IN_SEASON = 2.5;
const OUT_OF_SEASON = 0.3;
/** However cheap, not everybody wants last season's goods: the largest factor of a markdown on demand. */
const CLEARANCE_LIFT = 8;

/** A step of a markdown. */
export interface Markdown {
  readonly percent: number;
  /** Code as on receipts. */
  readonly code: string;
}

/** Returns the number of the seasonal goods that a product belongs to, or -1. */
export function seasonalGoodsOf(department: number, subcategory: string): number {
  const name = DEPARTMENTS[department];
  return SEASONAL_GOODS.findIndex(
    (goods) => goods.department === name && goods.subcategories.includes(subcategory),
  );
}

/** Returns the markdown of seasonal goods on a day, or undefined. @param goods their number */
export function markdownOf(goods: number, day: number): Markdown | undefined {
  const { department, seasons } = SEASONAL_GOODS[goods];
  const { year } = civilFromDays(day);
  for (const season of seasons) {
    for (const ended of [year - 1, year]) {
      const after = day - season.last(ended);
      if (after < season.steps[0][0] || after >= season.overDays) continue;
      const [, percent] = season.steps.findLast(([afterDays]) => after >= afterDays)!;
      return { percent, code: clearanceCode(department, season, ended, percent) };
    }
  }
  return undefined;
}

/** Factor on demand for seasonal goods on a day, prices included. @param goods their number */
export function seasonalAppeal(goods: number, day: number): number {
  const { seasons } = SEASONAL_GOODS[goods];
  const { year } = civilFromDays(day);
  const inSeason = seasons.some((season) =>
    [year, year + 1].some((ends) => season.first(ends) <= day && day <= season.last(ends)),
  );
  if (inSeason) return IN_SEASON;
  const markdown = markdownOf(goods, day);
  if (markdown === undefined) return OUT_OF_SEASON;
  return OUT_OF_SEASON * Math.min(CLEARANCE_LIFT, offerLift(markdown.percent));
}

/** All markdowns that are on in [startMs, endMs), for the promotion calendar. */
export function markdownsBetween(startMs: number, endMs: number): Promotion[] {
  const promotions = new Map<string, Promotion>();
  const years = [startMs, endMs].map((ms) => civilFromDays(Math.floor(ms / DAY_MS)).year);
  for (const { department, seasons } of SEASONAL_GOODS) {
    for (const season of seasons) {
      for (let year = years[0] - 1; year <= years[1]; year++) {
        const last = season.last(year);
        for (const [step, [afterDays, percent]] of season.steps.entries()) {
          const untilDays = season.steps[step + 1]?.[0] ?? season.overDays;
          const promotion = {
            code: clearanceCode(department, season, year, percent),
            department,
            discountType: DISCOUNT.clearance,
            percentOff: percent,
            startMs: (last + afterDays) * DAY_MS + PRICES_TURN_MS,
            endMs: (last + untilDays) * DAY_MS + PRICES_TURN_MS,
          };
          if (promotion.endMs <= startMs || promotion.startMs >= endMs) continue;
          promotions.set(promotion.code, promotion);
        }
      }
    }
  }
  return [...promotions.values()];
}

/** Department, season, year in which it ended, depth, C for clearance: `SSXMS25-50C`. */
function clearanceCode(
  department: Department,
  { code }: Season,
  year: number,
  percent: number,
): string {
  const shop = DEPARTMENT_CODES[DEPARTMENTS.indexOf(department)];
  return `${shop}${code}${String(year % 100).padStart(2, '0')}-${percent}C`;
}
