/** What the catalogue says of each kind of fact. */
import type { Column } from './columns.ts';
import type { Term } from './term.ts';

export interface FactKind<
  Columns extends readonly Column[] = readonly Column[],
  Links extends readonly Column[] = readonly Column[],
> {
  /** Columns of its table, in the order of the CSV. */
  readonly columns: Columns;
  /** What else a record carries, for the parent of its event alone: in no file and no payload. */
  readonly links: Links;
  /**
   * What tells its rows apart over the life of a world: columns, or the direction of a movement. Declared here alone:
   * the id of its event, the check of `sim verify`, the keys in schema files and the dictionary follow.
   */
  readonly key: readonly Term<Columns[number]['name']>[];
  /** One sentence for the data dictionary. */
  readonly about: string;
}

/** Declares a kind of fact, with the types of its columns kept. */
export function fact<
  const Columns extends readonly Column[],
  const Links extends readonly Column[] = readonly [],
>(
  kind: Omit<FactKind<Columns, Links>, 'links' | 'key'> & {
    readonly links?: Links;
    readonly key: readonly Term<NoInfer<Columns>[number]['name']>[];
  },
): FactKind<Columns, Links> {
  return { ...kind, links: kind.links ?? ([] as unknown as Links) };
}

/** Names of the columns that tell rows apart: those of the key, and others where it asks for less of one. */
export function keyColumns({ key }: Pick<FactKind, 'key'>): string[] {
  return key.flatMap((term) => {
    if (typeof term === 'string') return term;
    return term.term === 'text' ? [] : term.column;
  });
}
