/** One column of a row group: its pages, and what the footer says of them. */
import type { ByteWriter } from 'hyparquet-writer';
import { type Column, NULL } from '../../domain/columns.ts';
import { DAY_MS } from '../../engine/time.ts';
import { type ColumnBuffers, keepingOf, type Values } from './column-buffers.ts';
import { idDictionary } from './id-dictionary.ts';
import {
  fits32,
  numberDictionary,
  plainNumbers,
  type Span,
  spanOf,
  writeDeltas,
} from './number-values.ts';
import { packedRuns } from './runs.ts';
import { Reused } from './reused.ts';
import { type Encoding, scratch, writeDataPage, writeDictionaryPage } from './pages.ts';
import { plainIds, plainTexts, textSpan, textsAt } from './text-values.ts';
import type { TextDictionary } from './text-dictionary.ts';

/** Plain data: it is kept in checkpoints. */
export interface ChunkRecord {
  /** Bytes from the start of the file. */
  readonly beginsAt: number;
  /** Absent without a dictionary. */
  readonly dictionaryAt?: number;
  readonly dataAt: number;
  readonly bytes: number;
  readonly bytesBefore: number;
  readonly encoding: Encoding;
  readonly nulls: number;
  /**
   * The smallest and the largest value: a number as it is stored, a text; absent without values, and for ids, whose
   * order as texts says nothing.
   */
  readonly min?: number | string;
  readonly max?: number | string;
}

/** What a chunk is made of. */
interface Encoded {
  readonly dictionary?: { readonly entries: number; readonly values: Uint8Array };
  readonly encoding: Encoding;
  readonly values: Uint8Array;
  readonly min?: number | string;
  readonly max?: number | string;
}

const NOTHING: Encoded = { encoding: 'PLAIN', values: new Uint8Array() };
const BITS = 32;

const POSITIONS = new Reused(Int32Array);
const KEPT_NUMBERS = new Reused(Float64Array);
const KEPT_POSITIONS = new Reused(Int32Array);
const KEPT_CHOICES = new Reused(Int8Array);

/** Writes column `index` of the buffered rows. Throws RangeError for an integer of more than 32 bits in an `int`. */
export function writeChunk(out: ByteWriter, buffers: ColumnBuffers, index: number): ChunkRecord {
  const column = buffers.columns[index];
  const { rows } = buffers;
  const all = buffers.values[index].subarray(0, rows);
  const values = column.nullable ? withoutNulls(all) : all;
  const nulls = rows - values.length;
  const levels = column.nullable ? levelsOf(all) : new Uint8Array();
  const { dictionary, encoding, values: bytes, ...span } = encoded(buffers, index, values);
  const beginsAt = out.offset;
  let bytesBefore = 0;
  if (dictionary !== undefined) {
    bytesBefore += writeDictionaryPage(out, dictionary.entries, dictionary.values);
  }
  const dataAt = out.offset;
  bytesBefore += writeDataPage(out, { rows, nulls, encoding, levels, values: bytes });
  return {
    beginsAt,
    ...(dictionary !== undefined && { dictionaryAt: beginsAt }),
    dataAt,
    bytes: out.offset - beginsAt,
    bytesBefore,
    encoding,
    nulls,
    ...span,
  };
}

/** Writes a chunk again that has just been written: another column has the same values. */
export function copyChunk(out: ByteWriter, chunk: ChunkRecord): ChunkRecord {
  const { dictionaryAt, dataAt, bytes } = chunk;
  const shift = out.offset - chunk.beginsAt;
  const from = out.index - shift;
  out.appendBytes(out.getBytes().subarray(from, from + bytes));
  return {
    ...chunk,
    beginsAt: chunk.beginsAt + shift,
    ...(dictionaryAt !== undefined && { dictionaryAt: dictionaryAt + shift }),
    dataAt: dataAt + shift,
  };
}

function encoded({ columns, dictionaries }: ColumnBuffers, index: number, values: Values): Encoded {
  if (values.length === 0) return NOTHING;
  const column = columns[index];
  switch (keepingOf(column)) {
    case 'number':
      return encodedNumbers(column, values as Float64Array);
    case 'id':
      return encodedIds(column, values as Float64Array);
    case 'text': {
      const { texts } = dictionaries[index] as TextDictionary;
      return encodedTexts(texts, values as Int32Array);
    }
    case 'position':
      return column.type === 'bool'
        ? encodedBooleans(values as Int8Array)
        : encodedChoices(column.values!, values as Int8Array);
  }
}

