import { expect, it } from 'vitest';
import { bytes, formatBytes, formatCount, short, span } from '../../src/domain/format.ts';

it('shows sizes as short as they read well, and with a decimal more in reports', () => {
  const sizes = [0, 950, 1234, 12_345, 123_456, 999_600, 3.4e9];
  expect(sizes.map(bytes)).toEqual([
    ...['0 B', '950 B', '1.2 kB', '12 kB', '123 kB', '1.0 MB', '3.4 GB'],
  ]);
  expect(sizes.map(formatBytes)).toEqual([
    ...['0 B', '950 B', '1.2 kB', '12.3 kB', '123 kB', '1.0 MB', '3.4 GB'],
  ]);
});

it('shows counts and spans', () => {
  expect([7, 12_345, -1500].map(formatCount)).toEqual(['7', '12.3 k', '-1.5 k']);
  expect([1234, 12_345].map(short)).toEqual(['1,234', '12.3K']);
  expect([900, 8000, 90_000, 5 * 3_600_000].map(span)).toEqual([
    '900 ms',
    '8 s',
    '1 min 30 s',
    '5 h',
  ]);
});
