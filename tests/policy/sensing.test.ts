import { expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import { nextShadowing, rssi } from '../../src/policy/sensing.ts';

it('signals lie within what receivers report and follow the shopper from ping to ping', () => {
  const stream = Substream.of(1, purposeKey('test', 'sensing'));
  let shadowing = 0;
  const shadows: number[] = [];
  let sum = 0;
  for (let ping = 0; ping < 20_000; ping++) {
    shadowing = nextShadowing(shadowing, stream);
    shadows.push(shadowing);
    const value = rssi(shadowing, stream);
    expect(value).toBeGreaterThanOrEqual(-100);
    expect(value).toBeLessThanOrEqual(-20);
    sum += value;
  }
  expect(sum / shadows.length).toBeLessThan(-70);
  expect(sum / shadows.length).toBeGreaterThan(-82);
  let variance = 0;
  let covariance = 0;
  for (let at = 1; at < shadows.length; at++) {
    variance += shadows[at] ** 2;
    covariance += shadows[at] * shadows[at - 1];
  }
  expect(Math.sqrt(variance / shadows.length)).toBeCloseTo(5, 0);
  expect(covariance / variance).toBeCloseTo(0.7, 1);
});
