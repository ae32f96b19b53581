import { describe, expect, it } from 'vitest';
import { type Report, withReport } from './report.ts';
import { digits, tableText } from './table.ts';

function report(runtime: string, figure: string): Report {
  const table = { title: 'Speed', about: 'Of it.', columns: ['', 'rows'], rows: [['all', figure]] };
  return {
    runtime,
    version: `${runtime}.1.2`,
    machine: '2 cores',
    day: '2024-03-01',
    load: [0.5, 1.2],
    benches: [{ command: 'npm run bench -- --only speed', tables: [table] }],
  };
}

describe('docs/benchmarks.md', () => {
  it('keeps the sections of other runtimes and replaces its own', () => {
    const node = withReport('', report('Node 20', '1 M'));
    const both = withReport(node, report('Deno 2', '2 M'));
    const again = withReport(both, report('Node 20', '3 M'));
    expect(both).toContain('| all | 1 M |');
    expect(again).toContain('| all | 2 M |');
    expect(again).toContain('| all | 3 M |');
    expect(again).not.toContain('1 M');
    expect(again.match(/^#+ .*/gm)).toEqual([
      '# Benchmarks',
      '## Node 20',
      '### Speed',
      '## Deno 2',
      '### Speed',
    ]);
    expect(withReport(again, report('Node 20', '3 M'))).toBe(again);
  });

  it('shows versions, machine, load and command', () => {
    const text = withReport('', report('Node 20', '1 M'));
    expect(text).toContain('Node 20.1.2 on 2 cores; 2024-03-01.');
    expect(text).toContain('before the bench 0.5, after it 1.2.');
    expect(text).toContain('\n    npm run bench -- --only speed\n');
  });
});

describe('figures', () => {
  it('have three significant digits', () => {
    expect([0.01234, 0.5, 4.567, 45.67, 456.7, 4567, 0].map(digits)).toEqual([
      '0.0123',
      '0.500',
      '4.57',
      '45.7',
      '457',
      '4567',
      '0.00',
    ]);
  });

  it('are aligned on a terminal', () => {
    const columns = ['', 'a'];
    const rows = [
      ['one', '1'],
      ['eleven', '11'],
    ];
    expect(tableText({ title: 'T', about: '', columns, rows })).toBe(
      'T\n           a\n  one      1\n  eleven  11\n',
    );
  });
});
