/** Columns as text: the readable counterpart of the byte encoder, for everything off the hot path. */
import { type Column, NULL } from '../domain/columns.ts';
import { formatAdId, formatBleId, formatId } from '../domain/ids.ts';

/** Text of a value as the CSV shows it, before quoting; empty for a null. */
export function toText(column: Column, value: number | string): string {
  if (typeof value === 'string') return value;
  if (column.nullable && value === NULL) return '';
  switch (column.type) {
    case 'id':
      return formatId(value);
    case 'instant':
      return new Date(value).toISOString();
    case 'date':
      return new Date(value).toISOString().split('T')[0];
    case 'money':
      return moneyText(value);
    case 'real':
      return value.toFixed(column.scale ?? 0);
    case 'bool':
      return value === 0 ? 'false' : 'true';
    case 'choice':
      return column.values![value];
    case 'ble':
      return formatBleId(value);
    case 'ad':
      return formatAdId(value);
    case 'int':
    case 'text':
      return String(value);
  }
}

/** Formats -1230 cents as `-12.30`. */
export function moneyText(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Quotes a field that holds a comma, a quote or a line break, as RFC 4180 requires. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
