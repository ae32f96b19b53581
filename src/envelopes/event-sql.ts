/**
 * The rules of events as SQL over the CSV files, in DuckDB's dialect. With them an analyst computes an
 * event's id and type from its row, and so joins a stream with files.
 */
import type { Cases, EventRef } from '../domain/event-rule.ts';
import type { Condition, Term } from '../domain/term.ts';
import type { FactKind } from '../domain/fact-kind.ts';
import { FACTS, type FactName } from '../domain/facts.ts';
import { ID_KINDS } from '../domain/ids.ts';
import { columnOf, keyOf, ruleOf } from './read-rule.ts';

/** SQL expression for the id of a row's event. */
export function eventIdSql(table: FactName): string {
  return refSql(table, { table, id: keyOf(table) });
}

/** SQL expression for the type of a row's event. */
export function eventTypeSql(table: FactName): string {
  return caseSql(table, ruleOf(table).types, quoted);
}

/** SQL expression for the parent of a row's event; undefined if the files do not contain it. */
export function parentEventIdSql(table: FactName): string | undefined {
  const { links }: FactKind = FACTS[table];
  if (links.length > 0) return undefined;
  return caseSql(table, ruleOf(table).parents, (ref) =>
    ref === null ? 'NULL' : refSql(table, ref),
  );
}

function caseSql<Value>(
  table: FactName,
  cases: Cases<string, Value>,
  sql: (value: Value) => string,
): string {
  const [first] = cases;
  if (first === undefined) return 'NULL';
  if (first.when.length === 0) return sql(first.gives);
  const branches = cases.map(({ when, gives }) =>
    when.length === 0
      ? `ELSE ${sql(gives)}`
      : `WHEN ${when.map((condition) => conditionSql(table, condition)).join(' AND ')} THEN ${sql(gives)}`,
  );
  return ['CASE', ...branches.map((branch) => `  ${branch}`), 'END'].join('\n');
}

function conditionSql(table: FactName, condition: Condition): string {
  const column = identifier(columnOf(table, condition.column).name);
  switch (condition.test) {
    case 'value':
      return `${column} = ${quoted(condition.value)}`;
    case 'kind':
      return `starts_with(${column}, ${quoted(ID_KINDS[condition.kind].letter)})`;
    case 'given':
      return `${column} IS NOT NULL`;
    case 'incoming':
      return `${column} > 0`;
  }
}

function refSql(table: FactName, ref: EventRef): string {
  let fixed = `${ref.table}:`;
  const parts: string[] = [];
  for (const [index, term] of ref.id.entries()) {
    if (index > 0) fixed += ':';
    if (typeof term === 'object' && term.term === 'text') {
      fixed += term.text;
      continue;
    }
    parts.push(quoted(fixed), termSql(table, term));
    fixed = '';
  }
  if (fixed !== '') parts.push(quoted(fixed));
  return parts.join(' || ');
}

function termSql(table: FactName, term: Term): string {
  if (typeof term === 'string') {
    const { name, type } = columnOf(table, term);
    return type === 'instant' ? `epoch_ms(${identifier(name)}::TIMESTAMP)` : identifier(name);
  }
  if (term.term === 'text') return quoted(term.text);
  const column = identifier(term.column);
  switch (term.term) {
    case 'direction':
      return `CASE WHEN ${column} > 0 THEN 'in' ELSE 'out' END`;
    case 'entity':
      return `substr(split_part(${column}, '-', 1), 2)`;
    case 'twin':
      return `${quoted(ID_KINDS[term.to].letter)} || substr(${column}, 2)`;
    case 'previous':
      return `split_part(${column}, '-', 1) || '-' || (split_part(${column}, '-', 2)::INTEGER - 1)`;
    case 'pseudonym':
      // The master of customers contains it.
      return `(SELECT AdId FROM customers WHERE ID = ${column})`;
  }
}

function identifier(name: string): string {
  return `"${name}"`;
}

function quoted(text: string): string {
  return `'${text}'`;
}
