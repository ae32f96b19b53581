/** Every statistic of a year that was made by hand, by its known value. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportWorld } from '../../src/report/report.ts';
import type { Measured, MeasuredDistribution, RealismReport } from '../../src/report/result.ts';
import {
  BROUGHT,
  CHRISTMAS,
  COMPLETE_DAYS,
  DAY_MS,
  DAYS,
  IMPRESSIONS,
  LOOKERS,
  MARKETED,
  ORDER_HOURS,
  ORDERS,
  PRODUCTS,
  PURCHASES,
  type Purchase,
  priceCents,
  stayMinutes,
  THANKSGIVING,
  writeTinyYear,
} from './tiny-year.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sim-report-'));
let report: RealismReport;
beforeAll(async () => {
  writeTinyYear(folder);
  report = await reportWorld(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const resultOf = (id: string) => report.statistics.find((statistic) => statistic.id === id)!;
const numberOf = (id: string) => resultOf(id).measured as number;
const itemsOf = (id: string) => resultOf(id).measured as Readonly<Record<string, number>>;
const curveOf = (id: string) => resultOf(id).measured as MeasuredDistribution;

function close(measured: Measured | undefined, expected: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(expected)) {
    expect((measured as Record<string, number>)?.[name], name).toBeCloseTo(value, 4);
  }
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const mean = (values: readonly number[]) => total(values) / values.length;
const isGrocery = (product: number) => [0, 3, 5, 6].includes(PRODUCTS[product - 1].department);
const valueOfLine = (line: Purchase['lines'][number]) => (priceCents(line) * line[1]) / 100;
const valueWhere = (purchase: Purchase, chosen: (product: number) => boolean) =>
  total(purchase.lines.filter(([product]) => chosen(product)).map(valueOfLine));
const groceryLines = ({ lines }: Purchase) => lines.filter(([product]) => isGrocery(product));
const TRIPS = PURCHASES.filter((purchase) => groceryLines(purchase).length > 0);
const tripsOf = (customer: number) => TRIPS.filter((trip) => trip.customer === customer);
const storeSales = total(PURCHASES.map((purchase) => valueWhere(purchase, () => true)));
const onlineSales = 6 * ORDERS + 10;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Value of each complete day, orders included where they count. */
function daily(chosen: (product: number) => boolean, orders: number): number[] {
  const days = new Array<number>(COMPLETE_DAYS).fill(0);
  for (const purchase of PURCHASES) {
    if (purchase.day < COMPLETE_DAYS) days[purchase.day] += valueWhere(purchase, chosen);
  }
  for (let day = 0; day < COMPLETE_DAYS; day += 5) days[day] += orders;
  return days;
}

function monthly(days: readonly number[]): Record<string, number> {
  const lengths = MONTHS.map((_, month) => new Date(Date.UTC(2024, month + 1, 0)).getUTCDate());
  const totals = lengths.map((length, month) => {
    const first = (Date.UTC(2024, month, 1) - Date.UTC(2024, 0, 1)) / DAY_MS;
    return mean(days.slice(first, first + length)) * length;
  });
  return Object.fromEntries(MONTHS.map((name, at) => [name, totals[at] / mean(totals)]));
}

