/**
 * Strictly reads a CSV file given by the user: anything unexpected is an InputError that names
 * file, line, column and value. No row is ever dropped.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { decodeText, withLineFeeds } from '../domain/decoded-text.ts';
import { InputError, nearest, reasonOf } from '../domain/errors.ts';

export interface CsvShape {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  /** Columns that dictionaries of the original system have in place of the required ones. */
  readonly instead?: readonly string[];
  /** A column that some rows leave out in dictionaries of the original system. */
  readonly mayLack?: string;
}

/** How strictly a file is read, and the callback for what was skipped. */
export interface Strictness {
  /** Whether the file may be as loose as those of the original system. */
  readonly isOriginal: boolean;
  madeUp(what: string): void;
}

/** One row. Its methods read a cell or throw an InputError that names the place. */
export class CsvRow {
  readonly line: number;
  private readonly file: string;
  private readonly cells: Readonly<Record<string, string>>;

  constructor(file: string, line: number, cells: Readonly<Record<string, string>>) {
    this.file = file;
    this.line = line;
    this.cells = cells;
  }

  has(column: string): boolean {
    return this.cells[column] !== undefined;
  }

  /** Reads text without surrounding blanks; never empty. */
  text(column: string): string {
    const value = this.cells[column];
    if (value.trim() === '') this.refuse(column, 'a text that is not empty');
    if (value !== value.trim()) this.refuse(column, 'no blanks before or after the text');
    return value;
  }

  /** Reads text of a fixed form. */
  matching(column: string, pattern: RegExp, expected: string): string {
    const value = this.cells[column];
    if (!pattern.test(value)) this.refuse(column, expected);
    return value;
  }

  number(column: string, min: number, max: number): number {
    const value = this.cells[column];
    const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) this.refuse(column, `a number from ${min} to ${max}`);
    return number;
  }

  whole(column: string, min: number, max: number): number {
    const value = this.cells[column];
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= min && number <= max)) {
      this.refuse(column, `a whole number from ${min} to ${max}`);
    }
    return number;
  }

  flag(column: string): boolean {
    const value = this.cells[column].toLowerCase();
    if (value !== 'true' && value !== 'false') this.refuse(column, 'true or false');
    return value === 'true';
  }

  /** Reads a cell as its index in a set of values. */
  oneOf(column: string, values: readonly string[], what: string): number {
    const value = this.cells[column];
    const index = values.indexOf(value);
    if (index < 0) {
      const best = nearest(value, values);
      this.refuse(column, best === undefined ? what : `${what} (did you mean "${best}"?)`);
    }
    return index;
  }

  refuse(column: string, expected: string): never {
    throw new InputError(
      `${this.file}, line ${this.line}, column ${column}: cannot use "${this.cells[column]}", expected ${expected}`,
    );
  }
}

/**
 * Returns all rows of a CSV file with a header.
 * @throws InputError for a file that is missing, empty, truncated or of another shape
 */
export function readCsv(path: string, shape: CsvShape, form?: Strictness): CsvRow[] {
  const file = basename(path);
  const [header, ...rows] = parseRecords(readText(path, file, form), file);
  const names = header.cells;
  const isInstead = shape.instead?.every((name) => names.includes(name)) === true;
  checkHeader(file, names, isInstead ? { required: shape.instead ?? [] } : shape);
  const lackable = form?.isOriginal ? shape.mayLack : undefined;
  const lacked = names.filter((name) => name !== lackable);
  if (rows.length === 0) throw new InputError(`${file}: no rows after the header, expected some`);
  return rows.map(({ line, cells }) => {
    const columns = cells.length === names.length ? names : lacked;
    if (cells.length !== columns.length) {
      throw new InputError(
        `${file}, line ${line}: ${cells.length} fields, expected ${names.length} as in the header; the line is "${cells.join(',').slice(0, 80)}"`,
      );
    }
    const row = Object.fromEntries(columns.map((name, i) => [name, cells[i]]));
    if (lackable !== undefined && row[lackable] === '') delete row[lackable];
    return new CsvRow(file, line, row);
  });
}

/** Refuses the second of two rows with the same key. */
export function requireUnique(
  rows: readonly CsvRow[],
  column: string,
  keyOf: (row: CsvRow) => string,
) {
  const lines = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row).toLowerCase();
    const first = lines.get(key);
    if (first !== undefined)
      row.refuse(column, `something that line ${first} does not have already`);
    lines.set(key, row.line);
  }
}

interface Line {
  readonly line: number;
  readonly cells: string[];
}

function readText(path: string, file: string, form: Strictness | undefined): string {
  let text: string;
  try {
    text = withLineFeeds(decodeText(readFileSync(path)));
  } catch (error) {
    throw new InputError(`Cannot read dictionary ${path}: ${reasonOf(error)}`);
  }
  if (text.trim() === '') throw new InputError(`${file}: empty, expected a header and rows`);
  if (!text.endsWith('\n')) {
    if (form?.isOriginal) {
      form.madeUp(`the last line of ${file} has no line end and is assumed to be complete`);
      return text;
    }
    throw new InputError(
      `${file}, line ${text.split('\n').length}: the last line has no line end, so the file may be cut off; complete it, or end it with a line break`,
    );
  }
  return text;
}

function parseRecords(text: string, file: string): Line[] {
  try {
    const records = parse(text, { relax_column_count: true, info: true }) as unknown as {
      info: { lines: number };
      record: string[];
    }[];
    return withoutBlankEnd(
      records.map(({ info, record }) => ({ line: info.lines, cells: record })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = (error as { lines?: number }).lines;
    throw new InputError(`${file}${line === undefined ? '' : `, line ${line}`}: ${error.message}`);
  }
}

/** Empty lines at the end of a file are not rows. */
function withoutBlankEnd(lines: readonly Line[]): Line[] {
  const isRow = ({ cells }: Line) => cells.length > 1 || cells[0].trim() !== '';
  return lines.slice(0, lines.findLastIndex(isRow) + 1);
}

function checkHeader(file: string, header: readonly string[], shape: CsvShape): void {
  const found = `the header is "${header.join(',')}"`;
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(`${file}, line 1: column ${twice} occurs twice, ${found}`);
  const missing = shape.required.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      `${file}, line 1: no column ${missing.join(', ')}; expected ${shape.required.join(',')}, ${found}`,
    );
  }
  const absent = (shape.optional ?? []).filter((name) => !header.includes(name));
  for (const name of header) {
    const known = shape.required.includes(name) || shape.optional?.includes(name);
    const meant = known ? undefined : nearest(name, absent);
    if (meant !== undefined) {
      throw new InputError(`${file}, line 1: unknown column "${name}", did you mean "${meant}"?`);
    }
  }
}
