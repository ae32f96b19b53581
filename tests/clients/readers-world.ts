/** A world so small that rare tables have few parts, and what every reader has to find in it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { generateHistory } from '../../src/run/generation.ts';
import { type WorldPaths, worldPaths } from '../../src/store/paths.ts';
import { simulatedWorld } from '../../src/run/simulated-world.ts';
import { worldTables } from '../../src/tables/world-tables.ts';
import { configOf } from '../../src/world/config.ts';
import { loadDictionaries } from '../../src/world/dictionaries.ts';
import { IS_LONG } from '../helpers/long.ts';

/** A quarter has every kind of file that a year has. */
export const DAYS = IS_LONG ? 365 : 90;
const FROM_MS = Date.UTC(2023, 0, 1);
const TO_MS = FROM_MS + DAYS * 86_400_000;

/** Of Massachusetts, where ZIP codes begin with 0; stock is short, so that shelves run empty; nobody orders online, not even after an ad. */
const CONFIG = {
  seed: 7,
  volume: {
    stores: 1,
    dcs: 1,
    total_geographies: 8,
    total_customers: 120,
    total_products: 240,
    customers_per_day: 4,
    online_orders_per_day: 0,
    store_initial_inventory_min: 1,
    store_initial_inventory_max: 12,
    dc_initial_inventory_min: 1,
    dc_initial_inventory_max: 60,
  },
  marketing: { online_share: 0 },
};

export async function makeReadersWorld(root: string): Promise<WorldPaths> {
  const paths = worldPaths(root);
  await generateHistory({
    settings: { config: configOf(CONFIG), dictionaries: loadDictionaries(), scenarios: [] },
    paths,
    makeWorld: simulatedWorld,
    window: { fromMs: FROM_MS, toMs: TO_MS },
    workers: 1,
    nowMs: () => TO_MS,
  });
  return paths;
}

/** What readers are asked for. */
export interface Found {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly zips: readonly string[];
  /** Sum of receipts.Total, in cents. */
  readonly totalCents: number;
  /** Rows of stockouts without a StoreID: those at the distribution center. */
  readonly noStore: number;
  /** Greatest receipts.EventTS, epoch ms. */
  readonly lastMs: number;
}

/** What the files hold, read as text. */
export function foundIn(root: string): Found {
  const rows = worldTables().map(({ name, files }) => [name, countIn(root, files)]);
  const receipts = rowsOf(root, 'facts/receipts/dt=*/part-*.csv');
  const stockouts = rowsOf(root, 'facts/stockouts/dt=*/part-*.csv');
  const last = receipts
    .map(({ EventTS }) => EventTS)
    .sort()
    .at(-1)!;
  return {
    rows: Object.fromEntries(rows),
    zips: rowsOf(root, 'master/geographies_master.csv').map(({ ZipCode }) => ZipCode),
    totalCents: receipts.reduce((sum, { Total }) => sum + Math.round(Number(Total) * 100), 0),
    noStore: stockouts.filter(({ StoreID }) => StoreID === '').length,
    lastMs: Date.parse(last),
  };
}

/** Files of a pattern, in order. */
export function filesOf(root: string, pattern: string): string[] {
  const [folder, ...rest] = pattern.split('/');
  if (folder === undefined) return [];
  const name = new RegExp(`^${folder.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const names = readdirSync(root)
    .filter((each) => name.test(each))
    .sort();
  if (rest.length === 0) return names.map((each) => path.join(root, each));
  return names.flatMap((each) => filesOf(path.join(root, each), rest.join('/')));
}

/** No field of this world goes over several lines. */
function countIn(root: string, pattern: string): number {
  return filesOf(root, pattern).reduce(
    (sum, file) => sum + readFileSync(file, 'latin1').split('\n').length - 2,
    0,
  );
}

function rowsOf(root: string, pattern: string): Record<string, string>[] {
  return filesOf(root, pattern).flatMap((file): Record<string, string>[] =>
    parse(readFileSync(file), { columns: true }),
  );
}
