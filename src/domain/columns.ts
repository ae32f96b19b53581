/**
 * Column types shared by facts and dimensions, and the record types that follow from them.
 *
 * Inside the program every value is a number or a string; text appears only in sinks:
 *
 * | type    | record field holds                     | CSV text                    |
 * |---------|----------------------------------------|-----------------------------|
 * | id      | packed id (domain/ids.ts)              | `S17-482`                   |
 * | instant | integer epoch ms, UTC                  | `2024-03-01T14:05:09.123Z`  |
 * | int     | integer                                | `-12`                       |
 * | money   | integer cents                          | `12.30`                     |
 * | real    | finite number, at most `scale` decimals | `41.25`                     |
 * | date    | integer epoch ms at 00:00 UTC          | `2024-03-01`                |
 * | bool    | 0 or 1                                 | `false` / `true`            |
 * | choice  | index into `values`                    | `CREDIT_CARD`               |
 * | ble, ad | customer number                        | `BLE-9E3779B1`, `AD-…`      |
 * | text    | string                                 | quoted as RFC 4180 asks     |
 *
 * In a nullable column the null is -1 (the empty string in a text column) and the CSV field is empty.
 */

/** What a column holds. */
export type ColumnType =
  | 'id'
  | 'instant'
  | 'int'
  | 'money'
  | 'real'
  | 'date'
  | 'bool'
  | 'choice'
  | 'ble'
  | 'ad'
  | 'text';

/** A column of a table. */
export interface Column {
  /** Header in the CSV. */
  readonly name: string;
  /** Name of the field in the record; a unit stands last. */
  readonly field: string;
  /** What it holds. */
  readonly type: ColumnType;
  /** Whether a field may be empty. */
  readonly nullable?: boolean;
  /** For a choice: the value set. */
  readonly values?: readonly string[];
  /** For a real: decimals written. */
  readonly scale?: number;
  /** Foreign key: `table.Column`. */
  readonly references?: string;
  /** One sentence for the data dictionary. */
  readonly about: string;
}

/** Value of a null in a nullable numeric column. */
export const NULL = -1;

type FieldValue<C extends Column> = C['type'] extends 'text' ? string : number;

/** Plain monomorphic record with one field per column. */
export type RecordOf<Columns extends readonly Column[]> = {
  -readonly [C in Columns[number] as C['field']]: FieldValue<C>;
};

/** A zeroed record of these columns, every field present and of its final type. */
export function blankRecord<const Columns extends readonly Column[]>(
  columns: Columns,
): RecordOf<Columns> {
  const record: Record<string, number | string> = {};
  for (const column of columns) {
    // A fractional start keeps V8 from specialising large numbers as small integers first.
    const wide = column.type === 'id' || column.type === 'instant' || column.type === 'date';
    record[column.field] = column.type === 'text' ? '' : wide ? 0.5 : 0;
  }
  return record as RecordOf<Columns>;
}
