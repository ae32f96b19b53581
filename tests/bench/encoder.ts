/**
 * Benches of the output: rows to bytes by the derived encoder and by its rivals, and rows to files by
 * the CSV sink. Run alone: `tsx tests/bench/encoder.ts`.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { argv, cpuUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { blankRecord, type Column } from '../../src/domain/columns.ts';
import { FACTS, type FactRecord } from '../../src/domain/facts.ts';
import { formatBleId, formatId, idBase } from '../../src/domain/ids.ts';
import { STOCK_REASONS, STOCK_SOURCES, ZONES } from '../../src/domain/values.ts';
import { CsvRegionSink } from '../../src/sinks/csv-region.ts';
import { type ByteChoices, byteChoices } from '../../src/tables/byte-choices.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';
import { rowEncoder } from '../../src/tables/encoder.ts';
import { moneyText, quoted, toText } from '../../src/tables/text.ts';

const STORES = 42;
const TABLES = ['ble_pings', 'receipt_lines', 'store_inventory_txn', 'zone_changes'] as const;
type Table = (typeof TABLES)[number];
type AnyRecord = Record<string, number | string>;
type Sample = { readonly [Name in Table]: readonly FactRecord<Name>[] };

export interface Figure {
  readonly name: string;
  readonly rowsPerSecond: number;
  readonly bytesPerRow: number;
}

/** A record made as regions make theirs. Node 20 reads objects made by spreading several times slower. */
function like<Name extends Table>(table: Name, values: FactRecord<Name>): FactRecord<Name> {
  return Object.assign(blankRecord(FACTS[table].columns) as FactRecord<Name>, values);
}

/** Rows of four busy tables, the same number of each, as an afternoon of 42 stores would bring them. */
function sample(rowsPerTable: number): Sample {
  const lists: { [Name in Table]: FactRecord<Name>[] } = {
    ble_pings: [],
    receipt_lines: [],
    store_inventory_txn: [],
    zone_changes: [],
  };
  let eventMs = Date.UTC(2024, 2, 1, 17);
  for (let n = 0; n < rowsPerTable; n++) {
    eventMs += (n * 7919) % 401;
    const storeId = 1 + ((n * 31) % STORES);
    const sequence = 90_000 + ((n * 17) % 3000);
    const sessionId = idBase('session', storeId) + sequence;
    const receiptId = idBase('receipt', storeId) + sequence;
    const common = { traceId: sessionId, eventMs, storeId, sessionId };
    const productId = 1 + ((n * 37) % 9000);
    const bleCustomerId = 1 + ((n * 7001) % 80_000);
    const zone = n % ZONES.length;
    const beaconId = idBase('beacon', storeId) + zone;
    const rssiDbm = -40 - (n % 50);
    lists.ble_pings.push(like('ble_pings', { ...common, beaconId, bleCustomerId, rssiDbm, zone }));
    const extPriceCents = 199 + ((n * 7919) % 20_000);
    lists.receipt_lines.push(
      like('receipt_lines', {
        traceId: sessionId,
        eventMs,
        receiptId,
        line: 1 + (n % 12),
        productId,
        qty: 1 + (n % 3),
        unitPriceCents: extPriceCents,
        extPriceCents: extPriceCents * (1 + (n % 3)),
        promoCode: n % 5 === 0 ? 'W09-GROCERY-T1' : '',
        storeId,
        taxCents: n % 900,
      }),
    );
    lists.store_inventory_txn.push(
      like('store_inventory_txn', {
        traceId: sessionId,
        eventMs,
        storeId,
        productId,
        qtyDelta: -1 - (n % 3),
        reason: 5,
        source: 0,
        balance: (n * 13) % 200,
      }),
    );
    const toZone = (n + 1) % ZONES.length;
    lists.zone_changes.push(
      like('zone_changes', { ...common, bleCustomerId, fromZone: zone, toZone }),
    );
  }
  return lists;
}

