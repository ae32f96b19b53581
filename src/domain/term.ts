/** What rules over facts are made of: conditions on the columns of a row, and texts made from them. */
import type { IdKind } from './ids.ts';

/** Something that holds for some rows of a table. */
export type Condition<C extends string = string> =
  | { readonly test: 'value'; readonly column: C; readonly value: string }
  | { readonly test: 'kind'; readonly column: C; readonly kind: IdKind }
  | { readonly test: 'given'; readonly column: C }
  | { readonly test: 'incoming'; readonly column: C };

/** A text made from a row: the value of a column as files show it (an instant as epoch ms), or more. */
export type Term<C extends string = string> =
  | C
  | { readonly term: 'text'; readonly text: string }
  | { readonly term: 'direction'; readonly column: C }
  | { readonly term: 'entity'; readonly column: C }
  | { readonly term: 'twin'; readonly column: C; readonly from: IdKind; readonly to: IdKind }
  | { readonly term: 'previous'; readonly column: C }
  | { readonly term: 'pseudonym'; readonly column: C };

/** Holds where a choice has a value. */
export function is<const C extends string>(column: C, value: string): Condition<C> {
  return { test: 'value', column, value };
}

/** Holds where an id is of a kind; an unset id is of none. */
export function names<const C extends string>(column: C, kind: IdKind): Condition<C> {
  return { test: 'kind', column, kind };
}

/** Holds where a nullable column is set. */
export function given<const C extends string>(column: C): Condition<C> {
  return { test: 'given', column };
}

/** Holds where a movement brings goods in. */
export function incoming<const C extends string>(column: C): Condition<C> {
  return { test: 'incoming', column };
}

/** A fixed text. */
export function text(value: string): Term<never> {
  return { term: 'text', text: value };
}

/** `in` or `out`: which way a movement of stock went. */
export function direction<const C extends string>(column: C): Term<C> {
  return { term: 'direction', column };
}

/** The number of the store, DC or truck in an id: `17` of `S17-482`. */
export function entityOf<const C extends string>(column: C): Term<C> {
  return { term: 'entity', column };
}

/** The id of another kind with the same numbers: `R17-482` of `S17-482`. */
export function twin<const C extends string>(column: C, from: IdKind, to: IdKind): Term<C> {
  return { term: 'twin', column, from, to };
}

/** The id before: `W17-4` of `W17-5`. */
export function previous<const C extends string>(column: C): Term<C> {
  return { term: 'previous', column };
}

/** The advertising id of a customer, given by number. */
export function pseudonym<const C extends string>(column: C): Term<C> {
  return { term: 'pseudonym', column };
}
