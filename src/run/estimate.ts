/**
 * Estimates a run from its config: rows and bytes of each table, and time.
 *
 * Every table's rows follow from a few counts (visits, receipts, lines, online orders, store-days …), and
 * these from the volumes of the config over the retail year (`expected-crowd.ts`). Factors are means over
 * generated worlds, including tables that grow slowly after the opening, such as returns.
 * Scenarios are not included.
 */
import { DEFAULT_FORMATS, type Format, fileFormats } from '../domain/formats.ts';
import { extensionVolumes } from '../domain/extension-tables.ts';
import type { FactName } from '../domain/facts.ts';
import type { TableVolume, VolumeDriver, VolumeRate } from '../domain/table-volume.ts';
import { DAY_MS, MINUTE_MS } from '../engine/time.ts';
import { expectedCrowd, type Zone } from './expected-crowd.ts';
import type { Shard } from '../store/shard.ts';
import type { Codec } from '../tables/compression.ts';
import { baselinePurchaseRates, impressionsPerDay } from '../world/advertising.ts';
import type { Config } from '../world/config.ts';
import { expectedConversion } from '../world/demand-mix.ts';
import { TRIPS_PER_WEEK } from '../world/presets.ts';
import type { Window } from './window.ts';

/** Real visits of one customer a day. Without `total_customers` a world has customers in number for them. */
export const REAL_VISITS_PER_CUSTOMER_DAY = TRIPS_PER_WEEK / 7;
/** Time from entry to the middle of a visit's facts, and to its receipt. */
const VISIT_LAG_MS = 15 * MINUTE_MS;
const RECEIPT_LAG_MS = 40 * MINUTE_MS;
/** Receipts over those of visits without an ad: who comes because of one buys more often. */
const RECEIPTS_BY_ADS = 1.04;
/** Lines of an online order. */
const LINES_PER_ORDER = 10;
/** Facts a second of one worker with its own core, over all tables, including start and commits. */
const ROWS_PER_WORKER_SECOND = 600_000;
/** Days after which checkpoints no longer grow. */
const SETTLED_DAYS = 20;
/** Promotions, campaigns, suppliers: the same for every world. */
const CALENDAR_BYTES = 790_000;
/** What a checkpoint holds of a region, whatever its size. */
const REGION_BYTES = 130_000;
/** Distribution of stores if unknown: shares of the population by time zone. */
const COUNTRY = [
  ['America/New_York', 0.47],
  ['America/Chicago', 0.29],
  ['America/Denver', 0.07],
  ['America/Los_Angeles', 0.17],
] as const;
/** Size of compressed facts relative to plain ones. */
const COMPRESSED_SHARE = 0.23;
/** Size of facts as Parquet relative to CSV. */
const PARQUET_SHARE = 0.18;
/** Maximum number of days that are still plain. */
const PLAIN_DAYS = 2;

const growing = (rows: number, overDays: number): VolumeRate => ({ rows, overDays });

