/** Plans to which store an idle truck drives next, and with which load. */
import { HOUR_MS } from '../engine/time.ts';
import { fairShare } from '../policy/replenishment.ts';
import type { Truck as TruckMaster } from '../world/world.ts';
import type { Backlog } from './backlog.ts';
import type { Clock, Setting } from './services.ts';
import type { StockLedger } from './stock-ledger.ts';

/** The parts of a distribution center that load planning uses. */
export interface LoadingDc {
  readonly region: Clock & Setting & { readonly trouble: { readonly blocked?: Uint8Array } };
  readonly stock: StockLedger;
  /** Open order lines of each store, by index in the region. */
  readonly backlogs: readonly Backlog[];
  /** Units ordered by stores and not yet loaded; and of those, units allotted to planned loads. */
  readonly wanted: ArrayLike<number>;
  readonly allotted: ArrayLike<number>;
  /** Allots units on hand to a load that is being planned. */
  setAside(product: number, units: number): void;
}

/** Goods for one trip, sorted by product, so that lines of one product are adjacent. */
export interface Load {
  /** Index of the store in the region; -1 for an inbound load to the DC. */
  readonly storeIndex: number;
  readonly product: number[];
  readonly orderRef: number[];
  readonly units: number[];
  readonly totalUnits: number;
  /** Inbound only: the supplier of each line, and the distance from the depot. */
  readonly supplierId: number[];
  readonly greatCircleKm: number;
}

/** A truck leaves if it is at least this full … */
const WORTHWHILE_FILL = 0.5;
/** … or if the oldest line has waited this long. */
export const PATIENCE_HOURS = 12;
/** Weight of cooled goods in a load's score: only cooled trucks can carry them, so these trucks load them first. */
const COOLED_WEIGHT = 3;

/** Plans the load with the highest score for a truck and allots its goods; undefined if no trip is worthwhile. */
export function planLoad(dc: LoadingDc, truck: TruckMaster): Load | undefined {
  let best = -1;
  let bestScore = 0;
  for (let storeIndex = 0; storeIndex < dc.backlogs.length; storeIndex++) {
    const score = worth(dc, dc.backlogs[storeIndex], truck);
    if (score > bestScore) {
      best = storeIndex;
      bestScore = score;
    }
  }
  return best < 0 ? undefined : allot(dc, best, truck);
}

/** Returns the score of a trip to a store, 0 if it is not worthwhile yet. */
function worth(dc: LoadingDc, backlog: Backlog, truck: TruckMaster): number {
  const { refrigerated } = dc.region.world.products;
  const { blocked } = dc.region.trouble;
  let units = 0;
  let cooledUnits = 0;
  let oldestMs = dc.region.nowMs;
  for (let at = 0; at < backlog.length; at++) {
    const product = backlog.product[at];
    const cooled = refrigerated[product] === 1;
    if (cooled && !truck.refrigerated) continue;
    if (blocked !== undefined && blocked[product] === 1) continue;
    const available = dc.stock.available(product);
    if (available <= 0) continue;
    const loadable = Math.min(backlog.remaining[at], available);
    units += loadable;
    if (cooled) cooledUnits += loadable;
    if (backlog.orderedMs[at] < oldestMs) oldestMs = backlog.orderedMs[at];
  }
  if (units === 0) return 0;
  const fill = Math.min(1, units / truck.capacityUnits);
  const waitedHours = (dc.region.nowMs - oldestMs) / HOUR_MS;
  if (fill < WORTHWHILE_FILL && waitedHours < PATIENCE_HOURS) return 0;
  const cooledFill = Math.min(1, cooledUnits / truck.capacityUnits);
  return fill + COOLED_WEIGHT * cooledFill + waitedHours / PATIENCE_HOURS;
}

function allot(dc: LoadingDc, storeIndex: number, truck: TruckMaster): Load {
  const backlog = dc.backlogs[storeIndex];
  const { refrigerated } = dc.region.world.products;
  const { blocked } = dc.region.trouble;
  const lines: LoadLine[] = [];
  let room = truck.capacityUnits;
  const cooledFirst = truck.refrigerated ? [1, 0] : [0];
  for (const cooled of cooledFirst) {
    for (let at = 0; at < backlog.length && room > 0; at++) {
      const product = backlog.product[at];
      if (refrigerated[product] !== cooled) continue;
      if (blocked !== undefined && blocked[product] === 1) continue;
      const available = dc.stock.available(product);
      if (available <= 0) continue;
      const open = dc.wanted[product] - dc.allotted[product];
      const units = Math.min(fairShare(available, backlog.remaining[at], open), room);
      if (units <= 0) continue;
      backlog.remaining[at] -= units;
      dc.setAside(product, units);
      room -= units;
      lines.push({ product, orderRef: backlog.orderRef[at], units });
    }
  }
  backlog.compact();
  return toLoad(storeIndex, lines, 0);
}

/** Returns the index of the line that has waited longest: the first of the oldest order; -1 if there is none. */
export function oldestLine({ orderRef }: Load): number {
  return orderRef.reduce(
    (oldest, ref, at) => (ref < (orderRef[oldest] ?? Infinity) ? at : oldest),
    -1,
  );
}

/** One line of a load. */
export interface LoadLine {
  readonly product: number;
  readonly orderRef: number;
  readonly units: number;
  readonly supplierId?: number;
}

/**
 * Returns a load of these lines, sorted by product and order. Parts of one order line that were released separately
 * (during a shortage) and travel on one truck are merged into one line.
 */
export function toLoad(storeIndex: number, lines: LoadLine[], greatCircleKm: number): Load {
  lines.sort((a, b) => a.product - b.product || a.orderRef - b.orderRef);
  const load = {
    storeIndex,
    product: [] as number[],
    orderRef: [] as number[],
    units: [] as number[],
    totalUnits: 0,
    supplierId: [] as number[],
    greatCircleKm,
  };
  for (const { product, orderRef, units, supplierId = 0 } of lines) {
    const last = load.product.length - 1;
    load.totalUnits += units;
    if (load.product[last] === product && load.orderRef[last] === orderRef) {
      load.units[last] += units;
      continue;
    }
    load.product.push(product);
    load.orderRef.push(orderRef);
    load.units.push(units);
    load.supplierId.push(supplierId);
  }
  return load;
}
