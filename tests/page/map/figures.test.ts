/** Figures and times beside the map. */
import { expect, it } from 'vitest';
import { timeOf } from '../../../src/page/map/ticker.tsx';
import { Spark } from '../../../src/page/ui/spark.tsx';

/** The text of what is drawn. */
function textOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node === 'string' || typeof node === 'number') return `${node}`;
  return textOf((node as { props?: { children?: unknown } } | null)?.props?.children ?? '');
}

it('shows the maximum of the samples, not of the axis', () => {
  const spark = (values: readonly number[]) =>
    textOf(Spark({ label: 'Out', atMs: [1, 2], values }));
  expect(spark([0, 0])).toContain('0 (most 0)');
  expect(spark([7, 3])).toContain('3 (most 7)');
});

it('shows the day of events before today', () => {
  const atMs = Date.parse('2024-01-09T14:05:00Z');
  expect(timeOf(atMs, false, '9 Jan')).toBe('14:05');
  expect(timeOf(atMs, false, '10 Jan')).toBe('9 Jan 14:05');
  expect(timeOf(atMs, true, '9 Jan')).toBe('9 Jan');
});
