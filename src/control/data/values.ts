/** Fields of CSV as JSON values. */
import type { Column } from '../../domain/columns.ts';

export type Value = string | number | boolean | null;

/** The value of a field as its column says; null of an empty one, but for a text that is never null. */
export function fieldValue(text: string, column: Column): Value {
  if (text === '') return column.type === 'text' && column.nullable !== true ? '' : null;
  if (isNumber(column)) return Number(text);
  return column.type === 'bool' ? text === 'true' : text;
}

/** Whether it is ordered as numbers; everything else is as text, which suits instants too. */
export function isNumber({ type }: Column): boolean {
  return type === 'int' || type === 'money' || type === 'real';
}
