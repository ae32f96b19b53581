/**
 * The language in which the catalogue says how a fact becomes an event: conditions and terms over the
 * columns of its row. Text, byte encoders, SQL and docs are made from the same rules.
 */
import type { FactName } from './facts.ts';
import type { Condition, Term } from './term.ts';

/** What the partition key of a fact's event is made of. */
export type PartitionKey = 'store' | 'dc' | 'truck' | 'customer' | 'order';

/** What holds for some rows. */
export interface Case<C extends string, Value> {
  /** Conditions that all hold for a row; none holds for every row. */
  readonly when: readonly Condition<C>[];
  /** What the case gives for such a row. */
  readonly gives: Value;
}

/** The first case holds whose conditions all do. */
export type Cases<C extends string, Value> = readonly Case<C, Value>[];

/** The event of a row of another table, or of an earlier row of the same one. */
export interface EventRef<C extends string = string> {
  /** Its fact table. */
  readonly table: FactName;
  /** One term for each part of that table's key. */
  readonly id: readonly Term<C>[];
}

/** The partition key of an event. */
export interface KeyPart<C extends string = string> {
  /** What kind of thing it names. */
  readonly entity: PartitionKey;
  /** Which of them. */
  readonly id: Term<C>;
}

/** The id of an event is not among it: the name of the table, and the parts of its key. */
export interface EventRule<C extends string = string, Type extends string = string> {
  /** The last case has no condition. */
  readonly types: Cases<C, Type>;
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

/** A field that payloads of one table begin with. */
export interface PayloadKind {
  /** Its key. */
  readonly key: string;
  /** Its value, the same in every payload of the table. */
  readonly value: string;
  /** One sentence for the guide of events. */
  readonly about: string;
}
