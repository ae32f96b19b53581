/** What the catalogue says of each kind of fact. */
import type { Column } from './columns.ts';

/** What the partition key of a fact's event is made of. */
export type PartitionKey = 'store' | 'dc' | 'truck' | 'customer' | 'order';

export interface FactKind<Columns extends readonly Column[] = readonly Column[]> {
  readonly columns: Columns;
  /** Column names that together are unique over the life of a world. */
  readonly key: readonly string[];
  /** Type of the event that carries the fact; several where the fact's content decides. */
  readonly events: readonly string[];
  readonly partitionKey: PartitionKey;
  readonly about: string;
}

/** Declares a kind of fact, with the types of its columns kept. */
export function fact<const Columns extends readonly Column[]>(
  kind: FactKind<Columns>,
): FactKind<Columns> {
  return kind;
}
