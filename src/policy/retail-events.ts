/**
 * What holidays do to each department, day by day.
 *
 * Grocery on Thanksgiving and 23 December: Complete Journey 2017; on Black Friday, what a supermarket sells (with health,
 * beauty, baby and pet goods) at .62 of the mean day: there too. The other factors are set so
 * that general merchandise sells 1.43–1.45 times the median week in Thanksgiving week and 1.68–1.76
 * times in Christmas week (Walmart, 45 stores, 2010–12), and by the trade's common knowledge.
 */
import type { Department } from '../domain/values.ts';
import type { Holiday } from './holidays.ts';

/** Raises or lowers demand around a holiday; the month's total stays the same. */
export interface Lift {
  readonly holiday: Holiday;
  /** Day of the first weight, relative to the holiday. */
  readonly fromDay: number;
  /** Weight of the effect, day by day, 0 to 1. */
  readonly weights: readonly number[];
  /** Factor on demand at full weight. */
  readonly peaks: Partial<Record<Department, number>>;
}

/** A day with the same sales on any weekday: level relative to the mean day. */
export interface FixedDay {
  readonly holiday: Holiday;
  /** Days after the holiday. */
  readonly offset: number;
  readonly levels: Partial<Record<Department, number>>;
}

export const FIXED_DAYS: readonly FixedDay[] = [
  {
    holiday: 'thanksgiving',
    offset: 0,
    levels: {
      Grocery: 0.43,
      Electronics: 0.6,
      Clothing: 0.5,
      'Health & Beauty': 0.4,
      'Home & Garden': 0.35,
      'Baby & Kids': 0.55,
      'Pet Supplies': 0.35,
      Automotive: 0.25,
      'Office Supplies': 0.25,
      'Seasonal & Sports': 0.5,
    },
  },
  {
    holiday: 'black-friday',
    offset: 0,
    levels: {
      Grocery: 0.35,
      Electronics: 2.45,
      Clothing: 2.4,
      'Health & Beauty': 0.85,
      'Home & Garden': 1.9,
      'Baby & Kids': 2.05,
      'Pet Supplies': 0.7,
      Automotive: 1.3,
      'Office Supplies': 1.4,
      'Seasonal & Sports': 2.2,
    },
  },
  { holiday: 'christmas', offset: -2, levels: { Grocery: 1.79 } },
];

