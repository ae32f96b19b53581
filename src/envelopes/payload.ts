/**
 * The payload of an event: the columns of its fact under snake_case keys. If several tables produce the same
 * event type, a field before them tells the payloads apart.
 */
import { type Column, NULL } from '../domain/columns.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import { FACTS, type FactName } from '../domain/facts.ts';
import { toText } from '../tables/text.ts';
import { type AnyRecord, ruleOf } from './read-rule.ts';

export type JsonValue = string | number | boolean | null;

/** Columns that the envelope itself carries: trace_id and event_timestamp. */
const IN_ENVELOPE = ['TraceId', 'EventTS'];

/** The columns of a table in its payload: all except those in the envelope. */
export function payloadColumns(table: FactName): readonly Column[] {
  const { columns }: FactKind = FACTS[table];
  return columns.filter(({ name }) => !IN_ENVELOPE.includes(name));
}

/** Key of a table's column in its payload. */
export function payloadKey(table: FactName, column: string): string {
  return ruleOf(table).payloadKeys?.[column] ?? snakeCase(column);
}

/** Returns `store_id` for StoreID, `customer_ble_id` for CustomerBLEId. */
export function snakeCase(column: string): string {
  return column
    .replace(/ID$/, 'Id')
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2')
    .toLowerCase();
}

/** A value as JSON: numbers for whole numbers and money, null for an empty value, text for the rest. */
export function jsonValue(column: Column, value: number | string): JsonValue {
  if (column.nullable && (value === NULL || value === '')) return null;
  switch (column.type) {
    case 'int':
    case 'money':
    case 'real':
      return Number(toText(column, value));
    case 'bool':
      return value !== 0;
    default:
      return toText(column, value);
  }
}

/** The payload of a fact. */
export function payloadOf(table: FactName, record: AnyRecord): Record<string, JsonValue> {
  const kind = ruleOf(table).payloadKind;
  return Object.fromEntries([
    ...(kind === undefined ? [] : [[kind.key, kind.value]]),
    ...payloadColumns(table).map((column) => [
      payloadKey(table, column.name),
      jsonValue(column, record[column.field]),
    ]),
  ]);
}
