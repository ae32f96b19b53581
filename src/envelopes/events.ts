/** Types and ids of the events of facts, by the rules of the catalogue. */
import type { EventType } from '../domain/event-rules.ts';
import type { FactName, FactRecord } from '../domain/facts.ts';
import {
  type AnyRecord,
  caseOf,
  keyOf,
  refText,
  ruleOf,
  sessionCases,
  termText,
} from './read-rule.ts';

export type { EventType } from '../domain/event-rules.ts';

/** Type of the event that carries a fact. */
export function eventTypeOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): EventType {
  return caseOf(table, ruleOf(table).types, record as AnyRecord) as EventType;
}

/** Id of the event that carries a fact: `receipt_lines:R17-482:3`. */
export function eventIdOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): string {
  return refText(table, { table, id: keyOf(table) }, record as AnyRecord);
}

/** Id of the event that caused a fact, or null. */
export function parentEventIdOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): string | null {
  const parent = caseOf(table, ruleOf(table).parents, record as AnyRecord) ?? null;
  return parent === null ? null : refText(table, parent, record as AnyRecord);
}

/** The group of events that belong together: a visit, an order, a shipment, … */
export function correlationIdOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): string {
  const term = caseOf(table, ruleOf(table).correlation, record as AnyRecord)!;
  return termText(table, term, record as AnyRecord);
}

/** The visit that a fact belongs to, or null. */
export function sessionIdOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): string | null {
  const term = caseOf(table, sessionCases(table), record as AnyRecord) ?? null;
  return term === null ? null : termText(table, term, record as AnyRecord);
}

/** The key of events that must stay in order: `store-17`, `order-O3-5`. */
export function partitionKeyOf<Name extends FactName>(
  table: Name,
  record: Readonly<FactRecord<Name>>,
): string {
  const { entity, id } = caseOf(table, ruleOf(table).partition, record as AnyRecord)!;
  return `${entity}-${termText(table, id, record as AnyRecord)}`;
}
