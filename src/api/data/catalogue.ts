/** The tables of previews, and their columns. */
import type { Column } from '../../domain/columns.ts';
import { DIMENSION_NAMES, DIMENSIONS } from '../../domain/dimensions.ts';
import { nearest } from '../../domain/errors.ts';
import { FACT_NAMES, FACTS } from '../../domain/facts.ts';
import { Problem } from '../problem.ts';

export type TableKind = 'master' | 'fact';

export interface TableInfo {
  readonly name: string;
  readonly kind: TableKind;
  readonly columns: readonly Column[];
}

export const MASTER_TABLES: readonly string[] = DIMENSION_NAMES;
export const FACT_TABLES: readonly string[] = FACT_NAMES;

/** Returns the table of a name. @throws Problem 404 */
export function tableNamed(name: string, kind: TableKind): TableInfo {
  const names = kind === 'master' ? MASTER_TABLES : FACT_TABLES;
  if (!names.includes(name)) {
    const meant = nearest(name, names);
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    throw new Problem(404, `There is no ${kind} table of this name.${hint}`, {
      errors: [{ field: 'table', detail: `expected one of ${names.join(', ')}` }],
    });
  }
  const columns =
    kind === 'master'
      ? DIMENSIONS[name as keyof typeof DIMENSIONS]
      : FACTS[name as keyof typeof FACTS].columns;
  return { name, kind, columns };
}

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** Parses an order such as `Total` or `-Total`. @throws Problem 400 */
export function orderOf(text: string, { columns }: TableInfo): Order {
  const name = text.replace(/^-/, '');
  const column = columns.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (column !== undefined) return { column, descending: text.startsWith('-') };
  throw new Problem(400, 'The table has no such column to order by.', {
    errors: [
      {
        field: 'order',
        detail: `expected one of ${columns.map((one) => one.name).join(', ')}, with - before it for descending`,
      },
    ],
  });
}
