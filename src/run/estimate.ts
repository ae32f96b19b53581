/**
 * What a run will write, from its config alone: rows and bytes per table, time.
 *
 * Every table's rows follow from a few counts that a config fixes (visits, receipts, lines, online
 * orders, store-days …). Factors are means over generated worlds; scenarios and seasons are not in
 * them, so a quarter and more in either direction is normal for a given week.
 */
import type { FactName } from '../domain/facts.ts';
import type { Config } from '../world/config.ts';

/** Visits of one customer and day in real life: 2.6 trips a week. See the preset `calibrated`. */
export const REAL_VISITS_PER_CUSTOMER_DAY = 2.6 / 7;
/** Share of visits that end with a receipt. */
const CONVERSION = 0.6;
/** Lines of an online order. */
const LINES_PER_ORDER = 10;
/** Facts per second of one process, all tables together. */
const ROWS_PER_SECOND = 500_000;

type Driver = 'visit' | 'receipt' | 'line' | 'order' | 'orderLine' | 'storeDay' | 'dcDay';

interface TableModel {
  /** Rows per unit of each driver. */
  readonly rows: Partial<Record<Driver, number>>;
  readonly bytesPerRow: number;
}

const TABLES: Record<FactName, TableModel> = {
  receipts: { rows: { receipt: 1 }, bytesPerRow: 98 },
  receipt_lines: { rows: { line: 1 }, bytesPerRow: 82 },
  payments: { rows: { receipt: 1.02, order: 1.03 }, bytesPerRow: 84 },
  promotions: { rows: { line: 0.45, orderLine: 0.45 }, bytesPerRow: 84 },
  store_inventory_txn: { rows: { line: 1.15, orderLine: 0.65, storeDay: 200 }, bytesPerRow: 66 },
  dc_inventory_txn: { rows: { orderLine: 0.35, storeDay: 200, dcDay: 200 }, bytesPerRow: 72 },
  truck_inventory: { rows: { storeDay: 400, dcDay: 400 }, bytesPerRow: 84 },
  truck_moves: { rows: { storeDay: 6, dcDay: 30 }, bytesPerRow: 110 },
  stockouts: { rows: { storeDay: 10, dcDay: 2 }, bytesPerRow: 50 },
  reorders: { rows: { storeDay: 200, dcDay: 200 }, bytesPerRow: 80 },
  foot_traffic: { rows: { visit: 6 }, bytesPerRow: 80 },
  zone_changes: { rows: { visit: 5 }, bytesPerRow: 82 },
  ble_pings: { rows: { visit: 12 }, bytesPerRow: 86 },
  store_ops: { rows: { storeDay: 2 }, bytesPerRow: 48 },
  marketing: { rows: { dcDay: 500 }, bytesPerRow: 92 },
  attributions: { rows: { dcDay: 20 }, bytesPerRow: 84 },
  online_orders: { rows: { order: 1 }, bytesPerRow: 98 },
  online_order_lines: { rows: { orderLine: 1 }, bytesPerRow: 76 },
  online_order_status: { rows: { order: 4 }, bytesPerRow: 56 },
  returns: { rows: { line: 0.03 }, bytesPerRow: 80 },
  supply_chain_disruption: { rows: { dcDay: 0.04 }, bytesPerRow: 170 },
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
  readonly seconds: number;
}

/** Estimates a history of so many days (fractions allowed). */
export function estimateRun(config: Config, days: number): Estimate {
  const { volume } = config;
  const storeDays = volume.stores * days;
  const visits = storeDays * volume.customers_per_day;
  const receipts = visits * CONVERSION;
  const orders = volume.online_orders_per_day * days;
  const counts: Record<Driver, number> = {
    visit: visits,
    receipt: receipts,
    line: receipts * volume.items_per_ticket_mean,
    order: orders,
    orderLine: orders * LINES_PER_ORDER,
    storeDay: storeDays,
    dcDay: volume.dcs * days,
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
    visitsPerCustomerDay: visits / days / volume.total_customers,
    tables,
    rows,
    bytes: factBytes + besideFacts(volume),
    seconds: rows / ROWS_PER_SECOND,
  };
}

/** Masters, closing tables and checkpoints: they don't grow with time. */
function besideFacts({ stores, dcs, total_products, total_customers }: Config['volume']): number {
  const stockRows = (stores + dcs) * total_products;
  const masters = stockRows * 45 + total_customers * 150 + total_products * 160;
  const closing = stockRows * 16;
  // Old and new checkpoint and staged tables lie side by side during a commit.
  const checkpoints = 2 * (stockRows * 40 + total_customers * 100);
  return masters + 2 * closing + checkpoints;
}
