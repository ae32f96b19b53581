/** Rows by table. */
import type { FactName } from '../domain/facts.ts';

export type RowCounts = Readonly<Partial<Record<FactName, number>>>;
