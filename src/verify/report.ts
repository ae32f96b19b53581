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

/** Returns the report as a table: ✓ or ✗, number, violations, statement, and an example below each failed check. */
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
  const held = report.checks.length - report.broken;
  const verdict =
    report.broken === 0
      ? `All ${report.checks.length} checks hold`
      : `${report.broken} of ${report.checks.length} checks are broken, ${held} hold`;
  return `${verdict} (${grouped(report.factRows)} rows in ${report.seconds.toFixed(1)} s).`;
}

/** Returns the report as JSON with an indentation of two. */
export function reportJson(report: VerifyReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function checkLines(check: CheckResult, width: number, colour: boolean): string[] {
  const holds = check.violations === 0;
  const mark = holds ? '✓' : '✗';
  const marked = colour ? `${holds ? GREEN : RED}${mark}${PLAIN}` : mark;
  const count = holds ? '' : grouped(check.violations);
  const head = `${check.id.padEnd(4)} ${count.padStart(9)}  `;
  const line = `${marked} ${head}${cut(check.statement, width - 2 - head.length)}`;
  if (check.example === undefined) return [line];
  const indent = ' '.repeat(2 + head.length);
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
