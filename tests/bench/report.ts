/** docs/benchmarks.md: a section for each runtime, of the last full bench on it. */
import { type Table, tableMarkdown } from './table.ts';

export interface Report {
  /** Such as `Node 20`; the heading of its section. */
  readonly runtime: string;
  readonly version: string;
  readonly machine: string;
  /** Day of the run, `2024-03-01`. */
  readonly day: string;
  /** Mean number of processes that wanted a core, before and after. */
  readonly load: readonly [before: number, after: number];
  readonly benches: readonly { readonly command: string; readonly tables: readonly Table[] }[];
}

const HEAD = `# Benchmarks

\`npm run bench\` (Node) and \`deno task bench\` write this file; each replaces its own section. The command under a
heading measures only that part. Absolute figures depend on the machine and its load: compare the ratios.
`;

/** Returns the document with this report instead of an earlier one of the same runtime. */
export function withReport(document: string, report: Report): string {
  const [, ...sections] = document.split(/^(?=## )/m);
  const own = section(report);
  const heading = headingOf(own);
  const at = sections.findIndex((other) => headingOf(other) === heading);
  if (at < 0) sections.push(own);
  else sections[at] = own;
  const ordered = sections.toSorted((a, b) => (headingOf(a) < headingOf(b) ? 1 : -1));
  return [HEAD, ...ordered].map((part) => `${part.trimEnd()}\n`).join('\n');
}

function section({ runtime, version, machine, day, load, benches }: Report): string {
  const tables = benches.flatMap(({ command, tables }) =>
    tables.map((table) => tableMarkdown(table, command)),
  );
  return [
    `## ${runtime}\n`,
    `${version} on ${machine}; ${day}. Load of the machine (mean of a minute) before the bench ` +
      `${load[0].toFixed(1)}, after it ${load[1].toFixed(1)}.\n`,
    ...tables,
  ].join('\n');
}

function headingOf(text: string): string {
  return text.split('\n', 1)[0];
}
