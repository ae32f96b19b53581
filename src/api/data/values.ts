/** Fields of CSV as JSON values. */
import type { Column } from '../../domain/columns.ts';

export type Value = string | number | boolean | null;

/** The value of a field as its column says; null of an empty one, but for a text that is never null. */
export function fieldValue(text: string | null, { type, nullable = false }: Column): Value {
  if (text === null || text === '') return type === 'text' && !nullable ? '' : null;
  switch (type) {
    case 'int':
    case 'money':
    case 'real':
      return Number(text);
    case 'bool':
      return text === 'true';
    default:
      return text;
  }
}
