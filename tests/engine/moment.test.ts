import { describe, expect, it } from 'vitest';
import { isRelative, parseMoment } from '../../src/engine/moment.ts';

const NOW = Date.UTC(2024, 2, 20, 15, 4, 5, 678);
const TODAY = Date.UTC(2024, 2, 20);
const HOUR = 3_600_000;

describe('moments', () => {
  it.each([
    ['now', NOW],
    ['today', TODAY],
    ['-7d', NOW - 7 * 24 * HOUR],
    ['+12h', NOW + 12 * HOUR],
    ['-90m', NOW - 90 * 60_000],
    ['-2w', NOW - 14 * 24 * HOUR],
    ['now-1h', NOW - HOUR],
    ['today-7d', TODAY - 7 * 24 * HOUR],
    ['today+8h', TODAY + 8 * HOUR],
    ['2024-03-01T00:00:00+00:00', Date.UTC(2024, 2, 1)],
    ['2024-03-01', Date.UTC(2024, 2, 1)],
  ])('%s', (text, expected) => {
    expect(parseMoment(text, NOW)).toBe(expected);
    expect(isRelative(text)).toBe(!text.startsWith('2024'));
  });

  it.each(['', 'soon', '7d', '-7', '-7y', 'today-', '-7d-1h', ' now', 'NOW '])(
    'refuses %j',
    (text) => {
      expect(() => parseMoment(text, NOW)).toThrow(
        `"${text}" is not an instant: expected YYYY-MM-DD`,
      );
      expect(() => parseMoment(text, NOW)).toThrow('such as -7d');
      expect(isRelative(text)).toBe(false);
    },
  );

  it('says of a day that there is none', () => {
    expect(() => parseMoment('2023-02-29', NOW)).toThrow('no such day');
  });
});
