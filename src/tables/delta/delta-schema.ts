/** The columns of a table as Delta's schema: primitive types, nulls, and the catalogue's sentences as comments. */
import type { Column } from '../../domain/columns.ts';
import { InputError } from '../../domain/errors.ts';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Digits of a decimal, as in the Parquet files. */
const PRECISION = 18;

/**
 * Returns the schema of a table, as the text that `metaData` holds.
 * @param before the schema that the table has had: columns that it lacks may be missing in older files, and are nullable
 * @throws InputError if a column that the table has had is gone, stands elsewhere, or has another type
 */
export function schemaString(columns: readonly Column[], before?: string): string {
  const known = before === undefined ? undefined : fieldsOf(before);
  const fields = columns.map((column, index): Field => {
    const { name, about, nullable = false } = column;
    const type = typeOf(column);
    const had = known?.[index];
    if (had !== undefined && (had.name !== name || had.type !== type)) throw changed(had, name);
    const isAppended = known !== undefined && had === undefined;
    return {
      name,
      type,
      nullable: nullable || isAppended || had?.nullable === true,
      metadata: { comment: about },
    };
  });
  if (known !== undefined && known.length > fields.length) throw changed(known[fields.length]);
  return JSON.stringify({ type: 'struct', fields });
}

function fieldsOf(schema: string): readonly Field[] {
  return (JSON.parse(schema) as { fields: Field[] }).fields;
}

function typeOf({ type, scale = 0 }: Column): string {
  switch (type) {
    case 'instant':
      return 'timestamp';
    case 'date':
      return 'date';
    case 'int':
      return 'integer';
    case 'money':
      return `decimal(${PRECISION},2)`;
    case 'real':
      return `decimal(${PRECISION},${scale})`;
    case 'bool':
      return 'boolean';
    default:
      return 'string';
  }
}

function changed({ name, type }: Field, now = 'no column'): InputError {
  return new InputError(
    `Cannot go on with a Delta table: its column ${name} is ${type}, and there is ${now} in its place. ` +
      'Columns can only be appended; remove the folder of the table, and the next run makes it again.',
  );
}
