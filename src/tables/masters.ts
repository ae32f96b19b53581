/** Writes the dimension tables as files: those that never change, and those that grow with the history. */
import { join } from 'node:path';
import type { Column, RecordOf } from '../domain/columns.ts';
import { DIMENSIONS } from '../domain/dimensions.ts';
import { budgetCents, campaignsBetween } from '../policy/campaigns.ts';
import { markdownsBetween } from '../policy/clearance.ts';
import type { Effects } from '../policy/effects.ts';
import { promotionsBetween } from '../policy/promotions.ts';
import { advertisingOf } from '../world/advertising.ts';
import type { Dictionaries } from '../world/dictionaries.ts';
import { moveRecords } from '../world/moves.ts';
import type { World } from '../world/world.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { encodedChunks } from './encoded-chunks.ts';
import { writeCsvFile } from './csv-file.ts';
import { DEFAULT_FORMATS, FORMAT_ENDINGS, type FileFormat } from '../domain/formats.ts';
import {
  type CalendarTable,
  type FixedRows,
  type FixedTable,
  fixedRows,
} from './master-records.ts';
import { parquetChunks } from './parquet/table-chunks.ts';

/** A calendar table: its file and its complete text. */
export interface CalendarFile {
  readonly file: string;
  readonly text: Uint8Array;
}

/** Tables with many rows, which the byte encoder writes. */
const LARGE: ReadonlySet<FixedTable> = new Set([
  'customers',
  'dc_inventory_snapshots',
  'store_inventory_snapshots',
  'products_master',
  'supplier_depots',
  'trucks',
]);

/**
 * Writes every table that never changes to `folder`, each completely or not at all; calls back before each.
 * @throws OutputError naming the file that cannot be written
 */
export function writeMasters(
  folder: string,
  world: World,
  dictionaries: Dictionaries,
  onTable: (table: string) => void = () => {},
  formats: readonly FileFormat[] = DEFAULT_FORMATS,
): void {
  // Records can be read once.
  const rows = formats.map((format) => ({ format, rows: fixedRows(world, dictionaries) }));
  for (const table of Object.keys(rows[0].rows) as FixedTable[]) {
    onTable(table);
    for (const of of rows) WRITERS[of.format](join(folder, table), table, of.rows);
  }
}

/** Writes a table; `place` is its file without the extension. */
const WRITERS: Readonly<
  Record<FileFormat, (place: string, table: FixedTable, rows: FixedRows) => void>
> = {
  csv(place, table, rows) {
    const file = place + FORMAT_ENDINGS.csv;
    if (LARGE.has(table)) writeFileAtomic(file, encodedChunks(DIMENSIONS[table], rows[table]));
    else writeSmall(file, table, rows);
  },
  parquet(place, table, rows) {
    writeFileAtomic(
      place + FORMAT_ENDINGS.parquet,
      parquetChunks(DIMENSIONS[table], rows[table] as Iterable<object>),
    );
  },
};

function writeSmall<Table extends FixedTable>(file: string, table: Table, rows: FixedRows): void {
  writeCsvFile<(typeof DIMENSIONS)[Table]>(file, DIMENSIONS[table], rows[table]);
}

/**
 * Returns campaigns, promotions and customers' moves of a history up to `endMs`: all that begin before the end of
 * the UTC year in which it ends.
 */
export function calendarTables(
  folder: string,
  world: Pick<
    World,
    'seed' | 'startMs' | 'config' | 'regions' | 'customers' | 'geographies' | 'dcs'
  >,
  effects: Effects,
  endMs: number,
  formats: readonly FileFormat[] = DEFAULT_FORMATS,
): CalendarFile[] {
  const { seed, startMs, config, regions } = world;
  const horizonMs = calendarHorizonMs(startMs, endMs);
  const campaigns = campaignsBetween(seed, startMs, horizonMs, advertisingOf(config)).map(
    (one) => ({ ...one, budgetCents: budgetCents(one, regions, effects) }),
  );
  const promotions = [
    ...promotionsBetween(startMs, horizonMs, effects),
    ...markdownsBetween(startMs, horizonMs),
  ].sort((a, b) => a.startMs - b.startMs);
  const moves = [...moveRecords(world, horizonMs)];
  return formats.flatMap((format) => [
    calendarFile(folder, 'campaigns', campaigns, format),
    calendarFile(folder, 'promotion_calendar', promotions, format),
    calendarFile(folder, 'customer_moves', moves, format),
  ]);
}

function calendarFile<Table extends CalendarTable>(
  folder: string,
  table: Table,
  records: readonly RecordOf<(typeof DIMENSIONS)[Table]>[],
  format: FileFormat,
): CalendarFile {
  const columns: readonly Column[] = DIMENSIONS[table];
  const chunks = format === 'csv' ? encodedChunks : parquetChunks;
  return {
    file: join(folder, table + FORMAT_ENDINGS[format]),
    text: joined(chunks(columns, records)),
  };
}

/** Joins pieces that are valid until the next is requested. */
function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  return Buffer.concat(Array.from(pieces, (piece) => piece.slice()));
}

/** Returns the end of the UTC year that holds the last instant of [startMs, endMs). */
export function calendarHorizonMs(startMs: number, endMs: number): number {
  const last = new Date(Math.max(startMs, endMs - 1));
  return Date.UTC(last.getUTCFullYear() + 1, 0, 1);
}
