import { describe, expect, it } from 'vitest';
import { mix, purposeKey, Substream } from '../../src/engine/substream.ts';
import { exponential } from '../../src/engine/variates.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { COMPLEMENT_CHANCE, complements } from '../../src/policy/complements.ts';
import { basketSize, listLines, purchaseRate } from '../../src/policy/household-baskets.ts';
import { seesDisplay, takes } from '../../src/policy/household-deals.ts';
import { comesAt } from '../../src/policy/household-hours.ts';
import {
  accountAgeDays,
  customIn,
  joinMonth,
  MEAN_CUSTOM,
  nextMoveMonth,
} from '../../src/policy/household-life.ts';
import { missionOf } from '../../src/policy/household-missions.ts';
import { MEAN_GAP_DAYS, onlineRate, onlineShare } from '../../src/policy/household-online.ts';
import {
  entryChance,
  habit,
  LARGEST_REPERTOIRE,
  likingOf,
  noticePeriod,
  notices,
  repertoireSize,
} from '../../src/policy/household-repertoire.ts';
import { mainStoreShare, storesUsed } from '../../src/policy/household-stores.ts';
import { MISSION_SHARES } from '../../src/policy/missions.ts';
import { normally, Trait } from '../../src/policy/trait.ts';

const COUNT = 20_000;
const natures = Array.from({ length: COUNT }, (_, household) => mix(household + 1));
const stream = (purpose: string) => Substream.of(1, purposeKey('test', purpose));

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantiles(values: readonly number[], ...levels: number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return levels.map((level) => sorted[Math.floor(level * sorted.length)]);
}

describe('a trait', () => {
  it('has the quantiles that were asked for, and is the same whenever it is asked', () => {
    const trait = new Trait('test', normally(10, 2));
    const [low, middle, high] = quantiles(
      natures.map((nature) => trait.of(nature)),
      0.1,
      0.5,
      0.9,
    );
    expect(low).toBeCloseTo(10 - 2 * 1.2816, 1);
    expect(middle).toBeCloseTo(10, 1);
    expect(high).toBeCloseTo(10 + 2 * 1.2816, 1);
    expect(new Trait('test', normally(10, 2)).of(natures[7])).toBe(trait.of(natures[7]));
  });

  it('tells nothing of another', () => {
    const [first, second] = ['first', 'second'].map((name) => new Trait(name, normally(0, 1)));
    const product = natures.map((nature) => first.of(nature) * second.of(nature));
    expect(Math.abs(meanOf(product))).toBeLessThan(0.03);
  });
});

describe('rates and baskets', () => {
  it('spread trips as in the source: a tenth under a seventh, a tenth over twice the mean', () => {
    const rates = natures.map(purchaseRate);
    const [low, middle, high] = quantiles(rates, 0.1, 0.5, 0.9);
    expect(meanOf(rates)).toBeCloseTo(1, 1);
    expect(low).toBeCloseTo(0.16, 1.7);
    expect(middle).toBeCloseTo(0.75, 1.3);
    expect(high).toBeCloseTo(2.18, 0.7);
  });

  it('keep the mean length of lists over visits, and let who comes often buy less', () => {
    const visits = natures.map(purchaseRate);
    const lines = natures.map((nature, index) => visits[index] * basketSize(nature));
    expect(meanOf(lines) / meanOf(visits)).toBeCloseTo(1, 1.7);
    const often = natures.filter((nature) => purchaseRate(nature) > 2).map(basketSize);
    const seldom = natures.filter((nature) => purchaseRate(nature) < 0.3).map(basketSize);
    expect(meanOf(often)).toBeLessThan(0.75 * meanOf(seldom));
  });

  it('draw lists around the mean of the household', () => {
    const draws = stream('lines');
    const nature = natures[3];
    const lines = Array.from({ length: 20_000 }, () => listLines(draws, 10, nature));
    expect(meanOf(lines) / (10 * basketSize(nature))).toBeCloseTo(1, 1.3);
    expect(Math.min(...lines)).toBe(1);
  });
});

