/** Fields of CSV as JSON values, and as SQL to order by. */
import type { Column } from '../../domain/columns.ts';
import { identifier } from '../../verify/column-types.ts';

export type Value = string | number | boolean | null;

/** The value of a field as its column says. */
export function fieldValue(text: string | null, column: Column): Value {
  if (text === null || (text === '' && column.type !== 'text')) return null;
  switch (column.type) {
    case 'int':
    case 'money':
    case 'real':
      return Number(text);
    case 'bool':
      return text === 'true';
    default:
      return text === '' && column.nullable === true ? null : text;
  }
}

/** What a column is ordered by: numbers as numbers, everything else as text, which suits instants too. */
export function orderExpression({ name, type }: Column): string {
  const field = identifier(name);
  const isNumber = type === 'int' || type === 'money' || type === 'real';
  return isNumber ? `TRY_CAST(${field} AS DOUBLE)` : field;
}
