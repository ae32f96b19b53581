/**
 * The rows of a row group that is being filled, column by column.
 *
 * Numbers and ids are kept as they are, choices and booleans as positions in their value set, texts as positions in a
 * dictionary of the column, and a null as -1. Like a row encoder (tables/encoder.ts) each table gets a function of its
 * own, compiled from the catalogue, so that JavaScript engines specialise it for the table's records. What can be found
 * out later, a column at a time, is not found out here: rows of many tables take turns, and nothing stays in a cache.
 */
import { type Column, NULL } from '../../domain/columns.ts';
import type { Sections } from '../../domain/plain-data.ts';
import { TextDictionary } from './text-dictionary.ts';

const FIRST_ROWS = 64;
/** Positions in a value set take a byte. */
const MOST_CHOICES = 127;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

/** How the values of a column are kept. */
export type Keeping = 'number' | 'id' | 'text' | 'position';

const KEEPING = {
  instant: 'number',
  int: 'number',
  money: 'number',
  real: 'number',
  date: 'number',
  id: 'id',
  ble: 'id',
  ad: 'id',
  text: 'text',
  choice: 'position',
  bool: 'position',
} as const satisfies Record<Column['type'], Keeping>;

export function keepingOf({ type }: Column): Keeping {
  return KEEPING[type];
}

export type Values = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Int8Array<ArrayBuffer>;
type Collect = (record: never, buffers: ColumnBuffers) => void;

const collectors = new WeakMap<readonly Column[], Collect>();

export class ColumnBuffers {
  readonly columns: readonly Column[];
  rows = 0;
  capacity = FIRST_ROWS;
  /** By column; valid up to `rows`. */
  readonly values: Values[];
  /** By column; undefined for all but texts. */
  readonly dictionaries: readonly (TextDictionary | undefined)[];
  private readonly collect: Collect;

  constructor(columns: readonly Column[]) {
    this.columns = columns;
    this.values = columns.map((column) => emptyValues(column, FIRST_ROWS));
    this.dictionaries = columns.map((column) =>
      keepingOf(column) === 'text' ? new TextDictionary() : undefined,
    );
    this.collect = collectorOf(columns);
  }

  /** Adds a record. It is not checked. */
  put(record: never): void {
    this.collect(record, this);
  }

  clear(): void {
    this.rows = 0;
    for (const dictionary of this.dictionaries) dictionary?.clear();
  }

  /** Returns an earlier column that has the same ids in all rows: a session is mostly the trace of its facts. */
  twinOf(index: number): number | undefined {
    const { columns, rows } = this;
    const { type, nullable } = columns[index];
    if (type !== 'id') return undefined;
    const ids = this.values[index];
    for (let other = 0; other < index; other++) {
      if (columns[other].type !== type || columns[other].nullable !== nullable) continue;
      const others = this.values[other];
      let at = 0;
      while (at < rows && ids[at] === others[at]) at++;
      if (at === rows) return other;
    }
    return undefined;
  }

  /** Doubles the room for rows. */
  grow(): void {
    this.resize(this.capacity * 2);
  }

  /** Returns the rows as plain data; names begin with `prefix`. */
  save(prefix: string): Sections {
    const sections: Sections = {};
    for (const [index, dictionary] of this.dictionaries.entries()) {
      sections[`${prefix}${index}`] = this.values[index].slice(0, this.rows);
      if (dictionary !== undefined) {
        sections[`${prefix}${index}/dictionary`] = [...dictionary.texts];
      }
    }
    return sections;
  }

  /** Restores `rows` saved rows. */
  restore(sections: Sections, prefix: string, rows: number): void {
    this.clear();
    let capacity = this.capacity;
    while (capacity < rows) capacity *= 2;
    this.resize(capacity);
    this.rows = rows;
    for (const [index, dictionary] of this.dictionaries.entries()) {
      this.values[index].set(sections[`${prefix}${index}`] as Values);
      if (dictionary === undefined) continue;
      const known = sections[`${prefix}${index}/dictionary`] as readonly string[];
      for (const text of known) dictionary.at(text);
    }
  }

  private resize(capacity: number): void {
    if (capacity === this.capacity) return;
    this.capacity = capacity;
    for (const [index, column] of this.columns.entries()) {
      const larger = emptyValues(column, capacity);
      larger.set(this.values[index]);
      this.values[index] = larger;
    }
  }
}

/** Buffers that are not in use, by table: regions take turns, and mostly a day at a time. */
const free = new WeakMap<readonly Column[], ColumnBuffers[]>();

/** Returns empty buffers of a table. */
export function takeBuffers(columns: readonly Column[]): ColumnBuffers {
  return free.get(columns)?.pop() ?? new ColumnBuffers(columns);
}

/** Gives buffers back; their rows are lost. */
export function returnBuffers(buffers: ColumnBuffers): void {
  buffers.clear();
  const { columns } = buffers;
  const others = free.get(columns);
  if (others === undefined) free.set(columns, [buffers]);
  else others.push(buffers);
}

function emptyValues(column: Column, rows: number): Values {
  switch (keepingOf(column)) {
    case 'text':
      return new Int32Array(rows);
    case 'position':
      return new Int8Array(rows);
    default:
      return new Float64Array(rows);
  }
}

/** All buffers of a table share its function. Throws RangeError for a field that it can't collect. */
function collectorOf(columns: readonly Column[]): Collect {
  let collect = collectors.get(columns);
  if (collect === undefined) {
    collect = compiled(columns);
    collectors.set(columns, collect);
  }
  return collect;
}

function compiled(columns: readonly Column[]): Collect {
  const statements = columns.map((column, index) => {
    const { field, type, nullable } = column;
    if (!IDENTIFIER.test(field)) {
      throw new RangeError(`Cannot collect field "${field}": expected an identifier`);
    }
    if ((column.values?.length ?? 0) > MOST_CHOICES) {
      throw new RangeError(
        `Cannot collect field "${field}": it has ${column.values!.length} values, expected at most ${MOST_CHOICES}`,
      );
    }
    const value = `record.${field}`;
    if (type !== 'text') return `values[${index}][at] = ${value};`;
    const missing = nullable ? `${value} === '' ? ${NULL} : ` : '';
    return `values[${index}][at] = ${missing}dictionaries[${index}].at(${value});`;
  });
  const body = [
    'return function collect(record, buffers) {',
    'const at = buffers.rows;',
    'if (at === buffers.capacity) buffers.grow();',
    'const { values, dictionaries } = buffers;',
    ...statements,
    'buffers.rows = at + 1;',
    '};',
  ].join('\n');
  return new Function(body)() as Collect;
}
