/** docs/realism.md, as `npm run realism` writes it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RealismReport, StatisticResult } from '../../src/report/result.ts';
import { readTargets } from '../../src/report/targets.ts';
import { realismDocument } from '../../tools/realism/document.ts';

const statistic = (rest: Partial<StatisticResult>): StatisticResult => ({
  id: 'stock.out',
  title: 'Out of stock',
  source: 'FMI',
  target: { from: 0.07, to: 0.11 },
  tolerance: {},
  verdict: 'met',
  ...rest,
});
const report = (...statistics: StatisticResult[]): RealismReport => ({
  world: 'w',
  from: '2024-01-01T00:00:00.000Z',
  to: '2025-01-01T00:00:00.000Z',
  days: 366,
  statistics,
  met: 1,
  missed: 0,
  unmeasured: 0,
  pictures: [],
  problems: 0,
  seconds: 1,
});
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('| `'));

describe('the document', () => {
  it('shows every seed, the worst distance, and how many seeds miss', () => {
    const text = realismDocument(
      [
        report(statistic({ measured: 0.08, distance: 1 })),
        report(statistic({ measured: 0.05, distance: 0.714, verdict: 'missed', reason: 'low' })),
      ],
      [1, 2],
      366,
    );
    expect(text).toContain('seed 1: 1 of 1 met');
    expect(rowsOf(text)).toEqual([
      '| `stock.out` Out of stock | 0.07 to 0.11 | 0.08 | 0.05 | 0.71 | missed at 1 of 2 seeds | FMI |',
    ]);
  });

  it('says why something is not measured', () => {
    const open = statistic({ verdict: 'cannot be measured', reason: 'there is no stock' });
    expect(rowsOf(realismDocument([report(open)], [1], 91))).toEqual([
      '| `stock.out` Out of stock | 0.07 to 0.11 |  |  | cannot be measured: there is no stock | FMI |',
    ]);
  });

  it('in the repository has a row for every target', () => {
    const file = path.resolve(import.meta.dirname, '../../docs/realism.md');
    const ids = rowsOf(readFileSync(file, 'utf8')).map((row) => /`([^`]+)`/.exec(row)?.[1]);
    expect(ids).toEqual(readTargets().map(({ id }) => id));
  });
});
