/** Names that the world must not use because they are real. */
import { type CsvRow, readCsv } from './csv-source.ts';

const BLOCKED_KINDS = ['person', 'brand', 'company', 'city'] as const;

/** Real names in lower case, by kind. */
export type Blocklist = Readonly<Record<(typeof BLOCKED_KINDS)[number], ReadonlySet<string>>>;

/** @throws InputError */
export function readBlocklist(path: string): Blocklist {
  const rows = readCsv(path, { required: ['Kind', 'Name'] });
  const blocked = {
    person: new Set<string>(),
    brand: new Set<string>(),
    company: new Set<string>(),
    city: new Set<string>(),
  };
  for (const row of rows) {
    const kind = row.oneOf('Kind', BLOCKED_KINDS, `one of ${BLOCKED_KINDS.join(', ')}`);
    blocked[BLOCKED_KINDS[kind]].add(row.text('Name').toLowerCase());
  }
  return blocked;
}

/** @throws InputError for a name that is blocked */
export function requireInvented(
  row: CsvRow,
  column: string,
  ...blocked: readonly ReadonlySet<string>[]
): void {
  const name = row.text(column).toLowerCase();
  if (blocked.some((real) => real.has(name))) {
    row.refuse(column, 'an invented name; blocklist.csv knows this one as real');
  }
}
