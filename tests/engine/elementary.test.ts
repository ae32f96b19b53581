import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, ln } from '../../src/engine/elementary.ts';

function relativeError(value: number, truth: number): number {
  return value === truth ? 0 : Math.abs(value - truth) / Math.abs(truth);
}

describe('exp and ln', () => {
  it('lie within 2 units in the last place of the true value', () => {
    fc.assert(
      fc.property(fc.double({ min: -707, max: 709, noNaN: true }), (x) => {
        expect(relativeError(exp(x), Math.exp(x))).toBeLessThan(5e-16);
      }),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1.7e308, noNaN: true }), (x) => {
        expect(relativeError(ln(x), Math.log(x))).toBeLessThan(5e-16);
      }),
      { numRuns: 20_000 },
    );
    for (let i = 1; i < 20_000; i++) {
      expect(relativeError(ln(i / 10_000), Math.log(i / 10_000))).toBeLessThan(5e-16);
    }
  });

  it('have the usual limits', () => {
    expect([exp(0), exp(-1000), exp(1000), exp(Number.NEGATIVE_INFINITY)]).toEqual([
      1,
      0,
      Number.POSITIVE_INFINITY,
      0,
    ]);
    expect([ln(1), ln(0), ln(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect([ln(-1), ln(Number.NaN), exp(Number.NaN)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('give these very bits on every runtime', () => {
    expect([exp(-0.1), exp(1.7), exp(-12.25), exp(300.5)]).toEqual([
      0.9048374180359595, 5.473947391727199, 0.00000478511739212901, 3.2025197146036333e130,
    ]);
    expect([ln(0.15), ln(1.7), ln(123.456), ln(1e-9)]).toEqual([
      -1.8971199848858813, 0.5306282510621704, 4.815884817283264, -20.72326583694641,
    ]);
  });
});