export const LIFTS: readonly Lift[] = [
  {
    holiday: 'new-years-day',
    fromDay: 0,
    weights: [1],
    peaks: {
      Grocery: 0.7,
      Electronics: 0.85,
      Clothing: 0.85,
      'Health & Beauty': 0.75,
      'Home & Garden': 0.7,
      'Baby & Kids': 0.8,
      'Pet Supplies': 0.75,
      Automotive: 0.6,
      'Office Supplies': 0.6,
      'Seasonal & Sports': 0.8,
    },
  },
  {
    holiday: 'new-years-day',
    fromDay: 1,
    weights: [1, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2],
    peaks: { 'Seasonal & Sports': 1.3, 'Health & Beauty': 1.12, 'Office Supplies': 1.2 },
  },
  {
    holiday: 'super-bowl',
    fromDay: -4,
    weights: [0.15, 0.3, 0.6, 1, 0.85],
    peaks: { Grocery: 1.22, Electronics: 1.18, 'Seasonal & Sports': 1.12 },
  },
  {
    holiday: 'valentines-day',
    fromDay: -6,
    weights: [0.2, 0.3, 0.4, 0.5, 0.7, 1, 1],
    peaks: {
      Grocery: 1.14,
      'Health & Beauty': 1.35,
      Clothing: 1.18,
      'Seasonal & Sports': 1.6,
    },
  },
  {
    holiday: 'presidents-day',
    fromDay: -2,
    weights: [1, 1, 1],
    peaks: { Electronics: 1.15, 'Home & Garden': 1.15, Clothing: 1.15 },
  },
  {
    holiday: 'st-patricks-day',
    fromDay: -2,
    weights: [0.4, 1, 0.8],
    peaks: { Grocery: 1.06, 'Seasonal & Sports': 1.15 },
  },
  {
    holiday: 'easter',
    fromDay: -7,
    weights: [0.2, 0.2, 0.3, 0.4, 0.6, 0.8, 1],
    peaks: {
      Grocery: 1.4,
      Clothing: 1.25,
      'Baby & Kids': 1.25,
      'Home & Garden': 1.1,
      'Seasonal & Sports': 1.6,
    },
  },
  {
    holiday: 'easter',
    fromDay: 0,
    weights: [1],
    peaks: {
      Grocery: 0.65,
      Electronics: 0.5,
      Clothing: 0.5,
      'Health & Beauty': 0.55,
      'Home & Garden': 0.55,
      'Baby & Kids': 0.55,
      'Pet Supplies': 0.6,
      Automotive: 0.5,
      'Office Supplies': 0.45,
      'Seasonal & Sports': 0.6,
    },
  },
  {
    holiday: 'mothers-day',
    fromDay: -6,
    weights: [0.2, 0.2, 0.3, 0.5, 0.8, 1, 0.8],
    peaks: {
      Grocery: 1.1,
      Clothing: 1.2,
      'Health & Beauty': 1.4,
      'Home & Garden': 1.3,
      'Seasonal & Sports': 1.15,
    },
  },
  {
    holiday: 'memorial-day',
    fromDay: -4,
    weights: [0.3, 0.7, 1, 1, 0.7],
    peaks: { Grocery: 1.2, 'Home & Garden': 1.35, 'Seasonal & Sports': 1.4, Clothing: 1.1 },
  },
  {
    holiday: 'fathers-day',
    fromDay: -5,
    weights: [0.2, 0.3, 0.5, 0.8, 1, 0.6],
    peaks: {
      Electronics: 1.15,
      Clothing: 1.12,
      'Home & Garden': 1.12,
      Automotive: 1.4,
      'Seasonal & Sports': 1.2,
    },
  },
  {
    holiday: 'independence-day',
    fromDay: -4,
    weights: [0.3, 0.5, 0.8, 1, 0.6],
    peaks: { Grocery: 1.28, 'Home & Garden': 1.15, 'Seasonal & Sports': 1.7 },
  },
  {
    holiday: 'back-to-school',
    fromDay: -14,
    weights: [
      0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.7, 0.75, 0.8, 0.85, 0.9, 1, 1, 1, 1, 0.9, 0.85, 0.8,
      0.8, 0.75, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1,
    ],
    peaks: {
      'Office Supplies': 1.5,
      Clothing: 1.2,
      'Baby & Kids': 1.15,
      Electronics: 1.1,
    },
  },
  {
    holiday: 'labor-day',
    fromDay: -3,
    weights: [0.6, 1, 1, 0.7],
    peaks: { Grocery: 1.18, 'Home & Garden': 1.25, Clothing: 1.15, 'Seasonal & Sports': 1.2 },
  },
  {
    holiday: 'halloween',
    fromDay: -14,
    weights: [0.2, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 1, 0.8],
    peaks: { Grocery: 1.12, Clothing: 1.12, 'Baby & Kids': 1.3, 'Seasonal & Sports': 1.9 },
  },
  {
    holiday: 'thanksgiving',
    fromDay: -5,
    weights: [0.35, 0.4, 0.5, 0.75, 1],
    peaks: { Grocery: 1.95, 'Home & Garden': 1.25 },
  },
  {
    holiday: 'thanksgiving',
    fromDay: -6,
    weights: [0.5, 0.9, 0.9, 0.9, 0.9, 1],
    peaks: {
      Electronics: 1.71,
      Clothing: 1.69,
      'Health & Beauty': 1.78,
      'Home & Garden': 1.51,
      'Baby & Kids': 1.78,
      'Pet Supplies': 1.52,
      Automotive: 1.39,
      'Office Supplies': 1.39,
      'Seasonal & Sports': 1.7,
    },
  },
  {
    holiday: 'black-friday',
    fromDay: 1,
    weights: [1, 0.8],
    peaks: {
      Electronics: 1.88,
      Clothing: 1.82,
      'Health & Beauty': 1.48,
      'Home & Garden': 1.52,
      'Baby & Kids': 1.88,
      'Pet Supplies': 1.25,
      Automotive: 1.25,
      'Office Supplies': 1.25,
      'Seasonal & Sports': 1.75,
    },
  },
  {
    holiday: 'christmas',
    fromDay: -13,
    weights: [0.06, 0.1, 0.15, 0.2, 0.28, 0.4, 0.75, 0.85, 0.95, 1, 1, 1, 0.7],
    peaks: {
      Electronics: 1.7,
      Clothing: 1.75,
      'Health & Beauty': 2.15,
      'Home & Garden': 1.88,
      'Baby & Kids': 2,
      'Pet Supplies': 1.7,
      Automotive: 1.5,
      'Office Supplies': 1.5,
      'Seasonal & Sports': 2,
    },
  },
  {
    holiday: 'christmas',
    fromDay: -5,
    weights: [0.5, 0.7, 0.9, 1, 0.8],
    peaks: { Grocery: 1.5 },
  },
  {
    holiday: 'christmas',
    fromDay: 1,
    weights: [1, 0.9, 0.7, 0.6, 0.5],
    peaks: { Clothing: 1.15, Electronics: 1.15, 'Baby & Kids': 1.1, Grocery: 0.95 },
  },
  {
    holiday: 'new-years-eve',
    fromDay: -1,
    weights: [0.5, 1],
    peaks: { Grocery: 1.25 },
  },
];