const TABLES: Record<FactName, TableVolume> = {
  receipts: { rows: { receipt: 1 }, bytesPerRow: 95 },
  receipt_lines: { rows: { line: 0.99 }, bytesPerRow: 78 },
  payments: {
    rows: {
      receipt: 1.04,
      order: 1.05,
      impression: 0.0024,
      line: growing(0.0385, 25),
      orderLine: growing(0.08, 30),
    },
    bytesPerRow: 79,
  },
  promotions: { rows: { line: 0.538 }, bytesPerRow: 78 },
  store_inventory_txn: {
    rows: { line: 0.0577, receipt: 8.46, orderLine: 0.65 },
    bytesPerRow: 66,
  },
  dc_inventory_txn: { rows: { line: 0.0481, orderLine: 0.36 }, bytesPerRow: 68 },
  truck_inventory: { rows: { line: 0.0846, orderLine: 0.2 }, bytesPerRow: 68 },
  truck_moves: { rows: { storeDay: 2.8, dcDay: 81.5, line: 0.000865 }, bytesPerRow: 85 },
  stockouts: { rows: { line: 0.049 }, bytesPerRow: 63 },
  reorders: { rows: { line: 0.0308, orderLine: 0.23 }, bytesPerRow: 67 },
  foot_traffic: { rows: { visit: 5.2 }, bytesPerRow: 67 },
  zone_changes: { rows: { visit: 4.2 }, bytesPerRow: 79 },
  ble_pings: { rows: { visit: 7.1 }, bytesPerRow: 79 },
  store_ops: { rows: { storeDay: 1.95 }, bytesPerRow: 44 },
  marketing: { rows: { impression: 1 }, bytesPerRow: 80 },
  attributions: { rows: { impression: growing(0.0165, 2) }, bytesPerRow: 77 },
  online_orders: { rows: { order: 1.02, impression: 0.0024 }, bytesPerRow: 105 },
  online_order_lines: { rows: { orderLine: 0.86, impression: 0.021 }, bytesPerRow: 72 },
  online_order_status: { rows: { order: 4, impression: 0.0095 }, bytesPerRow: 57 },
  returns: { rows: { line: growing(0.0433, 25), orderLine: growing(0.08, 30) }, bytesPerRow: 88 },
  weather: { rows: { dcDay: 1 }, bytesPerRow: 135 },
  supply_chain_disruption: { rows: { dcDay: 0.04 }, bytesPerRow: 230 },
  ad_clicks: { rows: { impression: 0.0153 }, bytesPerRow: 95 },
  shelf_fills: { rows: { line: 0.115 }, bytesPerRow: 48 },
  stock_counts: { rows: { line: 0.0139 }, bytesPerRow: 54 },
  record_errors: { rows: { line: 0.0218 }, bytesPerRow: 54 },
  unmet_demand: { rows: { line: 0.0962 }, bytesPerRow: 67 },
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
  /** Facts, masters, closing tables and checkpoints after the run. */
  readonly bytes: number;
  /** Maximum during the run: at a commit, before finished days are compressed. */
  readonly peakBytes: number;
  /** Wall time with a core for each worker. */
  readonly seconds: number;
  /** Regions of the world, or of the shard. */
  readonly regions: number;
  /** Number of threads with work: at most one for each region. */
  readonly workers: number;
}

/** How a run is distributed and stored. */
export interface Spread {
  /** Number of threads, each with its own core; 1 by default. */
  readonly workers?: number;
  /** The shard to generate; the whole world by default. */
  readonly shard?: Shard;
  /** The shard's share of the world, 0–1; by default by its number of regions. */
  readonly share?: number;
  /** How the parts of finished days are stored. */
  readonly compress?: Codec | undefined;
  /** Formats of the tables; CSV by default. */
  readonly formats?: readonly Format[] | undefined;
  /** Time zones of the stores, which determine their hours; all over the country by default. */
  readonly zones?: readonly Zone[];
}

/**
 * Estimates the history of a window. Regions count as equally large; a shard without regions writes
 * nothing.
 */
