/** What the catalogue says of each kind of fact. */
import type { Column } from './columns.ts';

/** What the partition key of a fact's event is made of. */
export type PartitionKey = 'store' | 'dc' | 'truck' | 'customer' | 'order';

export interface FactKind<
  Columns extends readonly Column[] = readonly Column[],
  Links extends readonly Column[] = readonly Column[],
  Event extends string = string,
> {
  readonly columns: Columns;
  /** What else a record carries, for the parent of its event alone: in no file and no payload. */
  readonly links: Links;
  /** Column names that together are unique over the life of a world. */
  readonly key: readonly string[];
  /** Type of the event that carries the fact; several where the fact's content decides. */
  readonly events: readonly Event[];
  /** What the partition key is made of; the first that the fact has, where there are several. */
  readonly partitionKeys: readonly PartitionKey[];
  readonly about: string;
}

/** Declares a kind of fact, with the types of its columns and the names of its events kept. */
export function fact<
  const Columns extends readonly Column[],
  const Event extends string,
  const Links extends readonly Column[] = readonly [],
>(
  kind: Omit<FactKind<Columns, Links, Event>, 'links'> & { readonly links?: Links },
): FactKind<Columns, Links, Event> {
  return { ...kind, links: kind.links ?? ([] as unknown as Links) };
}
