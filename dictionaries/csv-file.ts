/** Reads and writes the CSV files that stand beside this one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** RFC 4180 text with LF line ends. */
export function csvText(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return stringify([header, ...rows]);
}

/** Writes a file of this folder. */
export function saveCsv(file: string, text: string): void {
  writeFileSync(pathOf(file), text);
}

/** Names of one kind on the blocklist of real ones. */
export function blockedNames(kind: 'person' | 'company' | 'brand' | 'city'): Set<string> {
  const rows = parse(readFileSync(pathOf('blocklist.csv'), 'utf8'), { columns: true });
  return new Set(
    (rows as { Kind: string; Name: string }[])
      .filter((row) => row.Kind === kind)
      .map((row) => row.Name),
  );
}
