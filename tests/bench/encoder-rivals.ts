/** Ways to turn records into the bytes of CSV: the derived encoder and its rivals, all to the same bytes. */
import { stringify } from 'csv-stringify/sync';
import type { Column } from '../../src/domain/columns.ts';
import { type FactRecord, FACTS } from '../../src/domain/facts.ts';
import { formatBleId, formatId } from '../../src/domain/ids.ts';
import { STOCK_REASONS, STOCK_SOURCES, ZONES } from '../../src/domain/values.ts';
import { type ByteChoices, byteChoices } from '../../src/tables/byte-choices.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';
import { rowEncoder } from '../../src/tables/encoder.ts';
import { moneyText, quoted, toText } from '../../src/tables/text.ts';
import { type Sample, type SampleTable, TABLES } from './sample.ts';

/** Of the rivals that make text: rows that they hold before they write them. */
export const BATCH_ROWS = 1000;
const STRINGIFY = { record_delimiter: '\n', quote_record_delimiter: true } as const;

type AnyRecord = Record<string, number | string>;

/** A way to turn records of a table into bytes; `bytes` tells how many it made so far. */
export interface Rival {
  readonly name: string;
  readonly encoders: { readonly [Name in SampleTable]: (record: FactRecord<Name>) => void };
  bytes(): number;
}

function byWriter(
  name: string,
  make: (columns: readonly Column[]) => (record: never, writer: ByteWriter) => void,
): Rival {
  let drainedBytes = 0;
  const writers: ByteWriter[] = [];
  const encoders = TABLES.map((table) => {
    const writer = new ByteWriter(256 * 1024, (drained) => {
      drainedBytes += drained.length;
    });
    writers.push(writer);
    const encode = make(FACTS[table].columns);
    return [table, (record: never) => encode(record, writer)];
  });
  const bytes = () => writers.reduce((sum, { length }) => sum + length, drainedBytes);
  return { name, encoders: Object.fromEntries(encoders), bytes };
}

/** Without code made from text: a closure for each column. */
function closures(columns: readonly Column[]): (record: AnyRecord, writer: ByteWriter) => void {
  const fields = columns.map(({ field, type, values, nullable, scale = 0 }, index) => {
    const texts: ByteChoices = byteChoices(type === 'bool' ? ['false', 'true'] : (values ?? []));
    const put = ((): ((writer: ByteWriter, value: never) => void) => {
      switch (type) {
        case 'bool':
        case 'choice':
          return (writer, value) => writer.choice(texts, value);
        case 'real':
          return (writer, value) => writer.real(value, scale);
        default:
          return (writer, value) => writer[type](value);
      }
    })();
    const last = index === columns.length - 1;
    return (record: AnyRecord, writer: ByteWriter) => {
      const value = record[field];
      if (!nullable || value !== -1) put(writer, value as never);
      if (last) writer.endRow();
      else writer.comma();
    };
  });
  return (record, writer) => {
    writer.reserve(512);
    for (let i = 0; i < fields.length; i++) fields[i](record, writer);
  };
}

/** Rows are kept until there is a batch of them, and become one text. */
function byText<Row>(
  name: string,
  make: (table: SampleTable) => (record: never) => Row,
  join: (rows: readonly Row[]) => string,
): Rival {
  let bytes = 0;
  const encoders = TABLES.map((table) => {
    const row = make(table);
    const buffer = Buffer.alloc(256 * 1024);
    let rows: Row[] = [];
    const encode = (record: never) => {
      rows.push(row(record));
      if (rows.length < BATCH_ROWS) return;
      bytes += buffer.write(join(rows));
      rows = [];
    };
    return [table, encode];
  });
  return { name, encoders: Object.fromEntries(encoders), bytes: () => bytes };
}

const instant = (atMs: number) => new Date(atMs).toISOString();
const TEMPLATES: { readonly [Name in SampleTable]: (record: FactRecord<Name>) => string } = {
  ble_pings: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${formatId(r.beaconId)},${formatBleId(r.bleCustomerId)},${r.rssiDbm},${ZONES[r.zone]},${formatId(r.sessionId)}\n`,
  receipt_lines: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${formatId(r.receiptId)},${r.line},${r.productId},${r.qty},${moneyText(r.unitPriceCents)},${moneyText(r.extPriceCents)},${quoted(r.promoCode)},${r.storeId},${moneyText(r.taxCents)}\n`,
  store_inventory_txn: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${r.productId},${r.qtyDelta},${STOCK_REASONS[r.reason]},${STOCK_SOURCES[r.source]},${r.balance},${r.shelfDelta},${r.shelfBalance},${r.recordedBalance}\n`,
  zone_changes: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${formatBleId(r.bleCustomerId)},${ZONES[r.fromZone]},${ZONES[r.toZone]},${formatId(r.sessionId)}\n`,
};

function cells(table: SampleTable): (record: AnyRecord) => string[] {
  const columns: readonly Column[] = FACTS[table].columns;
  return (record) => columns.map((column) => toText(column, record[column.field]));
}

/** A rival each: what they have written is their own. */
export function rivals(): readonly Rival[] {
  return [
    byWriter('derived encoder', (columns) => rowEncoder<never>(columns)),
    byWriter('closures', (columns) => closures(columns)),
    byText(
      'template strings',
      (table) => TEMPLATES[table],
      (rows) => rows.join(''),
    ),
    byText('csv-stringify', cells, (rows) => stringify([...rows], STRINGIFY)),
  ];
}

/** All rows through the encoders, the tables in turn. */
export function encodeAll({ encoders }: Pick<Rival, 'encoders'>, rows: Sample): void {
  const { ble_pings, receipt_lines, store_inventory_txn, zone_changes } = encoders;
  for (let i = 0; i < rows.ble_pings.length; i++) {
    ble_pings(rows.ble_pings[i]);
    receipt_lines(rows.receipt_lines[i]);
    store_inventory_txn(rows.store_inventory_txn[i]);
    zone_changes(rows.zone_changes[i]);
  }
}
