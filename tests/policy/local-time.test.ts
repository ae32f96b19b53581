import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseDay } from '../../src/engine/time.ts';
import { ZoneTime } from '../../src/policy/local-time.ts';

const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'UTC',
  'Australia/Lord_Howe',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) });

/** What the platform's own clock shows. */
function shown(zoneName: string, atMs: number): string {
  return new Date(atMs).toLocaleString('sv-SE', { timeZone: zoneName });
}

describe('ZoneTime', () => {
  it('shows what the platform shows', () => {
    fc.assert(
      fc.property(zone, instant, (name, atMs) => {
        const time = new ZoneTime(name);
        const local = new Date(atMs + time.offsetMs(atMs)).toISOString();
        expect(local.slice(0, 19).replace('T', ' ')).toBe(shown(name, atMs));
        expect(time.localDay(atMs)).toBe(parseDay(local.slice(0, 10)));
        const [hours, minutes] = local.slice(11, 16).split(':').map(Number);
        expect(time.localMinute(atMs)).toBe(hours * 60 + minutes);
      }),
    );
  });

  it('finds the instant of a wall-clock time', () => {
    const days = fc.integer({ min: parseDay('2015-01-02'), max: parseDay('2034-12-30') });
    const minutes = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(zone, days, minutes, (name, day, minute) => {
        const time = new ZoneTime(name);
        const atMs = time.localMinuteMs(day, minute);
        const wallMs = day * DAY_MS + minute * MINUTE_MS;
        // Where the clock jumps forward, the time shown is later by the jump.
        const jumpMs = atMs + time.offsetMs(atMs) - wallMs;
        expect([0, HOUR_MS, HOUR_MS / 2]).toContain(jumpMs);
        if (jumpMs > 0) expect(time.offsetMs(atMs - jumpMs)).toBe(time.offsetMs(atMs) - jumpMs);
      }),
    );
  });

  it('takes the first of two equal times and skips over a missing one', () => {
    const time = new ZoneTime('America/New_York');
    const springs = parseDay('2024-03-10');
    expect(time.localMinuteMs(springs, 150)).toBe(Date.UTC(2024, 2, 10, 7, 30));
    expect(time.localMidnightMs(springs + 1) - time.localMidnightMs(springs)).toBe(23 * HOUR_MS);
    const falls = parseDay('2024-11-03');
    expect(time.localMinuteMs(falls, 90)).toBe(Date.UTC(2024, 10, 3, 5, 30));
    expect(time.localMidnightMs(falls + 1) - time.localMidnightMs(falls)).toBe(25 * HOUR_MS);
  });

  it('changes on the very millisecond', () => {
    const time = new ZoneTime('America/Chicago');
    const changeMs = Date.UTC(2025, 2, 9, 8);
    expect(time.offsetMs(changeMs - 1)).toBe(-6 * HOUR_MS);
    expect(time.offsetMs(changeMs)).toBe(-5 * HOUR_MS);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => new ZoneTime('America/Springfield')).toThrow('America/Springfield');
  });
});
