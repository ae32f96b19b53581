/** What of a table's columns can be compared between two worlds: figures and kinds, not identities. */
import type { Column } from '../../domain/columns.ts';
import { identifier } from '../../verify/column-types.ts';

export interface ComparedColumn {
  /** Of the column, or of what is taken from it: `EventTS hour`. */
  readonly name: string;
  /** SQL of its value: a number, or text. */
  readonly value: string;
  readonly isNumber: boolean;
}

/** Identities of two worlds have nothing to do with each other. */
const IDENTITY = /(ID|Id)$/;

/** The columns of a table that two sources can be compared by. @param present names of the columns in both */
export function comparedColumns(
  columns: readonly Column[],
  present: ReadonlySet<string>,
): ComparedColumn[] {
  return columns.filter(({ name }) => present.has(name)).flatMap(comparedOf);
}

function comparedOf({ name, type, references, nullable }: Column): ComparedColumn[] {
  const sql = identifier(name);
  const given = { name: `${name} given`, value: `(${sql} IS NOT NULL)::VARCHAR`, isNumber: false };
  const isIdentity = references !== undefined || IDENTITY.test(name);
  if (isIdentity || type === 'text' || type === 'id' || type === 'ble' || type === 'ad') {
    return nullable ? [given] : [];
  }
  if (type === 'instant') {
    const at = `try_cast(${sql} AS TIMESTAMP)`;
    return [
      { name: `${name} hour`, value: `hour(${at})::DOUBLE`, isNumber: true },
      { name: `${name} weekday`, value: `isodow(${at})::VARCHAR`, isNumber: false },
      ...(nullable ? [given] : []),
    ];
  }
  if (type === 'date') return [];
  if (type === 'choice' || type === 'bool') {
    return [{ name, value: `lower(${sql}::VARCHAR)`, isNumber: false }];
  }
  const number = { name, value: `try_cast(${sql} AS DOUBLE)`, isNumber: true };
  return nullable ? [number, given] : [number];
}
