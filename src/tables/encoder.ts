/**
 * Encoders of CSV rows, derived from the columns of a table.
 *
 * Each table gets a function of its own with one call a column, compiled from source text: engines
 * then specialise it to the table's records. The text is made of the catalogue alone, never of data.
 */
import { type Column, NULL } from '../domain/columns.ts';
import { type ByteChoices, byteChoices } from './byte-choices.ts';
import type { ByteWriter } from './byte-writer.ts';
import { quoted } from './text.ts';

/** Writes a record as one row. The record is not checked. */
export type RowEncoder<Row = Record<string, number | string>> = (
  record: Row,
  writer: ByteWriter,
) => void;

/** The header row of a table, line end included. */
export function header(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => quoted(name)).join(',')}\n`;
}

/** Most bytes that a value can take, scribbled ones included; a text counts by its length. */
const WIDEST = {
  id: 24,
  instant: 27,
  int: 20,
  money: 20,
  real: 128,
  date: 13,
  bool: 8,
  ble: 16,
  ad: 16,
  text: 2,
};
/** UTF-8 bytes of a UTF-16 unit; a doubled quote takes no more. */
const BYTES_PER_UNIT = 3;
const BOOLEANS = ['false', 'true'];
const IDENTIFIER = /^[A-Za-z_]\w*$/;

const encoders = new WeakMap<readonly Column[], RowEncoder>();

/**
 * The encoder of a table: one for all who write it, so that engines optimise it once.
 * Throws RangeError if a field's name is not an identifier.
 */
export function rowEncoder<Row = Record<string, number | string>>(
  columns: readonly Column[],
): RowEncoder<Row> {
  let encoder = encoders.get(columns);
  if (encoder === undefined) {
    encoder = compiled(columns);
    encoders.set(columns, encoder);
  }
  return encoder as RowEncoder<Row>;
}

function compiled(columns: readonly Column[]): RowEncoder {
  const choices: ByteChoices[] = [];
  const statements: string[] = [];
  let reserved = '0';
  let fixed = 0;
  for (const [index, column] of columns.entries()) {
    if (!IDENTIFIER.test(column.field)) {
      throw new RangeError(`Cannot encode field "${column.field}": expected an identifier`);
    }
    if (column.type === 'choice' || column.type === 'bool') {
      const values = column.type === 'bool' ? BOOLEANS : column.values!;
      choices[index] = byteChoices(values.map(quoted));
      fixed += choices[index].chunksPerText * 8;
    } else {
      fixed += WIDEST[column.type];
    }
    if (column.type === 'text') reserved += ` + record.${column.field}.length`;
    statements.push(
      statement(column, index),
      index < columns.length - 1 ? 'writer.comma();' : 'writer.endRow();',
    );
    // The separator, which also ends the row.
    fixed += 1;
  }
  const body = [
    `return function encodeRow(record, writer) {`,
    `writer.reserve(${fixed} + ${BYTES_PER_UNIT} * (${reserved}));`,
    ...statements,
    '};',
  ].join('\n');
  return new Function('choices', body)(choices) as RowEncoder;
}

function statement({ type, field, nullable, scale = 0 }: Column, index: number): string {
  const value = `record.${field}`;
  const call = ((): string => {
    switch (type) {
      case 'bool':
      case 'choice':
        return `writer.choice(choices[${index}], ${value});`;
      case 'real':
        return `writer.real(${value}, ${scale});`;
      default:
        return `writer.${type}(${value});`;
    }
  })();
  return nullable && type !== 'text' ? `if (${value} !== ${NULL}) ${call}` : call;
}
