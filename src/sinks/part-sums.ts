/** What the parts of a region amount to, whatever their format. */
import type { FactName, FactSink } from '../domain/facts.ts';

/** A part of a table that rows are put into. */
interface FilledPart {
  readonly table: FactName;
  readonly rows: number;
  readonly writtenBytes: number;
  readonly put: unknown;
}

/** Returns a sink that puts each fact into the part of its table. */
export function sinkInto(parts: readonly FilledPart[]): FactSink {
  return Object.fromEntries(parts.map(({ table, put }) => [table, put])) as unknown as FactSink;
}

/** Returns the number of rows so far. */
export function rowsIn(parts: readonly FilledPart[]): number {
  return parts.reduce((sum, { rows }) => sum + rows, 0);
}

/** Returns the number of bytes written so far. */
export function bytesIn(parts: readonly FilledPart[]): number {
  return parts.reduce((sum, { writtenBytes }) => sum + writtenBytes, 0);
}

/** Returns the number of rows so far, by table. */
export function rowsByTable(parts: readonly FilledPart[]): Record<FactName, number> {
  const rows = parts.map((part) => [part.table, part.rows]);
  return Object.fromEntries(rows) as Record<FactName, number>;
}
