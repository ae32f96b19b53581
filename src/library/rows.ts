/** Rows for programs: the columns of the tables by name, with the same values as in the events' JSON. */
import type { Column, RecordOf } from '../domain/columns.ts';
import type { DIMENSIONS, DimensionName } from '../domain/dimensions.ts';
import type { FACTS, FactName } from '../domain/facts.ts';
import { jsonValue } from '../envelopes/payload.ts';

/** A column whose fields may be empty. */
export interface Nullable {
  /** As the column says. */
  readonly nullable: true;
}

/** Value of a column: a number for whole numbers, money (two decimals) and reals, text for the rest. */
export type Value<C extends Column> =
  | (C['type'] extends 'int' | 'money' | 'real'
      ? number
      : C['type'] extends 'bool'
        ? boolean
        : string)
  | (C extends Nullable ? null : never);

/** The columns of a table by their names. */
export type Row<Columns extends readonly Column[]> = {
  readonly [C in Columns[number] as C['name']]: Value<C>;
};

/** A row of a fact table: ids and value sets as text, instants as ISO 8601, as the CSV has them. */
export type FactRow<Name extends FactName> = Row<(typeof FACTS)[Name]['columns']>;

/** A row of a dimension table. */
export type MasterRow<Name extends DimensionName> = Row<(typeof DIMENSIONS)[Name]>;

/** Returns a function that creates a row of a record. The records are reused, so values are copied. */
export function rowMaker<const Columns extends readonly Column[]>(
  columns: Columns,
): (record: RecordOf<Columns>) => Row<Columns> {
  return (record) => {
    const row: Record<string, unknown> = {};
    const fields = record as Record<string, number | string>;
    for (const column of columns) row[column.name] = jsonValue(column, fields[column.field]);
    return row as Row<Columns>;
  };
}
