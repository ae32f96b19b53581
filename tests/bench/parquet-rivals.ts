/**
 * Ways to turn facts into Parquet: rows a second of processor time, and bytes, beside CSV.
 *
 *     npx tsx tests/bench/parquet-rivals.ts [FOLDER] [ROWS]
 *
 * FOLDER has the rivals in its node_modules (npm install parquet-wasm@0.8.0 apache-arrow@21.1.0); without it they are
 * left out. The rows are those of a region of the default world. docs/decisions.md has the figures.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { blankRecord, type Column } from '../../src/domain/columns.ts';
import { FACT_NAMES, FACTS, type FactSink } from '../../src/domain/facts.ts';
import { DAY_MS } from '../../src/engine/time.ts';
import { NO_EFFECTS } from '../../src/policy/effects.ts';
import { RegionSimulation } from '../../src/run/region-simulation.ts';
import { ByteWriter } from '../../src/tables/byte-writer.ts';
import { rowEncoder } from '../../src/tables/encoder.ts';
import { ParquetEncoder } from '../../src/tables/parquet/encoder.ts';
import { toText } from '../../src/tables/text.ts';
import { buildWorld } from '../../src/world/build.ts';
import { configOf, startOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';

type AnyRecord = Record<string, number | string>;
type Encode = (
  columns: readonly Column[],
  records: readonly AnyRecord[],
) => Promise<number> | number;

const [folder, rowsText = '1000000'] = process.argv.slice(2);
const ROWS = Number(rowsText);
const ROUNDS = 3;
const TABLES = ['ble_pings', 'receipt_lines'] as const;

/** Copies of the facts of a region until there are enough of each table. */
function realFacts(): Readonly<Record<string, AnyRecord[]>> {
  const config = configOf({});
  const startMs = startOf(config);
  const world = buildWorld(config, loadDictionaries(), startMs);
  const lists: Record<string, AnyRecord[]> = {};
  const keep = (table: (typeof FACT_NAMES)[number]) => {
    if (!(TABLES as readonly string[]).includes(table)) return () => {};
    const { columns } = FACTS[table];
    lists[table] = [];
    return (record: object) => {
      if (lists[table].length === ROWS) return;
      lists[table].push(
        Object.assign(blankRecord<readonly Column[]>(columns), record) as AnyRecord,
      );
    };
  };
  const facts = Object.fromEntries(FACT_NAMES.map((table) => [table, keep(table)]));
  const region = new RegionSimulation({
    world,
    plan: world.regions[0],
    effects: NO_EFFECTS,
    facts: facts as unknown as FactSink,
  });
  for (let day = 1; TABLES.some((table) => lists[table].length < ROWS); day++) {
    region.advance(startMs + day * DAY_MS);
  }
  return lists;
}

const csv: Encode = (columns, records) => {
  let bytes = 0;
  const writer = new ByteWriter(256 * 1024, (drained) => {
    bytes += drained.length;
  });
  const encode = rowEncoder<AnyRecord>(columns);
  for (const record of records) encode(record, writer);
  writer.flush();
  return bytes;
};

const columnsAndPages: Encode = (columns, records) => {
  const encoder = new ParquetEncoder(columns);
  encoder.begin();
  let bytes = 0;
  for (const record of records) {
    if (encoder.isFull) bytes += encoder.takeGroup().length;
    encoder.put(record as never);
  }
  return bytes + encoder.finish().length;
};

const isText = ({ type }: Column) => ['id', 'ble', 'ad', 'text', 'choice'].includes(type);
const isMissing = (column: Column, value: number | string) =>
  column.nullable === true && (value === -1 || value === '');

/** The library's own way: an array for each column, its encodings found by itself. */
const hyparquetWriter: Encode = (columns, records) => {
  const columnData = columns.map((column) => ({
    name: column.name,
    type: isText(column) ? 'STRING' : column.type === 'instant' ? 'TIMESTAMP' : 'INT32',
    nullable: column.nullable === true,
    data: records.map((record) => {
      const value = record[column.field];
      if (isMissing(column, value)) return null;
      if (isText(column)) return toText(column, value);
      return column.type === 'instant' ? new Date(value) : value;
    }),
  }));
  return parquetWriteBuffer({ columnData: columnData as never, rowGroupSize: 2 ** 17 }).byteLength;
};

