import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StreamStep } from '../../src/stream/stream-step.ts';

it('stays a whole number of ms within its bounds, whatever the events', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 60 }), (steps) => {
      const step = new StreamStep();
      for (const events of steps) {
        step.observe(events);
        expect(Number.isInteger(step.ms)).toBe(true);
        expect(step.ms).toBeGreaterThanOrEqual(1);
        expect(step.ms).toBeLessThanOrEqual(300_000);
      }
    }),
  );
});

it('finds the length with few events', () => {
  const step = new StreamStep();
  // Forty events in a simulated second, then two hundred.
  for (let n = 0; n < 40; n++) step.observe(step.ms * 0.04);
  expect(step.ms * 0.04).toBeLessThan(4_000);
  expect(step.ms * 0.04).toBeGreaterThan(400);
  for (let n = 0; n < 40; n++) step.observe(step.ms * 0.2);
  expect(step.ms * 0.2).toBeLessThanOrEqual(2_000);
});
