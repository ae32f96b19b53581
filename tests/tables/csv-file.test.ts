import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { CLOSING, DIMENSIONS } from '../../src/domain/dimensions.ts';
import { csvChunks, writeCsvFile } from '../../src/tables/csv-file.ts';
import { toText } from '../../src/tables/text.ts';
import { recordOf } from './arbitraries.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'csv-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A text as it comes back: half of a surrogate pair does not. */
const asUtf8 = (text: string) => Buffer.from(text).toString();
const columns = DIMENSIONS.promotion_calendar;
const closing = CLOSING.dc_stock;
const stock = (productId: number) => ({ nodeId: 1, productId, onHand: 5, onOrder: 0 });

describe('CSV of a table', () => {
  it('is read back unchanged by a CSV parser', () => {
    fc.assert(
      fc.property(fc.array(recordOf(columns), { maxLength: 5 }), (records) => {
        const rows = parse([...csvChunks(columns, records as never)].join(''), {
          record_delimiter: '\n',
        });
        const expected = records.map((values) =>
          columns.map((column) => asUtf8(toText(column, values[column.field]))),
        );
        expect(rows).toEqual([columns.map(({ name }) => name), ...expected]);
      }),
    );
  });

  it('is only its header without records', () => {
    expect([...csvChunks(closing, [])].join('')).toBe('DCID,ProductID,OnHand,OnOrder\n');
  });

  it('is written in pieces, from records that may be the same object', () => {
    function* reused() {
      const record = stock(0);
      for (record.productId = 1; record.productId <= 2500; record.productId++) yield record;
    }
    const chunks = [...csvChunks(closing, reused())];
    expect(chunks.length).toBe(4);
    const lines = chunks.join('').trimEnd().split('\n');
    expect(lines.length).toBe(2501);
    expect(lines[2500]).toBe('1,2500,5,0');
  });

  it('is written completely or not at all', () => {
    const file = path.join(folder, 'new folder', 'dc_stock.csv');
    writeCsvFile(file, closing, [stock(1)]);
    function* failing() {
      yield stock(2);
      throw new Error('no more');
    }
    expect(() => writeCsvFile(file, closing, failing())).toThrow('no more');
    expect(readFileSync(file, 'utf8')).toBe('DCID,ProductID,OnHand,OnOrder\n1,1,5,0\n');
    expect(readdirSync(path.dirname(file))).toEqual(['dc_stock.csv']);
  });
});