/** DuckDB's appender, a chunk at a time, and its COPY. */
async function duckdb(): Promise<Encode> {
  const duck = await import('@duckdb/node-api');
  const connection = await (
    await duck.DuckDBInstance.create(':memory:', { threads: '1' })
  ).connect();
  const base = mkdtempSync(path.join(os.tmpdir(), 'sim-rivals-'));
  process.on('exit', () => rmSync(base, { recursive: true, force: true }));
  const CHUNK = 2048;
  return async (columns, records) => {
    const types = columns.map((column) =>
      isText(column) ? duck.VARCHAR : column.type === 'instant' ? duck.TIMESTAMPTZ : duck.INTEGER,
    );
    const names = columns.map(({ name }, at) => `"${name}" ${types[at]}`);
    await connection.run(`CREATE OR REPLACE TABLE facts (${names.join(', ')})`);
    const appender = await connection.createAppender('facts');
    for (let from = 0; from < records.length; from += CHUNK) {
      const some = records.slice(from, from + CHUNK);
      const chunk = duck.DuckDBDataChunk.create(types, some.length);
      for (const [at, column] of columns.entries()) {
        chunk.setColumnValues(
          at,
          some.map((record) => {
            const value = record[column.field];
            if (isMissing(column, value)) return null;
            if (isText(column)) return toText(column, value);
            if (column.type !== 'instant') return value;
            return new duck.DuckDBTimestampTZValue(BigInt(value) * 1000n);
          }),
        );
      }
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    const file = path.join(base, 'facts.parquet');
    await connection.run(`COPY facts TO '${file}' (FORMAT parquet, COMPRESSION snappy)`);
    return statSync(file).size;
  };
}

/** parquet-wasm over Arrow, with dictionaries of ids, texts and choices as it can take them. */
async function parquetWasm(root: string): Promise<Encode> {
  const from = createRequire(path.join(path.resolve(root), 'package.json'));
  const arrow = await import(from.resolve('apache-arrow'));
  const wasm = await import(from.resolve('parquet-wasm'));
  return (columns, records) => {
    const vectors: Record<string, unknown> = {};
    for (const column of columns) {
      if (isText(column)) {
        const positions = new Map<number | string, number>();
        const data = new Int32Array(records.length);
        for (let at = 0; at < records.length; at++) {
          const value = records[at][column.field];
          let position = positions.get(value);
          if (position === undefined) {
            position = positions.size;
            positions.set(value, position);
          }
          data[at] = position;
        }
        const texts = [...positions.keys()].map((value) => toText(column, value));
        const dictionary = arrow.vectorFromArray(texts, new arrow.Utf8());
        const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
        vectors[column.name] = arrow.makeVector(
          arrow.makeData({ type, length: records.length, data, dictionary, nullCount: 0 }),
        );
        continue;
      }
      const isInstant = column.type === 'instant';
      const type = isInstant ? new arrow.TimestampMillisecond('UTC') : new arrow.Int32();
      const data = isInstant ? new BigInt64Array(records.length) : new Int32Array(records.length);
      for (let at = 0; at < records.length; at++) {
        const value = records[at][column.field] as number;
        data[at] = isInstant ? BigInt(value) : value;
      }
      vectors[column.name] = arrow.makeVector(
        arrow.makeData({ type, length: records.length, data }),
      );
    }
    const table = wasm.Table.fromIPCStream(arrow.tableToIPC(new arrow.Table(vectors), 'stream'));
    const properties = new wasm.WriterPropertiesBuilder().setCompression(wasm.Compression.SNAPPY);
    return wasm.writeParquet(table, properties.build()).length;
  };
}

const rivals: [string, Encode][] = [
  ['CSV, encoder from the schema', csv],
  ['columns of ours, pages by hyparquet-writer', columnsAndPages],
  ['hyparquet-writer alone', hyparquetWriter],
  ['DuckDB, appender and COPY', await duckdb()],
];
if (folder !== undefined) rivals.push(['parquet-wasm over Arrow', await parquetWasm(folder)]);

const facts = realFacts();
for (const table of TABLES) {
  const { columns } = FACTS[table];
  const records = facts[table];
  const best = new Map<string, { seconds: number; bytes: number }>();
  // In turn, because the machine is never equally fast.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, encode] of rivals) {
      const before = process.cpuUsage();
      const bytes = await encode(columns, records);
      const { user, system } = process.cpuUsage(before);
      const seconds = (user + system) / 1e6;
      if (seconds < (best.get(name)?.seconds ?? Infinity)) best.set(name, { seconds, bytes });
    }
  }
  process.stdout.write(`${table}, ${records.length} rows, the best of ${ROUNDS} rounds\n`);
  const csvBytes = best.get(rivals[0][0])!.bytes;
  for (const [name, { seconds, bytes }] of best) {
    const rate = (records.length / seconds / 1e6).toFixed(2);
    const share = ((bytes / csvBytes) * 100).toFixed(1);
    process.stdout.write(`  ${name.padEnd(44)}${rate} M rows/s  ${share} %\n`);
  }
}
