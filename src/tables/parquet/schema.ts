/** The schema of a table in a Parquet file: strict types, no texts for numbers or instants. */
import type { SchemaElement } from 'hyparquet';
import type { Column } from '../../domain/columns.ts';

/** Digits of a decimal: what a 64-bit integer holds for certain. */
const PRECISION = 18;

/** The root and the columns in their order. */
export function parquetSchema(columns: readonly Column[]): SchemaElement[] {
  return [{ name: 'table', num_children: columns.length }, ...columns.map(elementOf)];
}

function elementOf(column: Column): SchemaElement {
  const { name, nullable } = column;
  return { name, repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED', ...typeOf(column) };
}

function typeOf({ type, scale = 0 }: Column): Pick<SchemaElement, 'type' | 'logical_type'> {
  switch (type) {
    case 'instant':
      return {
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      } as Pick<SchemaElement, 'type' | 'logical_type'>;
    case 'date':
      return {
        type: 'INT32',
        converted_type: 'DATE',
        logical_type: { type: 'DATE' },
      } as Pick<SchemaElement, 'type' | 'logical_type'>;
    case 'int':
      return { type: 'INT32' };
    case 'money':
      return decimal(2);
    case 'real':
      return decimal(scale);
    case 'bool':
      return { type: 'BOOLEAN' };
    default:
      return {
        type: 'BYTE_ARRAY',
        converted_type: 'UTF8',
        logical_type: { type: 'STRING' },
      } as Pick<SchemaElement, 'type' | 'logical_type'>;
  }
}

function decimal(scale: number) {
  return {
    type: 'INT64',
    converted_type: 'DECIMAL',
    scale,
    precision: PRECISION,
    logical_type: { type: 'DECIMAL', scale, precision: PRECISION },
  } as const;
}