/** A way to turn records of a table into bytes; `bytes` tells how many it made so far. */
interface Rival {
  readonly name: string;
  readonly encoders: { readonly [Name in Table]: (record: FactRecord<Name>) => void };
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

function byText(name: string, make: (table: Table) => (record: never) => string): Rival {
  let bytes = 0;
  const encoders = TABLES.map((table) => {
    const row = make(table);
    const buffer = Buffer.alloc(256 * 1024);
    let rows: string[] = [];
    const encode = (record: never) => {
      rows.push(row(record));
      if (rows.length < 1000) return;
      bytes += buffer.write(rows.join(''));
      rows = [];
    };
    return [table, encode];
  });
  return { name, encoders: Object.fromEntries(encoders), bytes: () => bytes };
}

const instant = (atMs: number) => new Date(atMs).toISOString();
const TEMPLATES: { readonly [Name in Table]: (record: FactRecord<Name>) => string } = {
  ble_pings: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${formatId(r.beaconId)},${formatBleId(r.bleCustomerId)},${r.rssiDbm},${ZONES[r.zone]},${formatId(r.sessionId)}\n`,
  receipt_lines: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${formatId(r.receiptId)},${r.line},${r.productId},${r.qty},${moneyText(r.unitPriceCents)},${moneyText(r.extPriceCents)},${quoted(r.promoCode)},${r.storeId},${moneyText(r.taxCents)}\n`,
  store_inventory_txn: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${r.productId},${r.qtyDelta},${STOCK_REASONS[r.reason]},${STOCK_SOURCES[r.source]},${r.balance}\n`,
  zone_changes: (r) =>
    `${formatId(r.traceId)},${instant(r.eventMs)},${r.storeId},${formatBleId(r.bleCustomerId)},${ZONES[r.fromZone]},${ZONES[r.toZone]},${formatId(r.sessionId)}\n`,
};

function byStringify(table: Table): (record: AnyRecord) => string {
  const columns: readonly Column[] = FACTS[table].columns;
  return (record) =>
    stringify([columns.map((column) => toText(column, record[column.field]))], {
      record_delimiter: '\n',
      quote_record_delimiter: true,
    });
}

function rivals(): Rival[] {
  return [
    byWriter('derived encoder', (columns) => rowEncoder<never>(columns)),
    byWriter('closures', (columns) => closures(columns)),
    byText('template strings', (table) => TEMPLATES[table]),
    byText('csv-stringify', byStringify),
  ];
}

function pass({ encoders }: Rival, rows: Sample): void {
  const { ble_pings, receipt_lines, store_inventory_txn, zone_changes } = encoders;
  for (let i = 0; i < rows.ble_pings.length; i++) {
    ble_pings(rows.ble_pings[i]);
    receipt_lines(rows.receipt_lines[i]);
    store_inventory_txn(rows.store_inventory_txn[i]);
    zone_changes(rows.zone_changes[i]);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** Processor time since `before`, seconds: other programs on the machine do not count. */
function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = cpuUsage(before);
  return (user + system) / 1e6;
}

/** Rows to bytes in a buffer: medians of interleaved rounds, after one that does not count. */
export function encoderFigures(rowsPerTable = 25_000, rounds = 7): Figure[] {
  const rows = sample(rowsPerTable);
  const rowsPerPass = rowsPerTable * TABLES.length;
  const runs = rivals().map((rival) => ({ rival, seconds: [] as number[] }));
  for (let round = 0; round <= rounds; round++) {
    for (const { rival, seconds } of runs) {
      const before = cpuUsage();
      pass(rival, rows);
      if (round > 0) seconds.push(secondsSince(before));
    }
  }
  return runs.map(({ rival, seconds }) => ({
    name: rival.name,
    rowsPerSecond: rowsPerPass / median(seconds),
    bytesPerRow: rival.bytes() / (rowsPerPass * (rounds + 1)),
  }));
}

/** Rows to files on disk by the CSV sink, a day a round, synced while the next day is written. */
export async function sinkFigure(rowsPerTable = 100_000, days = 5): Promise<Figure> {
  const factsDir = mkdtempSync(`${tmpdir()}/bench-`);
  try {
    const rows = sample(rowsPerTable);
    const sink = new CsvRegionSink({ factsDir, region: 1 });
    const rival = { name: 'CSV sink', encoders: sink.facts, bytes: () => sink.bytes };
    const seconds: number[] = [];
    let durable = Promise.resolve();
    for (let day = 0; day < days; day++) {
      const before = cpuUsage();
      sink.openDay(Date.UTC(2024, 2, 1 + day));
      pass(rival, rows);
      await durable;
      durable = sink.closeDay();
      seconds.push(secondsSince(before));
    }
    await durable;
    const rowsPerDay = rowsPerTable * TABLES.length;
    const bytesPerRow = sink.bytes / (rowsPerDay * days);
    return { name: 'CSV sink', rowsPerSecond: rowsPerDay / median(seconds), bytesPerRow };
  } finally {
    rmSync(factsDir, { recursive: true });
  }
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const figures = [...encoderFigures(), await sinkFigure()];
  for (const { name, rowsPerSecond, bytesPerRow } of figures) {
    const rate = `${(rowsPerSecond / 1e6).toFixed(2)} M rows/s`;
    const volume = `${((rowsPerSecond * bytesPerRow) / 1e6).toFixed(0)} MB/s`;
    process.stdout.write(
      `${name.padEnd(18)}${rate.padStart(15)}${volume.padStart(12)}, ${bytesPerRow.toFixed(1)} bytes a row\n`,
    );
  }
}
