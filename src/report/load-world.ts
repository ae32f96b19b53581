/** Loads what a report reads of a world into a database: as verification does, without the tables that nobody asks. */
import path from 'node:path';
import { readFormats } from '../verify/committed.ts';
import type { Database } from '../verify/database.ts';
import { findTableFiles, type TableFiles } from '../verify/files.ts';
import { loadTables } from '../verify/load.ts';
import { MACROS } from '../verify/macros.ts';
import { quoted } from '../verify/column-types.ts';
import { readWindow } from '../verify/run-window.ts';
import { createClock, type ReportWindow, reportWindow } from './clock.ts';
import { type Query, tablesRead } from './queries.ts';

/** Where the tables of a world are, if not in its own folders. */
export interface WorldPlaces {
  readonly master?: string;
  readonly facts?: string;
}

export interface LoadedWorld {
  readonly window: ReportWindow;
  /** Names of the tables that there are. */
  readonly tables: ReadonlySet<string>;
  /** Files and rows that could not be read. */
  readonly problems: number;
}

/** Pings are by far the most rows, and a few days of them say what all do. */
const SAMPLED_TABLE = 'ble_pings';
const SAMPLED_DAYS = 14;

/**
 * Loads the tables that queries read, and creates the tables of the clock.
 * @throws InputError if the folder holds no world with a history
 */
export async function loadWorld(
  database: Database,
  folder: string,
  places: WorldPlaces,
  queries: readonly Query[],
  onStep: (step: string) => void,
): Promise<LoadedWorld> {
  const { from, to } = readWindow(folder, 'report on');
  const window = reportWindow(from, to);
  for (const statement of MACROS) await database.run(statement);
  await database.run(
    `CREATE TABLE run_window AS SELECT TIMESTAMP ${quoted(from)} AS StartTS, TIMESTAMP ${quoted(to)} AS EndTS`,
  );
  const folders = {
    master: places.master ?? path.join(folder, 'master'),
    facts: places.facts ?? path.join(folder, 'facts'),
    closing: path.join(folder, 'closing'),
  };
  const all = await findTableFiles(folders, readFormats(folder));
  const names = all.map(({ table }) => table);
  const read = new Set(tablesRead(queries, names));
  const wanted = all.filter(({ table }) => read.has(table)).map((table) => within(table, window));
  await loadTables(database, wanted, onStep);
  await createClock(database, window);
  const [{ problems }] = await database.rows('SELECT count(*) AS problems FROM load_problems');
  return { window, tables: new Set(names), problems: Number(problems) };
}

/** Leaves out days after the window, most days of pings, and what is there in another format. */
function within(all: TableFiles, { to }: ReportWindow): TableFiles {
  const table = { ...all, twins: [] };
  if (table.kind !== 'fact') return table;
  const files = table.files.filter(({ day }) => `${day}T00:00:00.000Z` < to);
  if (table.table !== SAMPLED_TABLE) return { ...table, files };
  const days = [...new Set(files.map(({ day }) => day))].sort();
  const step = Math.max(1, Math.ceil(days.length / SAMPLED_DAYS));
  const sampled = new Set(days.filter((_, at) => at % step === 0));
  return { ...table, files: files.filter(({ day }) => sampled.has(day)) };
}
