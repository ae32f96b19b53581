/**
 * The text of fields in CSV: a value that can be read may still be written as no program of this project writes it, such as
 * `8.9` for 8.90, `3.0` for 3, ` 1`, `True` or `S1-0496`, which other readers take for something else.
 *
 * Only files that are not known to be what was committed are read again for it.
 */
import type { Column } from '../domain/columns.ts';
import { AD_PREFIX, BLE_PREFIX } from '../domain/ids.ts';
import { identifier, quoted } from './column-types.ts';
import type { Database } from './database.ts';
import type { TableFiles } from './files.ts';
import { tableSource } from './table-source.ts';

/** The most findings that are listed for a column. */
const LIMIT = 100;

/** Text that was read in another encoding than it was written in, control characters, or blanks around. */
const UNCLEAN =
  '^\\s|\\s$|[\\x{0000}-\\x{0008}\\x{000B}-\\x{001F}\\x{007F}-\\x{009F}\\x{FFFD}\\x{FEFF}]' +
  '|[\\x{00C2}\\x{00C3}][\\x{00A0}-\\x{00BF}\\x{0152}-\\x{0192}\\x{02C6}-\\x{02DC}\\x{2013}-\\x{2122}]|\\x{00E2}\\x{20AC}';

interface Form {
  /** Condition on a text field for a form that is wrong. */
  readonly wrong: (field: string) => string;
  readonly example: string;
}

/** A form given by a regular expression that the whole field matches. */
function matching(pattern: string, example: string): Form {
  return {
    wrong: (field) => `NOT regexp_full_match(${field}, ${quoted(pattern)})`,
    example: `such as ${example}`,
  };
}

const WHOLE = '(0|[1-9][0-9]*)';

/** The form in which a column is written. */
function formOf(column: Column): Form {
  switch (column.type) {
    case 'id':
      return matching(`[A-Z]${WHOLE}-${WHOLE}`, 'S17-482');
    case 'ble':
      return matching(`${BLE_PREFIX}[0-9A-F]{8}`, 'BLE-9E3779B1');
    case 'ad':
      return matching(`${AD_PREFIX}[0-9A-F]{8}`, 'AD-9E3779B1');
    case 'instant':
      return matching(
        '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z',
        '2024-03-01T14:05:09.123Z',
      );
    case 'date':
      return matching('[0-9]{4}-[0-9]{2}-[0-9]{2}', '2024-03-01');
    case 'int':
      return matching(`0|-?[1-9][0-9]*`, '12');
    case 'money':
      return matching(`-?${WHOLE}\\.[0-9]{2}`, '8.90');
    case 'real': {
      const scale = column.scale ?? 0;
      const decimals = scale === 0 ? '' : `\\.[0-9]{${scale}}`;
      return matching(`-?${WHOLE}${decimals}`, (41.25).toFixed(scale));
    }
    case 'bool':
      return matching('true|false', 'true');
    case 'choice':
      return {
        wrong: (field) => `${field} NOT IN (${(column.values ?? []).map(quoted).join(', ')})`,
        example: `one of ${(column.values ?? []).join(', ')}`,
      };
    case 'text':
      return {
        wrong: (field) => `regexp_matches(${field}, ${quoted(UNCLEAN)})`,
        example: 'clean text in UTF-8',
      };
  }
}

/** Lists the fields whose text has another form than the catalogue's, in load_problems. */
export async function noteForms(database: Database, table: TableFiles): Promise<void> {
  // A file with rows that can't be read is named already.
  const unreadable = await database.rows(
    `SELECT DISTINCT File FROM load_problems WHERE Kind = 'row' AND TableName = ${quoted(table.table)}`,
  );
  const named = new Set(unreadable.map(({ File }) => File));
  const files = table.files.filter(({ file, changed }) => changed !== false && !named.has(file));
  if (files.length === 0) return;
  const texts = tableSource(
    files.map(({ file }) => file),
    table.columns,
    'csv',
    { filename: true, csv: ', ignore_errors = true', typeOf: () => 'VARCHAR' },
  );
  const found = table.columns.map((column) => {
    const name = identifier(column.name);
    const { wrong, example } = formOf(column);
    const expected = quoted(`expected ${example}, got "`);
    return `CASE WHEN ${wrong(name)} THEN {'name': ${quoted(column.name)}, 'problem': ${expected} || ${name} || '"'} END`;
  });
  const anyWrong = table.columns
    .map((column) => `coalesce(${formOf(column).wrong(identifier(column.name))}, false)`)
    .join(' OR ');
  await database.run(`
    INSERT INTO load_problems
    SELECT 'form', ${quoted(table.table)}, filename, Line, found.name, found.problem
    FROM (
      SELECT filename, Line, unnest([${found.join(', ')}]) AS found
      FROM (
        SELECT *, row_number() OVER (PARTITION BY filename) + 1 AS Line FROM ${texts}
      )
      WHERE ${anyWrong}
      LIMIT ${LIMIT}
    )
    WHERE found IS NOT NULL`);
}
