import { describe, expect, it } from 'vitest';
import { Substream } from '../../src/engine/substream.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { exponential } from '../../src/engine/variates.ts';
import {
  fadedExposure,
  Fatigue,
  idleClickChance,
  meanExposure,
} from '../../src/policy/advertising.ts';
import { inHoldout } from '../../src/policy/holdout.ts';
import { marketedPurchaseChances, marketedStay } from '../../src/policy/marketed-visit.ts';
import { MISSION_SHARES, PURCHASE_CHANCE } from '../../src/policy/missions.ts';
import { SEGMENT_SHARES } from '../../src/policy/segments.ts';

/** Mean count of recent ads and mean factor over many ads at random times, the first days left out. */
function overManyAds(fatigue: Fatigue, perDay: number) {
  const stream = Substream.of(1, 2, 3);
  let exposure = meanExposure(perDay);
  let [counts, factors] = [0, 0];
  const ads = 200_000;
  for (let ad = 0; ad < ads; ad++) {
    exposure = fadedExposure(exposure, exponential(stream, DAY_MS / perDay));
    counts += exposure;
    factors += fatigue.factor(exposure);
    exposure++;
  }
  return { count: counts / ads, factor: factors / ads };
}

describe('fatigue', () => {
  it.each([
    [0.1, 0.67],
    [0.3, 1.5],
    [0.05, 4],
  ])('of %f leaves the mean response at %f ads a day as it is', (fatigue, perDay) => {
    const { count, factor } = overManyAds(new Fatigue(fatigue, perDay), perDay);
    expect(count / meanExposure(perDay)).toBeCloseTo(1, 1);
    expect(factor).toBeGreaterThan(0.98);
    expect(factor).toBeLessThan(1.02);
  });

  it('takes its share of the response for each recent ad', () => {
    const fatigue = new Fatigue(0.1, 0.67);
    expect(fatigue.factor(3) / fatigue.factor(2)).toBeCloseTo(0.9, 9);
    expect(fatigue.factor(0)).toBeGreaterThan(1.15);
  });

  it('makes each ad bring less when there are three times as many', () => {
    expect(overManyAds(new Fatigue(0.1, 0.67), 2).factor).toBeLessThan(0.7);
  });

  it('of 0 changes nothing', () => {
    expect(new Fatigue(0, 0.67).factor(5)).toBe(1);
  });

  it('fades: a third is left after three days', () => {
    expect(fadedExposure(3, 3 * DAY_MS)).toBeCloseTo(3 / Math.E, 9);
  });
});

describe('the chance of a click that leads to nothing', () => {
  it('is what the click rate leaves beside those who come', () => {
    const [clickRate, visitRate, clickShare] = [0.045, 0.035, 0.7];
    const idle = idleClickChance(clickRate, visitRate, clickShare);
    expect(visitRate * clickShare + (1 - visitRate) * idle).toBeCloseTo(clickRate, 12);
  });

  it('is 0 where those who come click more often than that', () => {
    expect(idleClickChance(0.01, 0.035, 0.7)).toBe(0);
    expect(idleClickChance(0.5, 1, 0.7)).toBe(0);
  });
});

it('a hold-out group has its share of the customers, another one with each seed', () => {
  const held = (seed: number) =>
    Array.from({ length: 20_000 }, (_, id) => id + 1).filter((id) => inHoldout(seed, id, 0.1));
  expect(held(1).length / 20_000).toBeCloseTo(0.1, 2);
  expect(held(1).filter((id) => inHoldout(2, id, 0.1)).length).toBeLessThan(300);
  expect(inHoldout(1, 5, 0)).toBe(false);
});

describe('a purchase because of an ad', () => {
  const weights = MISSION_SHARES.map((missions, segment) =>
    missions.map((share) => share * SEGMENT_SHARES[segment]),
  );
  const mean = (chances: readonly number[]) =>
    weights.flat().reduce((sum, weight, index) => sum + weight * chances[index % 4], 0);

  it.each([
    ['the default', PURCHASE_CHANCE],
    ['that of the original system', [0.4, 0.4, 0.4, 0.4]],
    ['a low one', [0.1, 0.2, 0.1, 0.3]],
    ['one with a certain purchase', [0.2, 1, 0.5, 0.9]],
  ])('is made on four of five visits whatever the baseline: %s', (_what, baseline) => {
    const chances = marketedPurchaseChances(baseline, 0.8);
    expect(mean(chances)).toBeCloseTo(0.8, 6);
    expect(Math.max(...chances)).toBeLessThanOrEqual(1);
  });

  it('is made on the same missions as others', () => {
    const chances = marketedPurchaseChances([0.3, 0.4, 0.35, 0.42], 0.8);
    const ratios = chances.map((chance, mission) => chance / [0.3, 0.4, 0.35, 0.42][mission]);
    expect(Math.max(...ratios) - Math.min(...ratios)).toBeLessThan(1e-6);
  });

  it('is possible where nobody else buys', () => {
    expect(marketedPurchaseChances([0, 0, 0, 0], 0.8)).toEqual([0.8, 0.8, 0.8, 0.8]);
  });

  it('takes time by its list, and more only beyond that', () => {
    expect(marketedStay(0.57 * 0.25, 0.25)).toBeCloseTo(1, 9);
    expect(marketedStay(0.2, 0.25)).toBeGreaterThan(1.03);
    expect(marketedStay(0, 0.25)).toBeLessThan(0.9);
  });
});