export function estimateRun(config: Config, window: Window, spread: Spread = {}): Estimate {
  const { volume } = config;
  const { shard, compress } = spread;
  const formats = fileFormats(spread.formats ?? DEFAULT_FORMATS);
  const regions = shard === undefined ? volume.dcs : regionsOf(shard, volume.dcs);
  const workers = Math.max(1, Math.min(spread.workers ?? 1, regions));
  const { share = regions / volume.dcs, zones = allOver(volume) } = spread;
  // Shoppers who have just entered have only part of their facts, and no receipt yet.
  const crowdBefore = (lagMs: number) =>
    expectedCrowd(zones, volume.online_orders_per_day, earlier(window, lagMs));
  const crowd = crowdBefore(0);
  const days = (window.toMs - window.fromMs) / DAY_MS;
  const visits = crowdBefore(VISIT_LAG_MS).visits * share;
  const conversion = expectedConversion(baselinePurchaseRates(config));
  const receipts = crowdBefore(RECEIPT_LAG_MS).visits * conversion * RECEIPTS_BY_ADS * share;
  const orders = crowd.orders * share;
  const counts: Record<VolumeDriver, number> = {
    visit: visits,
    receipt: receipts,
    line: receipts * volume.items_per_ticket_mean,
    order: orders,
    orderLine: orders * LINES_PER_ORDER,
    storeDay: crowd.storeDays * share,
    dcDay: regions * days,
    impression: impressionsPerDay(config) * days * share,
    day: days * share,
  };
  const volumes = { ...TABLES, ...Object.fromEntries(extensionVolumes()) };
  const tables = Object.entries(volumes).map(([name, { rows: rates, bytesPerRow }]) => {
    const table = name as FactName;
    let rows = 0;
    for (const [driver, rate] of Object.entries(rates))
      rows += counts[driver as VolumeDriver] * rateOf(rate, window);
    return { table, rows: Math.round(rows), bytes: Math.round(rows * bytesPerRow) };
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const csvBytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  const factBytes = formats.includes('csv') ? csvBytes : 0;
  const parquetBytes = formats.includes('parquet') ? Math.round(csvBytes * PARQUET_SHARE) : 0;
  const beside = besideFacts(volume, window, share);
  const masters = shard === undefined || shard.index === 1 ? beside.masters : 0;
  const csvStored = compress === undefined ? factBytes : Math.round(factBytes * COMPRESSED_SHARE);
  const stored = csvStored + parquetBytes;
  const plainShare = compress === undefined ? 0 : Math.min(1, PLAIN_DAYS / days);
  return {
    days,
    visits: Math.round(visits),
    visitsPerCustomerDay: (volume.stores * volume.customers_per_day) / volume.total_customers,
    tables,
    rows,
    bytes: stored + masters + beside.states,
    // During a commit both the old and the new files exist.
    peakBytes: stored + Math.round(factBytes * plainShare) + masters + 2 * beside.states,
    seconds: rows / (workers * ROWS_PER_WORKER_SECOND),
    regions,
    workers,
  };
}

/** Returns zones for stores distributed like the population. */
function allOver({ stores, customers_per_day }: Config['volume']): Zone[] {
  return COUNTRY.map(([timeZone, share]) => ({
    timeZone,
    stores: stores * share,
    visitsPerDay: stores * customers_per_day * share,
    ordersShare: share,
  }));
}

/** Returns the window moved back by `byMs`, but not before the opening of the world. */
function earlier({ startMs, fromMs, toMs }: Window, byMs: number): Window {
  return {
    startMs,
    fromMs: Math.max(startMs, fromMs - byMs),
    toMs: Math.max(startMs, toMs - byMs),
  };
}

/** Returns the mean rows for each unit of a driver over the window. */
function rateOf(rate: VolumeRate, { startMs, fromMs, toMs }: Window): number {
  if (typeof rate === 'number') return rate;
  if (toMs <= fromMs) return 0;
  const grown = (atMs: number) => {
    const days = (atMs - startMs) / DAY_MS;
    return days < rate.overDays ? days ** 2 / (2 * rate.overDays) : days - rate.overDays / 2;
  };
  return (rate.rows * (grown(toMs) - grown(fromMs))) / ((toMs - fromMs) / DAY_MS);
}

/** Returns the number of regions of a shard if all are equally large. */
function regionsOf({ index, count }: Shard, regions: number): number {
  return Math.max(0, Math.ceil((regions - index + 1) / count));
}

/** Returns the bytes of masters, closing tables and checkpoints; the latter grow during the first weeks. */
function besideFacts(volume: Config['volume'], { startMs, toMs }: Window, share: number) {
  const { stores, dcs, total_products, total_customers } = volume;
  const stockRows = (stores + dcs) * total_products;
  const known = Math.min(1, (toMs - startMs) / (SETTLED_DAYS * DAY_MS));
  const closing = stockRows * 15.6;
  const checkpoints = stockRows * (60 + 71 * known) + total_customers * 130 + dcs * REGION_BYTES;
  return {
    masters: stockRows * 39.5 + total_customers * 153 + total_products * 143 + CALENDAR_BYTES,
    states: (closing + checkpoints) * share,
  };
}
