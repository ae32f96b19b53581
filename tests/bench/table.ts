/** What a bench reports, as text for a terminal and as Markdown for docs/benchmarks.md. */

export interface Table {
  readonly title: string;
  /** One or two sentences: what was measured, and what counts. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns beside each other; the first to the left, the figures to the right. */
export function tableText({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${title}\n${text.map((line) => `  ${line}\n`).join('')}`;
}

/** A section of level three. */
export function tableMarkdown({ title, about, columns, rows }: Table, command: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const rule = `|${columns.map((_, column) => (column === 0 ? '---|' : '--:|')).join('')}\n`;
  return (
    `### ${title}\n\n${about}\n\n    ${command}\n\n` +
    `${line(columns)}${rule}${rows.map(line).join('')}`
  );
}

/** A figure with three digits that count: `0.0312`, `4.57`, `312`. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return `${value}`;
  const before = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.max(0, Math.min(4, 3 - before)));
}

export const millions = (count: number): string => `${(count / 1e6).toFixed(2)} M`;
export const megabytes = (bytes: number): string => `${digits(bytes / 1e6)} MB`;
/** How many times as much: `1.92 ×`. */
export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 1)} ×`;
