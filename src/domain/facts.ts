/**
 * The fact catalogue: every kind of fact that a world can bring forth, declared once, by group in the folder facts, and
 * listed here in the catalogue's order.
 *
 * CSV headers and encoders, the SQL of `sim verify`, the data dictionary and the event envelopes all
 * derive from this declaration. Names and order of the columns are a published contract: append,
 * never insert.
 */
import { blankRecord, NULL, type RecordOf } from './columns.ts';
import type { FactKind } from './fact-kind.ts';
import { CIRCUMSTANCES } from './facts/circumstances.ts';
import { MARKETING } from './facts/marketing.ts';
import { ONLINE_ORDERS } from './facts/online-orders.ts';
import { SALES } from './facts/sales.ts';
import { STOCK } from './facts/stock.ts';
import { SUPPLY } from './facts/supply.ts';
import { VISITS } from './facts/visits.ts';

/**
 * The fact tables by name, each with its columns, in the order of the CSV, and its key. docs/data-dictionary.md lists
 * them all.
 */
export const FACTS = {
  receipts: SALES.receipts,
  receipt_lines: SALES.receipt_lines,
  payments: SALES.payments,
  promotions: SALES.promotions,
  store_inventory_txn: STOCK.store_inventory_txn,
  dc_inventory_txn: STOCK.dc_inventory_txn,
  truck_inventory: SUPPLY.truck_inventory,
  truck_moves: SUPPLY.truck_moves,
  stockouts: STOCK.stockouts,
  reorders: SUPPLY.reorders,
  foot_traffic: VISITS.foot_traffic,
  zone_changes: VISITS.zone_changes,
  ble_pings: VISITS.ble_pings,
  store_ops: VISITS.store_ops,
  marketing: MARKETING.marketing,
  attributions: MARKETING.attributions,
  online_orders: ONLINE_ORDERS.online_orders,
  online_order_lines: ONLINE_ORDERS.online_order_lines,
  online_order_status: ONLINE_ORDERS.online_order_status,
  returns: SALES.returns,
  supply_chain_disruption: CIRCUMSTANCES.supply_chain_disruption,
  ad_clicks: MARKETING.ad_clicks,
  shelf_fills: STOCK.shelf_fills,
  stock_counts: STOCK.stock_counts,
  record_errors: STOCK.record_errors,
  unmet_demand: VISITS.unmet_demand,
  weather: CIRCUMSTANCES.weather,
} as const;

/** Name of a fact table. */
export type FactName = keyof typeof FACTS;
/** A fact as the simulation holds it: one field for each column. It is only lent to whoever sees it. */
export type FactRecord<Name extends FactName> = RecordOf<
  [...(typeof FACTS)[Name]['columns'], ...(typeof FACTS)[Name]['links']]
>;
/** Names of all fact tables, in the catalogue's order. */
export const FACT_NAMES = Object.keys(FACTS) as FactName[];

/** Takes facts in time order. A record is only lent: copy what must outlive the call. */
export type FactSink = { readonly [Name in FactName]: (record: FactRecord<Name>) => void };

/** A zeroed record of a kind, its links unset. */
export function blankFact<Name extends FactName>(name: Name): FactRecord<Name> {
  const { columns, links }: FactKind = FACTS[name];
  const record = blankRecord([...columns, ...links]) as Record<string, number | string>;
  for (const { field } of links) record[field] = NULL;
  return record as FactRecord<Name>;
}

/** One reusable blank record per kind of fact. */
export type FactScratch = { readonly [Name in FactName]: FactRecord<Name> };

export function factScratch(): FactScratch {
  return Object.fromEntries(
    FACT_NAMES.map((name) => [name, blankFact(name)]),
  ) as unknown as FactScratch;
}
