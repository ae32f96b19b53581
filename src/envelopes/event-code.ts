/**
 * Source text of an encoder, built piece by piece: fixed text is collected and copied eight bytes at a time,
 * and each part that depends on the record becomes a call of the byte writer.
 */
import { type Column, NULL } from '../domain/columns.ts';
import type { Cases } from '../domain/event-rule.ts';
import type { Condition, Term } from '../domain/term.ts';
import type { FactName } from '../domain/facts.ts';
import { ENTITY_LIMIT, KIND_UNIT, SEQUENCE_LIMIT } from '../domain/ids.ts';
import { type ByteChoices, byteChoices } from '../tables/byte-choices.ts';
import { columnOf, kindCode } from './read-rule.ts';

/** Maximum bytes of a number, an id, an instant; pieces count what they copy. */
const WIDEST = 40;
const DIRECTIONS = ['out', 'in'];

export class EventCode {
  readonly statements: string[] = [];
  readonly pieces: ByteChoices[] = [];
  /** Bytes to reserve, over all branches. */
  width = 0;
  private readonly table: FactName;
  private pending = '';

  constructor(table: FactName) {
    this.table = table;
  }

  /** Adds fixed text. */
  put(text: string): void {
    this.pending += text;
  }

  /** Adds a statement after the text so far. */
  run(statement: string): void {
    if (this.pending !== '') this.choose([this.pending], '0');
    this.statements.push(statement);
  }

  /** Adds one of several texts, chosen by an index, after the text so far. */
  putOneOf(texts: readonly string[], index: string): void {
    const before = this.pending;
    this.choose(
      texts.map((text) => before + text),
      index,
    );
  }

  private choose(texts: readonly string[], index: string): void {
    this.pending = '';
    const choices = byteChoices(texts);
    this.pieces.push(choices);
    this.width += choices.chunksPerText * 8;
    this.statements.push(`writer.choice(pieces[${this.pieces.length - 1}], ${index});`);
  }

  private call(call: string): void {
    this.width += WIDEST;
    this.run(`writer.${call};`);
  }

  /** Adds code for each case in turn, and `orElse` if no case applies. */
  branch<Value>(
    cases: Cases<string, Value>,
    each: (value: Value) => void,
    orElse: () => void,
  ): void {
    // Pending text belongs to all branches.
    this.run('');
    for (const [depth, { when, gives }] of cases.entries()) {
      if (when.length === 0) {
        each(gives);
        this.run('}'.repeat(depth));
        return;
      }
      this.statements.push(`if (${this.test(when)}) {`);
      each(gives);
      this.run('} else {');
    }
    orElse();
    this.run('}'.repeat(cases.length));
  }

  /** Returns an expression that tests whether conditions hold. */
  test(conditions: readonly Condition[]): string {
    return conditions.map((condition) => this.testOne(condition)).join(' && ') || 'true';
  }

  private testOne(condition: Condition): string {
    const column = columnOf(this.table, condition.column);
    const value = `record.${column.field}`;
    switch (condition.test) {
      case 'value':
        return `${value} === ${column.values!.indexOf(condition.value)}`;
      case 'kind':
        return `((${value} / ${KIND_UNIT}) | 0) === ${kindCode(condition.kind)}`;
      case 'given':
        return `${value} !== ${NULL}`;
      case 'incoming':
        return `${value} > 0`;
    }
  }

  /** Returns the text of a term, without quotes: no value of the catalogue needs an escape. */
  term(term: Term): void {
    if (typeof term === 'string') {
      const column = columnOf(this.table, term);
      // In ids an instant is written as epoch ms.
      this.plain(column.type === 'instant' ? { ...column, type: 'int' } : column);
      return;
    }
    if (term.term === 'text') {
      this.put(term.text);
      return;
    }
    const value = `record.${columnOf(this.table, term.column).field}`;
    switch (term.term) {
      case 'direction':
        this.putOneOf(DIRECTIONS, `${value} > 0 ? 1 : 0`);
        break;
      case 'entity':
        this.call(`int(((${value} / ${SEQUENCE_LIMIT}) | 0) % ${ENTITY_LIMIT})`);
        break;
      case 'twin':
        this.call(`id(${value} + ${(kindCode(term.to) - kindCode(term.from)) * KIND_UNIT})`);
        break;
      case 'previous':
        this.call(`id(${value} - 1)`);
        break;
      case 'pseudonym':
        this.call(`ad(${value})`);
        break;
    }
  }

  private plain(column: Column): void {
    const value = `record.${column.field}`;
    if (column.type === 'choice') this.putOneOf(column.values!, value);
    else this.call(`${column.type}(${value})`);
  }

  /** Returns the value of a column as JSON. */
  json(column: Column): void {
    if (!column.nullable) {
      this.jsonValue(column);
      return;
    }
    const unset = column.type === 'text' ? "''" : String(NULL);
    this.run(`if (record.${column.field} === ${unset}) {`);
    this.put('null');
    this.run('} else {');
    this.jsonValue(column);
    this.run('}');
  }

  private jsonValue(column: Column): void {
    const value = `record.${column.field}`;
    switch (column.type) {
      case 'int':
      case 'money':
        this.call(`${column.type}(${value})`);
        break;
      case 'real':
        this.call(`real(${value}, ${column.scale})`);
        break;
      case 'bool':
        this.putOneOf(['false', 'true'], value);
        break;
      case 'choice':
        this.putOneOf(
          column.values!.map((text) => JSON.stringify(text)),
          value,
        );
        break;
      case 'text':
        this.call(`jsonText(${value})`);
        break;
      default:
        this.put('"');
        this.plain(column);
        this.put('"');
    }
  }
}