function encodedNumbers(column: Column, given: Float64Array): Encoded {
  const physical = column.type === 'int' || column.type === 'date' ? 'INT32' : 'INT64';
  const values = storedNumbers(column, given);
  const span = spanOf(values);
  if (physical === 'INT32' && !fits32(span)) throw tooWide(column, span);
  const dictionary = numberDictionary(values, span);
  if (dictionary !== undefined) {
    const { entries, positions } = dictionary;
    return {
      ...withDictionary(entries.length, plainNumbers(entries, physical), positions),
      ...span,
    };
  }
  const out = scratch();
  if (!writeDeltas(out, values, physical)) {
    return { encoding: 'PLAIN', values: plainNumbers(values, physical), ...span };
  }
  return { encoding: 'DELTA_BINARY_PACKED', values: out.getBytes(), ...span };
}

/** Days of a date; a real as a whole number of its last decimal, rounded as in its text. */
function storedNumbers({ type, scale = 0 }: Column, values: Float64Array): Float64Array {
  if (type === 'date') return values.map((atMs) => Math.floor(atMs / DAY_MS));
  if (type === 'real') return values.map((value) => Number(value.toFixed(scale).replace('.', '')));
  return values;
}

/** A dictionary, unless most values are different anyway. */
function encodedIds(column: Column, ids: Float64Array): Encoded {
  const dictionary = idDictionary(ids, mostEntries(ids.length));
  if (dictionary === undefined) return { encoding: 'PLAIN', values: plainIds(column, ids) };
  const { ids: distinct, positions } = dictionary;
  return withDictionary(distinct.length, plainIds(column, distinct), positions);
}

function encodedTexts(texts: readonly string[], positions: Int32Array): Encoded {
  const plain = plainTexts(texts);
  const [min, max] = textSpan(texts, plain);
  if (texts.length > mostEntries(positions.length)) {
    return { encoding: 'PLAIN', values: textsAt(plain, positions), min, max };
  }
  return { ...withDictionary(texts.length, plain.bytes, positions), min, max };
}

function mostEntries(rows: number): number {
  return Math.floor((rows * 3) / 4);
}

function encodedChoices(known: readonly string[], choices: Int8Array): Encoded {
  const positionOf = new Int32Array(known.length).fill(NULL);
  const used: string[] = [];
  const positions = POSITIONS.of(choices.length);
  for (let at = 0; at < choices.length; at++) {
    const choice = choices[at];
    if (positionOf[choice] === NULL) positionOf[choice] = used.push(known[choice]) - 1;
    positions[at] = positionOf[choice];
  }
  const plain = plainTexts(used);
  const [min, max] = textSpan(used, plain);
  return { ...withDictionary(used.length, plain.bytes, positions), min, max };
}

function encodedBooleans(values: Int8Array): Encoded {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) bytes[at >> 3] |= 1 << (at & 7);
  const { min, max } = spanOf(Float64Array.from(values));
  return { encoding: 'PLAIN', values: bytes, min, max };
}

function withDictionary(entries: number, values: Uint8Array, positions: Int32Array): Encoded {
  const width = BITS - Math.clz32(entries - 1);
  const packed = packedRuns(positions, width, 1);
  packed[0] = width;
  return { dictionary: { entries, values }, encoding: 'RLE_DICTIONARY', values: packed };
}

/** Whether each row has a value. Copied, because the values are put together in the same memory. */
function levelsOf(values: Values): Uint8Array {
  const levels = POSITIONS.of(values.length);
  for (let at = 0; at < values.length; at++) levels[at] = values[at] === NULL ? 0 : 1;
  return packedRuns(levels, 1).slice();
}

function withoutNulls(all: Values): Values {
  const kept = roomFor(all);
  let count = 0;
  for (let at = 0; at < all.length; at++) if (all[at] !== NULL) kept[count++] = all[at];
  return kept.subarray(0, count);
}

function roomFor(values: Values): Values {
  if (values instanceof Float64Array) return KEPT_NUMBERS.of(values.length);
  return (values instanceof Int32Array ? KEPT_POSITIONS : KEPT_CHOICES).of(values.length);
}

function tooWide({ name }: Column, { min, max }: Span): RangeError {
  return new RangeError(
    `Cannot write ${Math.abs(min) > max ? min : max} to the column ${name}: expected an integer of 32 bits`,
  );
}
