/** Evaluates the rules of events on a record: the readable counterpart of the byte encoders. */
import { type Column, NULL } from '../domain/columns.ts';
import type { Cases, EventRef, EventRule } from '../domain/event-rule.ts';
import { type Condition, given, names, type Term } from '../domain/term.ts';
import { EVENT_RULES } from '../domain/event-rules.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import { FACTS, type FactName } from '../domain/facts.ts';
import { formatAdId, formatId, ID_KINDS, type IdKind, KIND_UNIT } from '../domain/ids.ts';
import { toText } from '../tables/text.ts';

export type AnyRecord = Readonly<Record<string, number | string>>;

/** The rule of a table, with names of columns as plain strings. */
export function ruleOf(table: FactName): EventRule {
  return EVENT_RULES[table] as EventRule;
}

/** Returns the parts of the id of a table's events, after the table's name. */
export function keyOf(table: FactName): FactKind['key'] {
  return FACTS[table].key;
}

/** Returns a column or link of a table. @throws RangeError if the table has none of that name */
export function columnOf(table: FactName, name: string): Column {
  const { columns, links }: FactKind = FACTS[table];
  const found = [...columns, ...links].find((column) => column.name === name);
  if (found === undefined) {
    throw new RangeError(`Cannot make events of ${table}: it has no column ${name}`);
  }
  return found;
}

/** Code of a kind of id: the part of a packed id above `KIND_UNIT`. */
export function kindCode(kind: IdKind): number {
  return Object.keys(ID_KINDS).indexOf(kind) + 1;
}

/** Where events of a table have their visit: in SessionId, if it is set, or in the trace of a visit. */
export function sessionCases(table: FactName): Cases<string, Term> {
  const { columns }: FactKind = FACTS[table];
  const session: Column | undefined = columns.find(({ name }) => name === 'SessionId');
  if (session === undefined) return [{ when: [names('TraceId', 'session')], gives: 'TraceId' }];
  return [{ when: session.nullable ? [given('SessionId')] : [], gives: 'SessionId' }];
}

/** Returns the value of the first case that holds for a record. */
export function caseOf<Value>(
  table: FactName,
  cases: Cases<string, Value>,
  record: AnyRecord,
): Value | undefined {
  return cases.find(({ when }) => when.every((condition) => holds(table, condition, record)))
    ?.gives;
}

function holds(table: FactName, condition: Condition, record: AnyRecord): boolean {
  const column = columnOf(table, condition.column);
  const value = record[column.field] as number;
  switch (condition.test) {
    case 'value':
      return column.values![value] === condition.value;
    case 'kind':
      return Math.floor(value / KIND_UNIT) === kindCode(condition.kind);
    case 'given':
      return value !== NULL;
    case 'incoming':
      return value > 0;
  }
}

/** Returns the text of a term for a record. */
export function termText(table: FactName, term: Term, record: AnyRecord): string {
  if (typeof term === 'string') {
    const column = columnOf(table, term);
    const value = record[column.field];
    return column.type === 'instant' ? String(value) : toText(column, value);
  }
  if (term.term === 'text') return term.text;
  const value = record[columnOf(table, term.column).field] as number;
  switch (term.term) {
    case 'direction':
      return value > 0 ? 'in' : 'out';
    case 'entity':
      return formatId(value).slice(1).split('-')[0];
    case 'twin':
      return ID_KINDS[term.to].letter + formatId(value).slice(1);
    case 'previous':
      return formatId(value - 1);
    case 'pseudonym':
      return formatAdId(value);
  }
}

/** Returns the id of the event of a row of `ref.table`; its terms are read from a record of `table`. */
export function refText(table: FactName, ref: EventRef, record: AnyRecord): string {
  return [ref.table, ...ref.id.map((term) => termText(table, term, record))].join(':');
}
