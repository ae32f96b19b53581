/** The rules of events in words, for the reference. */
import type { Case, EventRef } from '../src/domain/event-rule.ts';
import type { Condition, Term } from '../src/domain/term.ts';
import type { FactName } from '../src/domain/facts.ts';
import { ID_KINDS, type IdKind } from '../src/domain/ids.ts';
import { columnOf, ruleOf } from '../src/envelopes/read-rule.ts';

const KIND_WORDS: Partial<Record<IdKind, string>> = {
  session: 'a visit',
  shipment: 'a shipment',
  order: 'an online order',
  return: 'a return',
  impression: 'an ad impression',
};

/** The id of an event as a pattern: `receipt_lines:{ReceiptId}:{Line}`. */
export function idText(table: FactName, ref: EventRef): string {
  return [ref.table, ...ref.id.map((term) => termText(table, term))].join(':');
}

export function termText(table: FactName, term: Term): string {
  if (typeof term === 'string') {
    return columnOf(table, term).type === 'instant' ? `{${term} as epoch ms}` : `{${term}}`;
  }
  if (term.term === 'text') return term.text;
  switch (term.term) {
    case 'direction':
      return `{in if ${term.column} > 0, else out}`;
    case 'entity':
      return `{number of the store in ${term.column}}`;
    case 'twin':
      return `{${term.column} with ${ID_KINDS[term.to].letter} for ${ID_KINDS[term.from].letter}}`;
    case 'previous':
      return `{${term.column} less one}`;
    case 'pseudonym':
      return '{AdId of the customer}';
  }
}

export function conditionText(condition: Condition): string {
  switch (condition.test) {
    case 'value':
      return `${condition.column} is ${condition.value}`;
    case 'kind':
      return `${condition.column} names ${KIND_WORDS[condition.kind]}`;
    case 'given':
      return `${condition.column} is set`;
    case 'incoming':
      return `${condition.column} > 0`;
  }
}

/** What a list of cases says, a case a line; the last that has no condition is for the rest. */
export function casesText<Value>(
  cases: readonly Case<string, Value>[],
  value: (value: Value) => string,
): string[] {
  return cases.map(({ when, gives }, index) => {
    if (when.length > 0) return `${when.map(conditionText).join(' and ')}: ${value(gives)}`;
    return index === 0 ? value(gives) : `otherwise: ${value(gives)}`;
  });
}

/** Those of a table's cases of parents that an event of one type can meet. */
export function parentsOf(table: FactName, type: string): Case<string, EventRef | null>[] {
  const { types, parents } = ruleOf(table);
  const told = types.map(({ when, gives }) => ({ told: valueAsked(when[0]), gives }));
  const mine = told.find(({ gives }) => gives === type)?.told;
  const others = told.flatMap(({ told: value, gives }) =>
    gives !== type && value !== undefined ? [value] : [],
  );
  const column = types[0].when[0]?.column;
  const met: Case<string, EventRef | null>[] = [];
  for (const parent of parents) {
    const asked = parent.when.filter((condition) => condition.column === column).map(valueAsked)[0];
    if (asked !== undefined && (mine === undefined ? others.includes(asked) : asked !== mine)) {
      continue;
    }
    // What holds for every event of the type need not be said.
    const when = parent.when.filter(
      (condition) => mine === undefined || condition.column !== column,
    );
    met.push({ when, gives: parent.gives });
    if (when.length === 0) break;
  }
  return met;
}

function valueAsked(condition: Condition | undefined): string | undefined {
  return condition?.test === 'value' ? condition.value : undefined;
}