describe('missions', () => {
  it('of a household are mostly one, over all households those of the segment', () => {
    const draws = stream('missions');
    const counts = [0, 0, 0, 0];
    for (const nature of natures) counts[missionOf(draws, nature, MISSION_SHARES[0], 1)]++;
    for (const [mission, share] of MISSION_SHARES[0].entries()) {
      expect(counts[mission] / COUNT).toBeCloseTo(share, 1.7);
    }
    const own = [0, 0, 0, 0];
    for (let visit = 0; visit < 2000; visit++)
      own[missionOf(draws, natures[5], MISSION_SHARES[0], 1)]++;
    expect(Math.max(...own) / 2000).toBeGreaterThan(0.7);
  });
});

describe('hours and days', () => {
  it('lean to either side for about half of the households', () => {
    const weekend = natures.map((nature) => comesAt(nature, 6, 15));
    expect(meanOf(weekend)).toBeCloseTo(0.5, 1);
    const [low, high] = quantiles(weekend, 0.1, 0.9);
    expect(high / low).toBeGreaterThan(1.5);
  });

  it('of one household stay as they are', () => {
    const nature = natures[11];
    expect(comesAt(nature, 5, 10)).toBe(comesAt(nature, 6, 10));
    expect(comesAt(nature, 0, 10)).toBe(comesAt(nature, 4, 10));
    expect(comesAt(nature, 0, 10)).not.toBe(comesAt(nature, 6, 10));
  });
});

describe('stores', () => {
  it('of a household are one to six, and one takes about three quarters of the trips', () => {
    const used = natures.map(storesUsed);
    expect(quantiles(used, 0.1, 0.5, 0.9)).toEqual([1, 3, 6]);
    const [middle] = quantiles(natures.map(mainStoreShare), 0.5);
    expect(middle).toBeGreaterThan(0.69);
    expect(middle).toBeLessThan(0.81);
  });
});

describe('offers', () => {
  it('are taken rather than other goods by half of the households, and the other way round', () => {
    const lean = natures.map((nature) => takes(nature, true) / takes(nature, false));
    const [low, middle, high] = quantiles(lean, 0.1, 0.5, 0.9);
    expect(middle).toBeCloseTo(1, 1);
    expect(high).toBeCloseTo(1.59, 1);
    expect(low * high).toBeCloseTo(1, 0.7);
    expect(natures.every((n) => Math.max(takes(n, true), takes(n, false)) === 1)).toBe(true);
  });
});

describe('online orders', () => {
  it('come 7 days apart in the middle and 11 on average, counted as 30 when longer', () => {
    const draws = stream('gaps');
    const share = onlineShare(0.02);
    expect(share).toBeCloseTo(0.02 * MEAN_GAP_DAYS, 9);
    const gaps: number[] = [];
    for (const nature of natures.slice(0, 4000)) {
      const rate = onlineRate(nature, share);
      if (rate === 0) continue;
      let day = exponential(draws, MEAN_GAP_DAYS / rate);
      while (day < 365) {
        const gap = exponential(draws, MEAN_GAP_DAYS / rate);
        if (day + gap < 365) gaps.push(Math.min(30, gap));
        day += gap;
      }
    }
    const [middle] = quantiles(gaps, 0.5);
    expect(middle).toBeGreaterThan(6.3);
    expect(middle).toBeLessThan(7.7);
    expect(meanOf(gaps)).toBeGreaterThan(9.8);
    expect(meanOf(gaps)).toBeLessThan(12);
  });

  it('are the habit of everybody if the config asks for so many', () => {
    expect(onlineShare(1)).toBe(1);
    expect(natures.slice(0, 100).every((nature) => onlineRate(nature, 1) > 0)).toBe(true);
    expect(natures.slice(0, 100).every((nature) => onlineRate(nature, 0) === 0)).toBe(true);
  });
});

