import { describe, expect, it } from 'vitest';
import { formatReport, reportJson } from '../../src/verify/report.ts';
import type { VerifyReport } from '../../src/verify/result.ts';

const report: VerifyReport = {
  world: 'data',
  from: '2024-01-01T00:00:00.000Z',
  to: '2024-01-15T00:00:00.000Z',
  factRows: 1234567,
  checks: [
    { id: '01a', statement: 'Keys are unique.', status: 'holds', violations: 0, seconds: 0.5 },
    {
      id: '13',
      statement: 'Stock on hand is never negative.',
      status: 'broken',
      violations: 1200,
      example: { StoreID: 7, Balance: -1, Note: null },
      seconds: 0.25,
    },
    {
      id: '42a',
      statement: 'Nothing leaves a DC that is out.',
      status: 'nothing to check',
      reason: 'no outages',
      violations: 0,
      seconds: 0.25,
    },
    {
      id: '43a',
      statement: 'Days are UTC.',
      status: 'not checked',
      reason: 'rows of returns are missing',
      violations: 0,
      seconds: 0,
    },
  ],
  broken: 1,
  seconds: 12.345,
};

describe('formatReport', () => {
  it('marks what holds and what does not, with an example', () => {
    expect(formatReport(report)).toBe(
      `World data, 2024-01-01T00:00:00.000Z to 2024-01-15T00:00:00.000Z, 1,234,567 rows

✓ 01a             Keys are unique.
✗ 13       1,200  Stock on hand is never negative.
                  e.g. StoreID 7, Balance -1, Note -
– 42a             Nothing leaves a DC that is out.
                  nothing to check: no outages
– 43a             Days are UTC.
                  not checked: rows of returns are missing

1 of 4 checks are broken, 1 hold, 1 have nothing to check, 1 were not checked (1,234,567 rows in 12.3 s).
`,
    );
  });

  it('fits the terminal', () => {
    for (const line of formatReport(report, { width: 40 }).split('\n').slice(2, 5)) {
      expect(line.length).toBeLessThanOrEqual(40);
    }
  });

  it('uses colour only where asked', () => {
    expect(formatReport(report, { colour: true })).toContain('\u001b[31m✗\u001b[0m 13');
    expect(formatReport(report)).not.toContain('\u001b');
  });

  it('says so when all hold', () => {
    const good = { ...report, checks: report.checks.slice(0, 1), broken: 0 };
    expect(formatReport(good)).toContain('All 1 checks hold (');
    const vacuous = { ...good, checks: [report.checks[0], report.checks[2]] };
    expect(formatReport(vacuous)).toContain('All 2 checks hold, 1 of them with nothing to check (');
  });
});

describe('reportJson', () => {
  it('is the report', () => {
    expect(JSON.parse(reportJson(report))).toEqual(report);
  });
});
