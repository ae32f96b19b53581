import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEPARTMENTS } from '../../src/domain/values.ts';
import { Substream } from '../../src/engine/substream.ts';
import { buildAssortment } from '../../src/world/assortment.ts';
import { drawPrices } from '../../src/world/prices.ts';
import type { Products } from '../../src/world/world.ts';
import { dictionaries, messageOf, START_MS } from './fixtures.ts';

const DAY_MS = 86_400_000;
const build = (count: number, seed = 42) => buildAssortment(seed, count, dictionaries, START_MS);
const full = build(10_000).products;

describe('prices', () => {
  it('keep cost, sale price, MSRP and base price in their bounds, to the cent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 5_000_000 }),
        fc.nat({ max: DEPARTMENTS.length - 1 }),
        fc.nat(),
        (baseCents, department, seed) => {
          const stream = Substream.of(seed, 1);
          const { costCents, salePriceCents, msrpCents } = drawPrices(
            baseCents,
            department,
            stream,
          );
          expect(costCents).toBeLessThan(salePriceCents);
          expect(salePriceCents).toBeLessThanOrEqual(msrpCents);
          expect(100 * costCents).toBeGreaterThanOrEqual(50 * salePriceCents);
          expect(100 * costCents).toBeLessThanOrEqual(85 * salePriceCents);
          expect(100 * msrpCents).toBeGreaterThanOrEqual(85 * baseCents);
          expect(100 * msrpCents).toBeLessThanOrEqual(115 * baseCents);
          expect(100 * salePriceCents).toBeGreaterThanOrEqual(65 * msrpCents);
          expect(Number.isInteger(costCents + salePriceCents + msrpCents)).toBe(true);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('are discounted for 40 % of the products', () => {
    const { salePriceCents, msrpCents, count } = full;
    const discounted = salePriceCents.filter((price, index) => price < msrpCents[index]).length;
    expect(discounted / count).toBeGreaterThan(0.38);
    expect(discounted / count).toBeLessThan(0.42);
  });
});

describe('the assortment', () => {
  it('has each product name and brand once, and each brand of one company', () => {
    const keys = new Set(full.name.map((name, index) => `${name}|${full.brand[index]}`));
    expect(keys.size).toBe(10_000);
    const companyOf = new Map<string, string>();
    for (const [index, brand] of full.brand.entries()) {
      expect(companyOf.get(brand) ?? full.company[index]).toBe(full.company[index]);
      companyOf.set(brand, full.company[index]);
    }
  });

  it('gives each product its supplier', () => {
    const { products, companies } = build(500);
    for (const [index, company] of products.company.entries()) {
      expect(companies[products.supplierId[index] - 1]).toBe(company);
    }
  });

  it('spreads evenly over the base products', () => {
    const counts = new Map<string, number>();
    for (const name of full.name) counts.set(name, (counts.get(name) ?? 0) + 1);
    expect(counts.size).toBe(dictionaries.baseProducts.length);
    expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
  });

  it('contains the smaller assortment', () => {
    const small = build(1200).products;
    expect(full.name.slice(0, 1200)).toEqual(small.name);
    expect(full.brand.slice(0, 1200)).toEqual(small.brand);
    expect(full.msrpCents.slice(0, 1200)).toEqual(small.msrpCents);
  });

  it('numbers the categories of each department apart, without gaps', () => {
    const keyOf = new Map<number, string>();
    for (const [index, number] of full.categoryIndex.entries()) {
      const key = `${full.department[index]}/${full.category[index]}`;
      expect(keyOf.get(number) ?? key).toBe(key);
      keyOf.set(number, key);
    }
    expect([...keyOf.keys()].sort((a, b) => a - b)).toEqual([...keyOf.keys()].map((_, i) => i));
  });

  it('says how many products the dictionaries allow, and makes that many', () => {
    const message = messageOf(() => build(1_000_000));
    const allowed = Number(/the dictionaries allow (\d+)/.exec(message)?.[1]);
    expect(message).toContain('Cannot make volume.total_products 1000000');
    const { name, brand } = build(allowed).products;
    expect(new Set(name.map((n, i) => `${n}|${brand[i]}`)).size).toBe(allowed);
    expect(messageOf(() => build(allowed + 1))).toContain(`set it to ${allowed} or less`);
  });
});

describe('launches', () => {
  it('lie 60 % before the start, 30 % in the first half year, 10 % later, at midnight', () => {
    const days = [...full.launchMs].map((ms) => (ms - START_MS) / DAY_MS);
    expect(days.every(Number.isInteger)).toBe(true);
    const share = (from: number, to: number) =>
      days.filter((day) => day >= from && day < to).length / days.length;
    expect(share(-1095, 1)).toBeCloseTo(0.6, 1);
    expect(share(1, 183)).toBeCloseTo(0.3, 1);
    expect(share(183, 549)).toBeCloseTo(0.1, 1);
    expect(share(-1095, 549)).toBe(1);
  });

  it('take effect at midnight wherever the start lies within a day', () => {
    const noon = START_MS + DAY_MS / 2;
    for (const ms of buildAssortment(7, 300, dictionaries, noon).products.launchMs) {
      expect(ms % DAY_MS).toBe(0);
    }
  });
});

describe('popularity', () => {
  it('sums to 1 in each department', () => {
    const sums = DEPARTMENTS.map(() => 0);
    for (const [index, popularity] of full.popularity.entries()) {
      sums[full.department[index]] += popularity;
    }
    for (const sum of sums) expect(sum).toBeCloseTo(1, 9);
  });

  it('has a few products sell most in a department, and a long tail sell hardly at all', () => {
    const { top1, top20, top50 } = concentration(full, DEPARTMENTS.indexOf('Grocery'));
    expect(top1).toBeGreaterThan(0.33);
    expect(top1).toBeLessThan(0.5);
    expect(top20).toBeCloseTo(0.9, 1.3);
    expect(top50).toBeCloseTo(0.97, 1.7);
  });

  it('ranks cheap goods that are soon used up before dear ones that last', () => {
    const grocery = [...full.department.keys()].filter(
      (i) => full.department[i] === DEPARTMENTS.indexOf('Grocery') && full.launchMs[i] <= START_MS,
    );
    grocery.sort((a, b) => full.popularity[b] - full.popularity[a]);
    const meanPrice = (products: readonly number[]) =>
      products.reduce((sum, i) => sum + full.salePriceCents[i], 0) / products.length;
    const [top, bottom] = [grocery.slice(0, 200), grocery.slice(-200)];
    expect(meanPrice(top)).toBeLessThan(0.75 * meanPrice(bottom));
    const fresh = (products: readonly number[]) =>
      products.filter((i) => full.category[i] === 'Produce' || full.category[i] === 'Dairy & Eggs');
    expect(fresh(top).length).toBeGreaterThan(1.3 * fresh(bottom).length);
  });

  it('ranks products that are not launched in the lower half', () => {
    for (const department of DEPARTMENTS.keys()) {
      const members = [...full.department.keys()].filter((i) => full.department[i] === department);
      members.sort((a, b) => full.popularity[b] - full.popularity[a]);
      const upper = members.slice(0, Math.floor(members.length / 2));
      expect(upper.every((index) => full.launchMs[index] <= START_MS)).toBe(true);
    }
  });
});

function concentration({ popularity, department }: Products, of: number) {
  const lines = [...popularity].filter((_, index) => department[index] === of);
  lines.sort((a, b) => b - a);
  const top = (share: number) =>
    lines.slice(0, lines.length * share).reduce((sum, line) => sum + line, 0);
  return { top1: top(0.01), top20: top(0.2), top50: top(0.5) };
}
