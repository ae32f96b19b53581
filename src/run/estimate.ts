/**
 * What a run will write, from its config alone: rows and bytes per table, time.
 *
 * Every table's rows follow from a few counts that a config fixes (visits, receipts, lines, online
 * orders, store-days …). Factors are means over generated worlds in their second quarter, when stores
 * reorder as much as they sell; seasons and scenarios are not in them, so a single week may well be a
 * quarter above or below.
 */
import type { FactName } from '../domain/facts.ts';
import type { Shard } from './shard.ts';
import type { Codec } from '../tables/compression.ts';
import type { Config } from '../world/config.ts';

/** Visits of one customer and day in real life: 2.6 trips a week. See the preset `calibrated`. */
export const REAL_VISITS_PER_CUSTOMER_DAY = 2.6 / 7;
/** Share of visits that end with a receipt. */
const CONVERSION = 0.6;
/** Lines of an online order. */
const LINES_PER_ORDER = 10;
/** Facts per second of one worker with a core of its own, all tables together, start and commits included. */
const ROWS_PER_WORKER_SECOND = 600_000;
/** What compression leaves of the facts' bytes, at most. */
const COMPRESSED_SHARE = 0.26;
/** Days that may lie there plain before they are compressed. */
const PLAIN_DAYS = 2;

type Driver = 'visit' | 'receipt' | 'line' | 'order' | 'orderLine' | 'storeDay' | 'dcDay' | 'day';

interface TableModel {
  /** Rows per unit of each driver. */
  readonly rows: Partial<Record<Driver, number>>;
  readonly bytesPerRow: number;
}

const TABLES: Record<FactName, TableModel> = {
  receipts: { rows: { receipt: 1 }, bytesPerRow: 94 },
  receipt_lines: { rows: { line: 1 }, bytesPerRow: 76 },
  payments: { rows: { receipt: 1.04, order: 1.03, line: 0.019 }, bytesPerRow: 78 },
  promotions: { rows: { line: 0.35, orderLine: 0.35 }, bytesPerRow: 77 },
  store_inventory_txn: { rows: { line: 1.07, orderLine: 0.65 }, bytesPerRow: 58 },
  dc_inventory_txn: { rows: { line: 0.044, orderLine: 0.35 }, bytesPerRow: 64 },
  truck_inventory: { rows: { line: 0.083 }, bytesPerRow: 67 },
  truck_moves: { rows: { storeDay: 5, dcDay: 3 }, bytesPerRow: 88 },
  stockouts: { rows: { storeDay: 0.3 }, bytesPerRow: 54 },
  reorders: { rows: { line: 0.042 }, bytesPerRow: 72 },
  foot_traffic: { rows: { visit: 5.4 }, bytesPerRow: 67 },
  zone_changes: { rows: { visit: 4.4 }, bytesPerRow: 79 },
  ble_pings: { rows: { visit: 6.4 }, bytesPerRow: 79 },
  store_ops: { rows: { storeDay: 2 }, bytesPerRow: 44 },
  marketing: { rows: { day: 2800 }, bytesPerRow: 78 },
  attributions: { rows: { day: 13 }, bytesPerRow: 90 },
  online_orders: { rows: { order: 1 }, bytesPerRow: 106 },
  online_order_lines: { rows: { orderLine: 1 }, bytesPerRow: 71 },
  online_order_status: { rows: { order: 3.9 }, bytesPerRow: 57 },
  returns: { rows: { line: 0.026 }, bytesPerRow: 72 },
  supply_chain_disruption: { rows: { dcDay: 0.04 }, bytesPerRow: 180 },
};

export interface TableEstimate {
  readonly table: FactName;
  readonly rows: number;
  readonly bytes: number;
}

export interface Estimate {
  readonly days: number;
  readonly visits: number;
  readonly visitsPerCustomerDay: number;
  readonly tables: readonly TableEstimate[];
  readonly rows: number;
  /** Facts, masters, closing tables and checkpoints. */
  readonly bytes: number;
  /** With a core for each of `workers`. */
  readonly seconds: number;
  /** Regions of the world, or of the shard. */
  readonly regions: number;
  /** Threads that have something to do: at most one per region. */
  readonly workers: number;
}

/** How a run is spread and stored. */
export interface Spread {
  /** Threads, each on a core of its own; 1 by default. */
  readonly workers?: number;
  /** The shard that is generated; the whole by default. */
  readonly shard?: Shard;
  /** What part of the world that is, 0–1; by the number of its regions where it is not known better. */
  readonly share?: number;
  /** How the parts of finished days are stored. */
  readonly compress?: Codec;
}

/**
 * Estimates a history of so many days (fractions allowed). Regions count as equally large; a shard that
 * gets none has nothing to write.
 */
export function estimateRun(config: Config, days: number, spread: Spread = {}): Estimate {
  const { volume } = config;
  const { shard } = spread;
  const regions = shard === undefined ? volume.dcs : regionsOf(shard, volume.dcs);
  const workers = Math.max(1, Math.min(spread.workers ?? 1, regions));
  const { share = regions / volume.dcs } = spread;
  const storeDays = volume.stores * days * share;
  const visits = storeDays * volume.customers_per_day;
  const receipts = visits * CONVERSION;
  const orders = volume.online_orders_per_day * days * share;
  const counts: Record<Driver, number> = {
    visit: visits,
    receipt: receipts,
    line: receipts * volume.items_per_ticket_mean,
    order: orders,
    orderLine: orders * LINES_PER_ORDER,
    storeDay: storeDays,
    dcDay: regions * days,
    day: days * share,
  };
  const tables = (Object.keys(TABLES) as FactName[]).map((table) => {
    const { rows: factors, bytesPerRow } = TABLES[table];
    let rows = 0;
    for (const [driver, factor] of Object.entries(factors))
      rows += counts[driver as Driver] * factor;
    return { table, rows: Math.round(rows), bytes: Math.round(rows * bytesPerRow) };
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const factBytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  return {
    days,
    visits: Math.round(visits),
    visitsPerCustomerDay: (volume.stores * volume.customers_per_day) / volume.total_customers,
    tables,
    rows,
    bytes:
      storedBytes(factBytes, days, spread.compress) +
      besideFacts(volume, share, shard === undefined || shard.index === 1),
    seconds: rows / (workers * ROWS_PER_WORKER_SECOND),
    regions,
    workers,
  };
}

/** How many of the regions a shard gets where all are equally large. */
function regionsOf({ index, count }: Shard, regions: number): number {
  return Math.max(0, Math.ceil((regions - index + 1) / count));
}

/** What facts take on the disk at most, while they are written and after. */
function storedBytes(factBytes: number, days: number, compress: Codec | undefined): number {
  if (compress === undefined) return factBytes;
  const plainShare = Math.min(1, PLAIN_DAYS / days);
  return Math.round(factBytes * (COMPRESSED_SHARE + plainShare));
}

/** Masters, closing tables and checkpoints: they don't grow with time. */
function besideFacts(volume: Config['volume'], share: number, writesMasters: boolean): number {
  const { stores, dcs, total_products, total_customers } = volume;
  const stockRows = (stores + dcs) * total_products;
  const masters = stockRows * 37 + total_customers * 130 + total_products * 130;
  const closing = stockRows * 16;
  const checkpoints = stockRows * 40 + total_customers * 320;
  // During a commit the old ones and the new ones lie side by side.
  return (writesMasters ? masters : 0) + 2 * (closing + checkpoints) * share;
}