describe('the life of households', () => {
  const some = natures.slice(0, 8000);
  const away = (month: number) =>
    meanOf(some.map((nature) => Number(customIn(nature, month) === 0)));

  it('keeps the share that is away, in any month', () => {
    for (const month of [0, 1, 12, 60]) expect(away(month)).toBeCloseTo(0.1, 1.5);
    expect(meanOf(some.map((nature) => customIn(nature, 24)))).toBeCloseTo(MEAN_CUSTOM, 1.5);
  });

  it('lets households drift away and come back', () => {
    const left = some.filter((n) => customIn(n, 0) > 0 && customIn(n, 24) === 0);
    const back = some.filter((n) => customIn(n, 0) === 0 && customIn(n, 24) > 0);
    expect(left.length / some.length).toBeCloseTo(0.09, 1.5);
    expect(back.length).toBeGreaterThan(0.7 * left.length);
    expect(back.length).toBeLessThan(1.4 * left.length);
  });

  it('changes little from one month to the next', () => {
    const same = some.filter((n) => customIn(n, 7) === customIn(n, 8));
    expect(same.length / some.length).toBeGreaterThan(0.9);
  });

  it('begins after the opening for some, who were not customers until then', () => {
    const joined = some.filter((nature) => joinMonth(nature) > 0);
    expect(joined.length / some.length).toBeCloseTo(0.06, 1.7);
    for (const nature of joined.slice(0, 100)) {
      expect(customIn(nature, joinMonth(nature) - 1)).toBe(0);
      expect(customIn(nature, joinMonth(nature))).toBeGreaterThan(0);
    }
    const ages = some.map(accountAgeDays);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ages)).toBeLessThanOrEqual(5475);
  });

  it('has one household in twelve move within a year', () => {
    const moved = some.filter((nature) => nextMoveMonth(nature, 1, 0) <= 12);
    expect(moved.length / some.length).toBeCloseTo(0.079, 1.9);
    const first = nextMoveMonth(some[0], 1, 0);
    expect(nextMoveMonth(some[0], 2, first)).toBeGreaterThan(first);
  });
});

describe('repertoires', () => {
  it('differ in size, habit and stability', () => {
    const sizes = natures.map(repertoireSize);
    expect(Math.min(...sizes)).toBe(8);
    expect(Math.max(...sizes)).toBe(LARGEST_REPERTOIRE);
    const [low, high] = quantiles(
      natures.map((nature) => habit(nature, false)),
      0.1,
      0.9,
    );
    expect(high).toBeGreaterThan(4 * low);
    expect(high).toBeGreaterThan(0.25);
    expect(natures.every((nature) => habit(nature, true) > habit(nature, false))).toBe(true);
  });

  it('take in popular products more easily', () => {
    expect(likingOf(0)).toBe(0);
    expect(likingOf(1)).toBe(1);
    expect(entryChance(natures[0], likingOf(10))).toBeGreaterThan(
      9 * entryChance(natures[0], likingOf(1)),
    );
  });

  it('leave a quarter of the assortment to be noticed at a time, another one in the next period', () => {
    const nature = natures[2];
    const products = Array.from({ length: 4000 }, (_, product) => product);
    const parts = [0, 1, 2, 3, 4].map((period) =>
      products.filter((product) => notices(nature, product, period)),
    );
    expect(parts[0].length / products.length).toBeCloseTo(0.25, 1.5);
    expect(new Set(parts.slice(0, 4).flat()).size).toBe(4000);
    expect(parts[4]).toEqual(parts[0]);
    const period = noticePeriod(nature, 19_723);
    expect([period, period + 1]).toContain(noticePeriod(nature, 19_723 + 74));
    expect(noticePeriod(nature, 19_723 + 75)).toBe(period + 1);
  });
});

describe('complements', () => {
  it('go both ways, between categories of the dictionary', () => {
    const names = [...new Set(loadDictionaries().baseProducts.map(({ category }) => category))];
    const partners = complements(names);
    expect(partners.flat().length).toBe(46);
    for (const [category, others] of partners.entries()) {
      for (const other of others) expect(partners[other]).toContain(category);
    }
    const pasta = partners[names.indexOf('Pasta & Grains')];
    expect(pasta).toContain(names.indexOf('Condiments & Sauces'));
    expect(COMPLEMENT_CHANCE).toBeLessThan(0.2);
  });

  it('are none where the categories are unknown', () => {
    expect(complements(['Bread', 'Wine'])).toEqual([[], []]);
  });
});

describe('displays', () => {
  it('show a household one offer in five, others every week', () => {
    const seen = (nature: number, week: number) =>
      Array.from({ length: 5000 }, (_, product) => seesDisplay(nature, product, week));
    const share = (marks: boolean[]) => marks.filter((mark) => mark).length / marks.length;
    for (const nature of [1, -77, 123_456_789]) {
      expect(share(seen(nature, 2830))).toBeGreaterThan(0.18);
      expect(share(seen(nature, 2830))).toBeLessThan(0.22);
    }
    const [first, next] = [seen(5, 2830), seen(5, 2831)];
    const both = first.filter((mark, product) => mark && next[product]).length / 5000;
    expect(both).toBeLessThan(0.06);
    expect(seen(5, 2830)).toEqual(first);
  });
});
