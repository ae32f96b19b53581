import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purposeKey, Substream } from '../../src/engine/substream.ts';
import {
  drivenMs,
  dutyAfterMs,
  KM_PER_MILE,
  MAX_DRIVING_MS,
  mustRest,
  OFF_DUTY_MS,
  plannedDriveMs,
  restsWithinMs,
} from '../../src/policy/roads.ts';

const stream = Substream.of(1, purposeKey('test', 'roads'));
const distance = fc.double({ min: 0, max: 3000, noNaN: true });

describe('roads', () => {
  it('never lets a truck beat the great circle at 70 mph, whatever the traffic', () => {
    fc.assert(
      fc.property(distance, fc.double({ min: 0.3, max: 3, noNaN: true }), (km, factor) => {
        const hours = drivenMs(km, factor, stream) / 3_600_000;
        expect(hours * 70 * KM_PER_MILE).toBeGreaterThanOrEqual(km);
      }),
    );
  });

  it('keeps every duty period within eleven hours at the wheel', () => {
    fc.assert(
      fc.property(fc.array(distance, { maxLength: 8 }), (legs) => {
        let dutyMs = 0;
        for (const km of legs) {
          const driveMs = drivenMs(km, 1, stream);
          if (mustRest(dutyMs, driveMs)) dutyMs = 0;
          dutyMs = dutyAfterMs(dutyMs, driveMs);
          expect(dutyMs).toBeLessThanOrEqual(MAX_DRIVING_MS);
          expect(dutyMs).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('puts ten hours of rest into each leg longer than a duty period', () => {
    expect(restsWithinMs(MAX_DRIVING_MS)).toBe(0);
    expect(restsWithinMs(MAX_DRIVING_MS + 1)).toBe(OFF_DUTY_MS);
    expect(restsWithinMs(2 * MAX_DRIVING_MS + 1)).toBe(2 * OFF_DUTY_MS);
  });

  it('scatters around the plan', () => {
    const draws = Array.from({ length: 2000 }, () => drivenMs(200, 1, stream));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(mean / plannedDriveMs(200)).toBeGreaterThan(0.98);
    expect(mean / plannedDriveMs(200)).toBeLessThan(1.03);
  });
});
