/** What a Delta table says of its columns, and what the log says of the values in a file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Column } from '../../../src/domain/columns.ts';
import { dataFile, isDataFile } from '../../../src/tables/delta/data-files.ts';
import { schemaString } from '../../../src/tables/delta/delta-schema.ts';
import { fileStats } from '../../../src/tables/delta/file-stats.ts';
import { ParquetEncoder } from '../../../src/tables/parquet/encoder.ts';
import { worldTables } from '../../../src/tables/world-tables.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'sim-delta-stats-'));
afterAll(() => rmSync(base, { recursive: true }));

const column = (name: string, type: Column['type'], more: Partial<Column> = {}): Column => ({
  name,
  field: name,
  type,
  about: `The ${name}.`,
  ...more,
});

const COLUMNS = [
  column('at', 'instant'),
  column('day', 'date'),
  column('units', 'int', { nullable: true }),
  column('cents', 'money'),
  column('share', 'real', { scale: 4 }),
  column('name', 'text', { nullable: true }),
  column('choice', 'choice', { values: ['b', 'a', 'c'] }),
  column('is', 'bool'),
  column('id', 'id'),
];

describe('the schema of a table', () => {
  const fields = (text: string) => JSON.parse(text).fields;

  it('has a strict type for each of the catalogue, nulls where it lets a field be empty, and its sentence', () => {
    const types = fields(schemaString(COLUMNS)).map(
      ({ name, type, nullable }: { name: string; type: string; nullable: boolean }) =>
        `${name} ${type}${nullable ? '?' : ''}`,
    );
    expect(types).toEqual([
      'at timestamp',
      'day date',
      'units integer?',
      'cents decimal(18,2)',
      'share decimal(18,4)',
      'name string?',
      'choice string',
      'is boolean',
      'id string',
    ]);
    expect(fields(schemaString(COLUMNS))[0].metadata).toEqual({ comment: 'The at.' });
  });

  it('takes appended columns, which older files do not have, as nullable, and keeps them so', () => {
    const before = schemaString(COLUMNS);
    const more = [...COLUMNS, column('extra', 'int')];
    const after = schemaString(more, before);
    expect(fields(after).at(-1)).toMatchObject({ name: 'extra', type: 'integer', nullable: true });
    expect(fields(after).slice(0, -1)).toEqual(fields(before));
    expect(schemaString(more, after)).toBe(after);
  });

  it('refuses a column that is gone, moved, or of another type', () => {
    const before = schemaString(COLUMNS);
    expect(() => schemaString(COLUMNS.slice(0, -1), before)).toThrow('its column id is string');
    expect(() => schemaString([...COLUMNS].reverse(), before)).toThrow(
      'its column at is timestamp',
    );
    const other = COLUMNS.with(2, column('units', 'money'));
    expect(() => schemaString(other, before)).toThrow('its column units is integer');
  });
});

describe('the statistics of a file', () => {
  function statsOf(rows: readonly object[], columns: readonly Column[] = COLUMNS, groupRows = 2) {
    const encoder = new ParquetEncoder(columns, groupRows);
    const pieces: Uint8Array[] = [];
    for (const row of rows) {
      if (encoder.isFull) pieces.push(encoder.takeGroup().slice());
      encoder.put(row as never);
    }
    const file = path.join(base, 'part.parquet');
    writeFileSync(file, Buffer.concat([...pieces, encoder.finish().slice()]));
    const { rows: count, text } = fileStats(file, columns);
    expect(JSON.parse(text).numRecords).toBe(count);
    return JSON.parse(text);
  }
  const AT = Date.parse('2024-03-01T14:05:09.123Z');
  const DAY = Date.parse('2024-03-01');
  const row = (at: number, more: object = {}) => ({
    at: AT + at,
    day: DAY,
    units: at,
    cents: 7 + at,
    share: 0.57 + at / 10_000,
    name: 'x',
    choice: 0,
    is: at % 2,
    id: 1,
    ...more,
  });

  it('are those of all row groups: exact decimals, instants in UTC, days', () => {
    const { minValues, maxValues } = statsOf([row(1), row(-3), row(50), row(4), row(0)]);
    expect(minValues).toEqual({
      at: '2024-03-01T14:05:09.120Z',
      day: '2024-03-01',
      units: -3,
      cents: 0.04,
      share: 0.5697,
      name: 'x',
      choice: 'b',
    });
    expect(maxValues).toMatchObject({
      at: '2024-03-01T14:05:09.173Z',
      units: 50,
      cents: 0.57,
      share: 0.575,
    });
  });

  it('are exact for every amount of cents', () => {
    for (const cents of [1, 57, 107, 115, 100_057, 1_999_999_999, -29]) {
      const { minValues } = statsOf([row(0, { cents })]);
      expect(minValues.cents).toBe(cents / 100);
    }
  });

  it('count nulls, and skip groups of nothing else', () => {
    const rows = [row(1, { units: -1 }), row(2, { units: -1 }), row(3), row(4, { units: -1 })];
    const { minValues, maxValues, nullCount } = statsOf(rows);
    expect([minValues.units, maxValues.units, nullCount.units]).toEqual([3, 3, 3]);
    expect(nullCount).toMatchObject({ at: 0, id: 0, is: 0 });
  });

  it('say nothing of a column that has nulls alone, of truth, or of ids', () => {
    const { minValues, nullCount } = statsOf([row(1, { name: '' }), row(2, { name: '' })]);
    expect(Object.keys(minValues)).toEqual(['at', 'day', 'units', 'cents', 'share', 'choice']);
    expect(nullCount.name).toBe(2);
  });

  it('order texts by their bytes, over row groups too', () => {
    // In UTF-16 the lorry would come first.
    const names = ['z', '\u{FF5E}', 'é', '🚚', 'Z'];
    const { minValues, maxValues } = statsOf(names.map((name, at) => row(at, { name })));
    expect([minValues.name, maxValues.name]).toEqual(['Z', '🚚']);
  });

  it('are those of a table without rows, too', () => {
    expect(statsOf([])).toMatchObject({ numRecords: 0, minValues: {}, maxValues: {} });
  });
});

describe('the name of a file', () => {
  it('needs no encoding as a URI, for every table', () => {
    for (const { name } of worldTables()) {
      const { name: file } = dataFile('x', name, { bytes: 1, crc32: 0xabc });
      expect(file).toBe(encodeURIComponent(file));
      expect(isDataFile(file)).toBe(true);
    }
    const { name: part } = dataFile('x', '2024-03-01-part-12', { bytes: 1, crc32: 0xffffffff });
    expect(part).toBe('2024-03-01-part-12-ffffffff.parquet');
    expect(isDataFile(part)).toBe(true);
  });

  it('is not that of what other programs write', () => {
    for (const name of [
      'part-00000-6487e900-a112-4d6f-9ba3-afed39e98060-c000.snappy.parquet',
      '../receipts-0000abcd.parquet',
      'a%20b.parquet',
      'deletion_vector_1.bin',
    ]) {
      expect(isDataFile(name)).toBe(false);
    }
  });
});
