/** A verification's result as a table for people and as JSON for machines. */
import type { CheckResult, VerifyReport } from './result.ts';

export interface PrintOptions {
  /** Width of the terminal in columns; statements and examples are cut to it. */
  readonly width?: number;
  /** Whether to mark results in colour. */
  readonly colour?: boolean;
}

const GREEN = '\u001b[32m';
const RED = '\u001b[31m';
const PLAIN = '\u001b[0m';
const MARKS: Record<CheckResult['status'], string> = {
  holds: '✓',
  broken: '✗',
  'nothing to check': '–',
  'not checked': '–',
};
const HUES: Record<CheckResult['status'], string> = {
  holds: GREEN,
  broken: RED,
  'nothing to check': '',
  'not checked': '',
};

/** Returns the report as a table: ✓, ✗ or – (not checked), number, violations, statement; below it an example or the reason. */
export function formatReport(report: VerifyReport, options: PrintOptions = {}): string {
  const width = options.width ?? 120;
  const lines = [
    `World ${report.world}, ${report.from} to ${report.to}, ${grouped(report.factRows)} rows`,
    '',
    ...report.checks.flatMap((check) => checkLines(check, width, options.colour ?? false)),
    '',
    summaryLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns a one-line summary. */
export function summaryLine(report: VerifyReport): string {
  const count = (status: CheckResult['status']) =>
    report.checks.filter((check) => check.status === status).length;
  const [held, nothing, skipped] = [
    count('holds'),
    count('nothing to check'),
    count('not checked'),
  ];
  const vacuous = nothing === 0 ? '' : `, ${nothing} of them with nothing to check`;
  const verdict =
    report.broken === 0
      ? `All ${report.checks.length} checks hold${vacuous}`
      : [
          `${report.broken} of ${report.checks.length} checks are broken`,
          `${held} hold`,
          ...(nothing === 0 ? [] : [`${nothing} have nothing to check`]),
          ...(skipped === 0 ? [] : [`${skipped} were not checked`]),
        ].join(', ');
  return `${verdict} (${grouped(report.factRows)} rows in ${report.seconds.toFixed(1)} s).`;
}

/** Returns the report as JSON with an indentation of two. */
export function reportJson(report: VerifyReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function checkLines(check: CheckResult, width: number, colour: boolean): string[] {
  const mark = MARKS[check.status];
  const hue = HUES[check.status];
  const marked = colour && hue !== '' ? `${hue}${mark}${PLAIN}` : mark;
  const count = check.status === 'broken' ? grouped(check.violations) : '';
  const head = `${check.id.padEnd(4)} ${count.padStart(9)}  `;
  const line = `${marked} ${head}${cut(check.statement, width - 2 - head.length)}`;
  const indent = ' '.repeat(2 + head.length);
  if (check.reason !== undefined) {
    return [line, `${indent}${cut(`${check.status}: ${check.reason}`, width - indent.length)}`];
  }
  if (check.example === undefined) return [line];
  return [line, `${indent}e.g. ${cut(exampleText(check.example), width - indent.length - 5)}`];
}

function exampleText(example: Record<string, unknown>): string {
  return Object.entries(example)
    .map(
      ([name, value]) =>
        `${name} ${value === null ? '-' : typeof value === 'object' ? JSON.stringify(value) : value}`,
    )
    .join(', ');
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
