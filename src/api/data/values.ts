/** Converts CSV fields to JSON values. */
import type { Column } from '../../domain/columns.ts';

export type Value = string | number | boolean | null;

/** Returns the value of a field by the type of its column; null if empty, except for texts that are never null. */
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
