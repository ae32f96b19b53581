/**
 * The language in which the catalogue says how a fact becomes an event: conditions and terms over the
 * columns of its row. Text, byte encoders, SQL and docs are made from the same rules.
 */
import type { PartitionKey } from './fact-kind.ts';
import type { FactName } from './facts.ts';
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

export interface Case<C extends string, Value> {
  readonly when: readonly Condition<C>[];
  readonly gives: Value;
}

/** The first case holds whose conditions all do. */
export type Cases<C extends string, Value> = readonly Case<C, Value>[];

/** The event of a row of another table, or of an earlier row of the same one. */
export interface EventRef<C extends string = string> {
  readonly table: FactName;
  /** One term for each term of that table's event id. */
  readonly id: readonly Term<C>[];
}

export interface KeyPart<C extends string = string> {
  readonly entity: PartitionKey;
  readonly id: Term<C>;
}

export interface EventRule<C extends string = string, Type extends string = string> {
  /** The last case has no condition. */
  readonly types: Cases<C, Type>;
  /** What stands after the table's name in the id of an event. */
  readonly id: readonly Term<C>[];
  /** Without a case that holds, or where it says null, the event has no parent. */
  readonly parents: Cases<C, EventRef<C> | null>;
  /** The last case has no condition. */
  readonly correlation: Cases<C, Term<C>>;
  /** The last case has no condition. */
  readonly partition: Cases<C, KeyPart<C>>;
  /** Where several tables make events of one type: what payloads of this one begin with, to tell them apart. */
  readonly payloadKind?: PayloadKind;
  /** Keys in the payload of columns whose own names would say something else there. */
  readonly payloadKeys?: Readonly<Partial<Record<C, string>>>;
}

export interface PayloadKind {
  readonly key: string;
  readonly value: string;
  readonly about: string;
}

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
