/** The tables of a world for programs, each described like in Frictionless' Table Schema. */
import type { Column } from '../domain/columns.ts';
import { DEFAULT_FORMATS, type Format, fileFormats } from '../domain/formats.ts';
import { deltaOf, filesOf, referenceOf, type WorldTable, worldTables } from './world-tables.ts';

/** The text of schema.json. @param worldVersion version of the world of the files @param formats of the files */
export function schemaJson(
  worldVersion: number,
  formats: readonly Format[] = DEFAULT_FORMATS,
): string {
  const tables = worldTables().map((table) => ({
    ...tableSchema(table),
    files: filesOf(table, fileFormats(formats)[0]),
    /** The same rows as Parquet, in a world that has it. */
    ...(fileFormats(formats).includes('parquet') && { parquet: filesOf(table, 'parquet') }),
    /** The same rows as a Delta table. */
    ...(formats.includes('delta') && { delta: deltaOf(table) }),
  }));
  return `${JSON.stringify({ world_version: worldVersion, tables }, null, 2)}\n`;
}

/** What a table is described by: one of a world, or events of a type as rows. */
interface DescribedTable extends Pick<WorldTable, 'name' | 'about' | 'files' | 'key'> {
  readonly kind: string;
  readonly columns: readonly Omit<Column, 'field'>[];
}

/** Returns the description of a table. */
export function tableSchema(table: DescribedTable) {
  const { name, kind, about, files, key, columns } = table;
  const foreignKeys = columns.flatMap((column) => {
    const other = referenceOf(name, column);
    if (other === undefined) return [];
    return [
      { fields: [column.name], reference: { resource: other.table, fields: [other.column] } },
    ];
  });
  return {
    name,
    kind,
    description: about,
    files,
    /** What the folder of a part contains. */
    ...(kind === 'fact' && { partition: { name: 'dt', type: 'date' } }),
    fields: columns.map(field),
    missingValues: [''],
    primaryKey: key,
    ...(foreignKeys.length > 0 && { foreignKeys }),
  };
}

function field(column: Omit<Column, 'field'>) {
  const { name, about, nullable, values, type, scale } = column;
  const decimals = type === 'money' ? 2 : scale;
  return {
    name,
    type: TYPES[type],
    ...(type === 'instant' && { format: '%Y-%m-%dT%H:%M:%S.%fZ' }),
    ...(TYPES[type] === 'number' && { decimals }),
    constraints: { required: nullable !== true, ...(values !== undefined && { enum: values }) },
    description: about,
  };
}

/** Types of the Table Schema. */
const TYPES = {
  id: 'string',
  ble: 'string',
  ad: 'string',
  text: 'string',
  choice: 'string',
  int: 'integer',
  money: 'number',
  real: 'number',
  bool: 'boolean',
  date: 'date',
  instant: 'datetime',
} as const satisfies Record<Column['type'], string>;