describe('the year of the shop', () => {
  it('tells months from department to department, the last day as its month’s mean', () => {
    const inDepartment = (department: number) => (product: number) =>
      PRODUCTS[product - 1].department === department;
    close(itemsOf('months.grocery'), monthly(daily(inDepartment(0), 6)));
    close(itemsOf('months.electronics'), monthly(daily(inDepartment(1), 0)));
    close(itemsOf('months.clothing'), monthly(daily(inDepartment(2), 0)));
    const garden = daily(inDepartment(4), 0);
    garden[100] += 10;
    close(itemsOf('months.home-garden'), monthly(garden));
    const all = daily(() => true, 6);
    all[100] += 10;
    close(itemsOf('months.all'), monthly(all));
  });

  it('tells the great weeks of all but groceries, and the holidays of groceries', () => {
    const merchandise = daily((product) => PRODUCTS[product - 1].department !== 0, 0);
    merchandise[100] += 10;
    const weeks = Array.from({ length: 52 }, (_, week) =>
      total(merchandise.slice(7 * week, 7 * week + 7)),
    ).sort((a, b) => a - b);
    const median = (weeks[25] + weeks[26]) / 2;
    const ending = (day: number) => total(merchandise.slice(day - 6, day + 1)) / median;
    expect(numberOf('weeks.thanksgiving')).toBeCloseTo(ending(THANKSGIVING + 1), 4);
    expect(numberOf('weeks.christmas')).toBeCloseTo(ending(CHRISTMAS - 1), 4);
    expect(numberOf('weeks.christmas')).toBeGreaterThan(2.5);
    const grocery = daily(isGrocery, 0);
    close(itemsOf('days.holidays'), {
      Thanksgiving: grocery[THANKSGIVING] / mean(grocery),
      'Black Friday': grocery[THANKSGIVING + 1] / mean(grocery),
      '23 Dec': grocery[CHRISTMAS - 2] / mean(grocery),
    });
  });

  it('tells weekdays and hours in local time, summer and winter', () => {
    const days = Array.from({ length: 7 }, (_, weekday) => {
      const trips = TRIPS.filter(({ day }) => day < COMPLETE_DAYS && day % 7 === weekday);
      const count = weekday === 0 ? 53 : 52;
      const sales = total(trips.map((trip) => valueWhere(trip, isGrocery)));
      return { trips: trips.length / count, sales: sales / count };
    });
    const share = (values: readonly number[]) =>
      Object.fromEntries(WEEKDAYS.map((name, at) => [name, values[at] / total(values)]));
    close(itemsOf('weekdays.trips'), share(days.map(({ trips }) => trips)));
    close(itemsOf('weekdays.sales'), share(days.map(({ sales }) => sales)));
    expect(itemsOf('weekdays.trips').Mon).toBeGreaterThan(itemsOf('weekdays.trips').Tue);
    const atHour = (hour: number) => TRIPS.filter((trip) => trip.hour === hour);
    const hours = Object.fromEntries(
      [8, 9, 10, 18, 20].map((hour) => [hour, atHour(hour).length / TRIPS.length]),
    );
    close(itemsOf('hours.trips'), hours);
    const sales = (trips: readonly Purchase[]) =>
      total(trips.map((trip) => valueWhere(trip, isGrocery)));
    close(itemsOf('hours.open'), {
      8: sales(atHour(8)) / sales(TRIPS),
      18: sales(atHour(18)) / sales(TRIPS),
    });
  });

  it('tells when orders come, how large they are, and what share of sales', () => {
    const at = (hour: number) =>
      Array.from({ length: ORDERS }, (_, order) => ORDER_HOURS[order % 7]).filter(
        (h) => h === hour,
      );
    close(itemsOf('online.hours'), {
      10: at(10).length / ORDERS,
      15: at(15).length / ORDERS,
      '0-4': at(3).length / ORDERS,
    });
    close(itemsOf('online.weekdays'), { Mon: itemsOf('online.weekdays').Mon });
    expect(total(Object.values(itemsOf('online.weekdays')))).toBeCloseTo(1, 6);
    const lines = (2 * ORDERS + 1) / ORDERS;
    close(itemsOf('baskets.online'), { mean: lines, p25: 2, median: 2, p75: 2 });
    expect(numberOf('online.share')).toBeCloseTo(onlineSales / (onlineSales + storeSales), 5);
    const hours = (order: number) => 120 * order + ORDER_HOURS[order % 7];
    const gap = (hours(ORDERS - 1) - hours(0)) / (ORDERS - 1) / 24;
    close(itemsOf('online.gaps'), { median: 121 / 24, mean: gap });
    // Of 64 mature orders with two lines, one has a third that is new.
    expect(numberOf('online.reorders')).toBeCloseTo(128 / 129, 5);
  });

  it('tells how many lines, units and categories a basket has', () => {
    const lines = PURCHASES.map((purchase) => purchase.lines.length);
    expect(numberOf('baskets.lines.mean')).toBeCloseTo(mean(lines), 5);
    const m = mean(lines) - 1;
    const variance = total(lines.map((n) => (n - 1 - m) ** 2)) / (lines.length - 1);
    expect(numberOf('baskets.lines.dispersion')).toBeCloseTo((m * m) / (variance - m), 4);
    const grocery = TRIPS.flatMap(groceryLines);
    const shareOf = (units: number) =>
      grocery.filter(([, qty]) => qty === units).length / grocery.length;
    close(itemsOf('baskets.units'), { 1: shareOf(1), 2: shareOf(2), 4: shareOf(4), '5+': 0 });
    expect(numberOf('baskets.units.mean')).toBeCloseTo(mean(grocery.map(([, qty]) => qty)), 5);
    expect(numberOf('baskets.categories')).toBe(2);
    const basketLines = TRIPS.map((trip) => groceryLines(trip).length);
    expect(curveOf('baskets.lines').rows).toBe(TRIPS.length);
    expect(curveOf('baskets.lines').quantiles[7]).toBeCloseTo(3 / mean(basketLines), 4);
    expect(curveOf('baskets.value').mean).toBeCloseTo(1, 6);
  });

  it('tells which products sell, at which price and how often promoted', () => {
    const grocery = TRIPS.flatMap(groceryLines);
    const counts = [1, 2, 3, 7].map((p) => grocery.filter(([product]) => product === p).length);
    const ranked = counts.sort((a, b) => b - a);
    const top = (n: number) => total(ranked.slice(0, n)) / grocery.length;
    close(itemsOf('products.concentration'), { '1 %': top(1), '20 %': top(1), '50 %': top(2) });
    expect(curveOf('prices.unit').rows).toBe(grocery.length);
    expect(curveOf('prices.unit').quantiles[0]).toBe(2);
    const promoted = grocery.filter(([, , isPromoted]) => isPromoted);
    expect(promoted).toHaveLength(70);
    expect(numberOf('promotions.lines')).toBeCloseTo(70 / grocery.length, 5);
    expect(numberOf('promotions.depth.mean')).toBeCloseTo(0.25, 6);
    expect(curveOf('promotions.depth')).toMatchObject({ rows: 70, mean: 0.25 });
  });

  it('tells what promotions do to a product that sells twice as much', () => {
    expect(numberOf('promotions.weeks')).toBeCloseTo(2, 6);
    expect(numberOf('promotions.uplift')).toBeCloseTo(2, 6);
    expect(numberOf('promotions.elasticity')).toBeCloseTo(Math.log(2) / Math.log(0.75), 6);
  });

  it('tells how households differ', () => {
    const weeks = DAYS / 7;
    const households = [1, 3, 4, 5].map(tripsOf);
    const rates = households.map((trips) => trips.length / weeks).sort((a, b) => a - b);
    const measured = curveOf('households.trips');
    expect(measured.rows).toBe(4);
    expect(measured.quantiles[3]).toBeCloseTo(rates[1], 2);
    expect(numberOf('households.trips.mean')).toBeCloseTo(mean(rates), 4);
    // Daily and weekly: 365 + 356 gaps of a day, 52 of a week.
    expect(curveOf('households.gaps')).toMatchObject({ rows: 365 + 356 + 52 });
    expect(curveOf('households.gaps').mean).toBeCloseTo((365 + 356 + 7 * 52) / 773, 4);
    expect(curveOf('households.stores').mean).toBe(1.25);
    expect(numberOf('households.top-store')).toBe(1);
    const values = households
      .map((trips) => total(trips.map((trip) => valueWhere(trip, isGrocery))))
      .sort((a, b) => b - a);
    const topValue = (n: number) => total(values.slice(0, n)) / total(values);
    close(itemsOf('households.concentration'), { '1 %': topValue(1), '50 %': topValue(2) });
    const meanBasket = mean(TRIPS.map((trip) => groceryLines(trip).length));
    const steady = [1, 3, 5].map((customer) =>
      mean(tripsOf(customer).map((trip) => groceryLines(trip).length)),
    );
    expect(curveOf('households.lines').mean).toBeCloseTo(mean(steady) / meanBasket, 3);
    const weekend = [1, 3, 5].map((customer) =>
      mean(tripsOf(customer).map(({ day }) => (day % 7 >= 5 ? 1 : 0))),
    );
    expect(curveOf('households.weekend').mean).toBeCloseTo(mean(weekend), 3);
    // Always at the same local hour, whatever the season.
    expect(curveOf('households.hours')).toMatchObject({ rows: 3, mean: 0 });
    expect(curveOf('households.variation').rows).toBe(3);
    expect(Math.min(...curveOf('households.variation').curve)).toBe(0);
    expect(curveOf('households.promotions').mean).toBeCloseTo(70 / 357 / 3, 4);
  });

  it('tells what households buy again', () => {
    // All that they buy after their first trips is known to them.
    expect(curveOf('households.repeats')).toMatchObject({ rows: 3, mean: 1 });
    const first = TRIPS.filter(({ day }) => day < DAYS / 12).flatMap(groceryLines).length;
    close(itemsOf('repeats.months'), { 1: (first - 6) / first, 2: 1, 12: 1 });
    const july = TRIPS.filter(({ day }) => Math.floor((12 * day) / DAYS) === 6);
    const lines = july.flatMap(groceryLines).length;
    close(itemsOf('repeats.months'), {
      7: (lines - (july.some((t) => t.customer === 4) ? 10 : 0)) / lines,
    });
  });

  it('tells how receipts are paid and taxed', () => {
    const share = (...tenders: number[]) =>
      PURCHASES.filter(({ tender }) => tenders.includes(tender)).length / PURCHASES.length;
    close(itemsOf('tender'), {
      credit: share(1),
      debit: share(2),
      cash: share(0),
      'mobile or check': share(3, 4),
    });
    expect(Object.keys(itemsOf('tax'))).toEqual(['TN']);
    expect(itemsOf('tax').TN).toBeCloseTo(0.0956, 4);
    expect(resultOf('tax').verdict).toBe('met');
  });

  it('tells how many visitors buy and how long they stay', () => {
    expect(numberOf('visits.conversion')).toBeCloseTo(
      PURCHASES.length / (PURCHASES.length + LOOKERS),
      5,
    );
    const full = PURCHASES.filter(({ lines }) => lines.length >= 5);
    expect(numberOf('visits.full')).toBeCloseTo(mean(full.map(stayMinutes)), 5);
    expect(numberOf('visits.quick')).toBe(15);
    expect(numberOf('checkout.item')).toBeCloseTo(3, 6);
    expect(numberOf('checkout.base')).toBeCloseTo(41, 6);
    // Nearly all stay the same time, which is far from a lognormal.
    expect(numberOf('visits.lognormal')).toBeGreaterThan(0.4);
  });

  it('tells stock that is gone, written off and brought back', () => {
    expect(numberOf('stock.out')).toBeCloseTo(3 / (2 * PRODUCTS.length * COMPLETE_DAYS), 8);
    const grocery = total(
      PURCHASES.map((purchase) =>
        valueWhere(purchase, (product) => PRODUCTS[product - 1].department === 0),
      ),
    );
    expect(numberOf('stock.shrink')).toBeCloseTo(13 / storeSales, 8);
    expect(numberOf('stock.shrink.grocery')).toBeCloseTo(8 / grocery, 8);
    expect(numberOf('returns.share')).toBeCloseTo(108 / storeSales, 8);
    expect(numberOf('returns.grocery')).toBeCloseTo(8 / grocery, 8);
    expect(numberOf('returns.26-dec')).toBeCloseTo(8 / (108 / COMPLETE_DAYS), 4);
  });

  it('tells what ads bring', () => {
    const names = ['SEARCH', 'EMAIL', 'SOCIAL', 'DISPLAY', 'VIDEO'];
    close(
      itemsOf('ads.visits'),
      Object.fromEntries(names.map((name, at) => [name, BROUGHT[at] / IMPRESSIONS])),
    );
    const { buyers, lookers } = MARKETED;
    const brought = tripsOf(1).slice(0, buyers);
    const others = PURCHASES.filter((purchase) => !brought.includes(purchase));
    expect(numberOf('ads.purchases')).toBeCloseTo(buyers / (buyers + lookers), 6);
    expect(numberOf('ads.purchases.others')).toBeCloseTo(
      others.length / (others.length + LOOKERS - lookers),
      6,
    );
    const ratio = (of: (purchase: Purchase) => number) =>
      mean(brought.map(of)) / mean(others.map(of));
    expect(numberOf('ads.spend')).toBeCloseTo(
      ratio((p) => valueWhere(p, () => true)),
      5,
    );
    expect(numberOf('ads.lines')).toBeCloseTo(
      ratio(({ lines }) => lines.length),
      5,
    );
    expect(numberOf('ads.stay')).toBeCloseTo(ratio(stayMinutes), 5);
  });

  it('tells how signals fade and trucks drive', () => {
    // Levels of +6 and -6 dB, six pings each: covariances of 36 × 2/3 and 36 × 1/3.
    expect(numberOf('ble.correlation')).toBeCloseTo(0.5, 2);
    expect(numberOf('ble.shadowing')).toBeCloseTo(Math.sqrt(48), 1);
    // 111.2 km of great circle in 96 minutes at the wheel.
    expect(numberOf('trucks.speed')).toBeCloseTo(((111.195 / 1.609344) * 1.25) / 1.6, 2);
    expect(numberOf('trucks.dock')).toBe(120);
    expect(numberOf('trucks.pallets')).toBe(26);
  });

  it('tells that tables and columns belong together', () => {
    const joint = report.statistics.filter(({ id }) => id.startsWith('joint.'));
    expect(joint.length).toBeGreaterThan(9);
    for (const { id, measured } of joint) expect(measured, id).toBe(1);
  });
});

describe('a report', () => {
  it('has a verdict for every target, and a reason for each that is not met', () => {
    const { met, missed, unmeasured, statistics } = report;
    expect(met + missed + unmeasured).toBe(statistics.length);
    for (const { id, verdict, reason, measured, distance, definition } of statistics) {
      expect(reason === undefined, id).toBe(verdict === 'met');
      if (verdict === 'cannot be measured') continue;
      expect(measured, id).toBeDefined();
      expect(distance, id).toBeGreaterThanOrEqual(0);
      expect(distance, id).toBeLessThanOrEqual(1);
      expect(definition, id).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('measures all but what no file tells, and what its tables don’t have', () => {
    const open = report.statistics.filter(({ verdict }) => verdict === 'cannot be measured');
    const later = ['ads.clicks', 'stock.reactions', 'weather.visits'];
    expect(open.map(({ id }) => id).filter((id) => !later.includes(id))).toEqual([
      'products.concentration.assortment',
      'promotions.weeks.second',
      'visits.conversion.missions',
      'ble.path-loss',
      'trucks.circuity',
      'trucks.breakdowns',
      'trucks.weight',
    ]);
  });
});
