import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/engine/pacer.ts';

const START = Date.parse('2024-03-01T09:00:00Z');

function paced(speed: number, patienceMs = 1000) {
  const wall = { ms: 5_000_000 };
  const pacer = new Pacer({ simulatedMs: START, speed, wallMs: () => wall.ms, patienceMs });
  return { wall, pacer };
}

describe('the pacer', () => {
  it('does not drift, however irregular the calls', () => {
    const asked = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 200 });
    fc.assert(
      fc.property(asked, fc.constantFrom(0.5, 1, 60, 1000), (steps, speed) => {
        const { wall, pacer } = paced(speed);
        let elapsedMs = 0;
        for (const step of steps) {
          wall.ms += step;
          elapsedMs += step;
          expect(pacer.dueMs()).toBe(Math.floor(START + elapsedMs * speed));
          pacer.reached(pacer.dueMs());
        }
        expect(pacer.givenUpMs).toBe(0);
      }),
    );
  });

  it('lets no time pass while it is paused, and does not make up for it', () => {
    const { wall, pacer } = paced(60);
    wall.ms += 1000;
    pacer.pause();
    pacer.pause();
    wall.ms += 10_000;
    expect(pacer.dueMs()).toBe(START + 60_000);
    expect(pacer.waitMs(START)).toBe(Infinity);
    pacer.resume();
    pacer.resume();
    expect(pacer.dueMs()).toBe(START + 60_000);
    wall.ms += 500;
    expect(pacer.dueMs()).toBe(START + 90_000);
    expect(pacer.givenUpMs).toBe(0);
  });

  it('gives up time by which the simulation is too far behind', () => {
    const { wall, pacer } = paced(10, 2000);
    wall.ms += 1500;
    pacer.reached(START);
    expect(pacer.behindMs(START)).toBe(1500);
    wall.ms += 8500;
    pacer.reached(START);
    expect(pacer.behindMs(START)).toBe(2000);
    expect(pacer.givenUpMs).toBe(8000);
    expect(pacer.dueMs()).toBe(START + 20_000);
  });

  it('changes its speed without a jump', () => {
    const { wall, pacer } = paced(60);
    wall.ms += 1000;
    pacer.setSpeed(1, START + 50_000);
    expect(pacer.dueMs()).toBe(START + 60_000);
    wall.ms += 1000;
    expect(pacer.dueMs()).toBe(START + 61_000);
    pacer.setSpeed(Infinity, START + 61_000);
    expect(pacer.dueMs()).toBe(Infinity);
    expect(pacer.waitMs(START + 1e9)).toBe(0);
    pacer.setSpeed(2, START + 500_000);
    expect(pacer.dueMs()).toBe(START + 500_000);
    expect(pacer.waitMs(START + 501_000)).toBe(500);
  });

  it('refuses speeds that are not above 0', () => {
    for (const speed of [0, -1, Number.NaN]) expect(() => paced(speed)).toThrow(RangeError);
  });
});
