/**
 * Encoders of CSV rows, derived from the columns of a table.
 *
 * Each table gets its own function with one or two statements for each column, compiled from source text:
 * JavaScript engines then specialise it for the table's records and keep the write position in a register. The
 * text is made only of the catalogue, never of data.
 */
import { type Column, NULL } from '../domain/columns.ts';
import { byteChoices } from './byte-choices.ts';
import type { ByteWriter } from './byte-writer.ts';
import * as fields from './fields.ts';
import { STAMPED_IDS } from './row-stamps.ts';
import { quoted } from './text.ts';

/** Writes a record as one row. The record is not checked. */
export type RowEncoder<Row = Record<string, number | string>> = (
  record: Row,
  writer: ByteWriter,
) => void;

/** The header row of a table, including its line end. */
export function header(columns: readonly Column[]): string {
  return `${columns.map(({ name }) => quoted(name)).join(',')}\n`;
}

/** Maximum bytes of a value, including bytes overwritten beyond its end; a text counts by its length. */
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
/** UTF-8 bytes of a UTF-16 unit; a doubled quote needs no more. */
const BYTES_PER_UNIT = 3;
const BOOLEANS = ['false', 'true'];
const IDENTIFIER = /^[A-Za-z_]\w*$/;

const encoders = new WeakMap<readonly Column[], RowEncoder>();

/**
 * The encoder of a table. All writers share it, so that JavaScript engines optimise it once.
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
  const choices: Float64Array[] = [];
  const lengths: Uint8Array[] = [];
  const statements: string[] = [];
  let reserved = '0';
  let fixed = 0;
  for (const [index, column] of columns.entries()) {
    if (!IDENTIFIER.test(column.field)) {
      throw new RangeError(`Cannot encode field "${column.field}": expected an identifier`);
    }
    const separator = index < columns.length - 1 ? ',' : '\n';
    const end = `view.setUint8(at++, ${separator.charCodeAt(0)});`;
    const { field, nullable, type } = column;
    if (type === 'choice' || type === 'bool') {
      const values = type === 'bool' ? BOOLEANS : column.values!;
      const texts = byteChoices(values.map((value) => quoted(value) + separator));
      choices[index] = texts.chunks;
      lengths[index] = texts.lengths;
      fixed += texts.chunksPerText * 8 + 1;
      const copy = copyChoice(`record.${field}`, index, texts.chunksPerText);
      statements.push(nullable ? `if (record.${field} !== ${NULL}) {${copy}} else ${end}` : copy);
      continue;
    }
    // The separator is counted separately.
    fixed += WIDEST[type] + 1;
    if (type === 'text') reserved += ` + record.${field}.length`;
    const put = putField(column);
    const maybe = nullable && type !== 'text' ? `if (record.${field} !== ${NULL}) {${put}}` : put;
    statements.push(maybe, end);
  }
  const body = [
    `const { putAd, putBle, putId, putInt, putMoney } = fields;`,
    `return function encodeRow(record, writer) {`,
    `writer.reserve(${fixed} + ${BYTES_PER_UNIT} * (${reserved}));`,
    `const { stamps, view } = writer;`,
    `let at = writer.length;`,
    ...statements,
    `writer.length = at;`,
    `writer.rows++;`,
    '};',
  ].join('\n');
  return new Function('fields', 'choices', 'lengths', body)(fields, choices, lengths) as RowEncoder;
}

/** Copies one of several texts, eight bytes at a time. */
function copyChoice(value: string, index: number, chunksPerText: number): string {
  const chunk = (i: number) =>
    `view.setFloat64(at + ${i * 8}, choices[${index}][${value} * ${chunksPerText} + ${i}], true);`;
  const chunks = Array.from({ length: chunksPerText }, (_, i) => chunk(i));
  return [...chunks, `at += lengths[${index}][${value}];`].join('');
}

function putField({ type, field, scale = 0 }: Column): string {
  const value = `record.${field}`;
  switch (type) {
    case 'id': {
      const stamp = STAMPED_IDS[field];
      return stamp === undefined
        ? `at = putId(view, at, ${value});`
        : `at = stamps.${stamp}.put(view, at, ${value});`;
    }
    case 'instant':
      return `at = stamps.instant.put(view, at, ${value});`;
    case 'int':
      return `at = putInt(view, at, ${value});`;
    case 'money':
      return `at = putMoney(view, at, ${value});`;
    case 'ble':
      return `at = putBle(view, at, ${value});`;
    case 'ad':
      return `at = putAd(view, at, ${value});`;
    case 'real':
      return byWriter(`real(${value}, ${scale})`);
    default:
      return byWriter(`${type}(${value})`);
  }
}

/** Fields that the writer writes itself: rare ones, and those whose form is not known in advance. */
function byWriter(call: string): string {
  return `writer.length = at; writer.${call}; at = writer.length;`;
}
