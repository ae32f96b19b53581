/** Whether the tables that are there already are those of the catalogue. */
import { InputError } from '../domain/errors.ts';
import type { ExportedTable } from './world.ts';

/**
 * Returns the tables that are not there.
 * @param there names of tables and columns; databases don't tell upper from lower case in them
 * @throws InputError for a table that lacks a column, or has one that nobody fills
 */
export function requireColumns(
  place: string,
  tables: readonly ExportedTable[],
  there: readonly (readonly unknown[])[],
): readonly ExportedTable[] {
  const found = new Map<string, Set<string>>();
  for (const [table, column] of there) {
    const name = String(table).toLowerCase();
    found.set(name, (found.get(name) ?? new Set()).add(String(column).toLowerCase()));
  }
  return tables.filter((table) => {
    const columns = found.get(table.name.toLowerCase());
    if (columns === undefined) return true;
    const names = table.columns.map(({ name }) => name.toLowerCase());
    const missing = table.columns.find(({ name }) => !columns.has(name.toLowerCase()));
    const extra = [...columns].find((name) => !names.includes(name));
    if (missing === undefined && extra === undefined) return false;
    const what =
      missing === undefined
        ? `a column ${extra} that the world does not have`
        : `no column ${missing.name}`;
    throw new InputError(
      `The table ${table.name} in ${place} has ${what}: it is of another version, or not of this program. ` +
        'Export to another place, or change the table ("sim schema" describes it).',
    );
  });
}
