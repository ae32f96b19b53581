/** Inbound supply of a distribution center: purchase orders at suppliers, goods ready at depots, and trucks. */
import type { Json, Sections } from '../domain/plain-data.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS } from '../engine/time.ts';
import { drawLineFill, fillRateOf } from '../policy/supply-errors.ts';
import { type Load, type LoadLine, toLoad } from './load-plan.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { type SavedSupplier, Supplier, type SupplierRegion } from './supplier.ts';
import type { Truck } from './truck.ts';

const STAGING = purposeKey('supplier', 'staging');
const WORTHWHILE_FILL = 0.4;
const PATIENCE_HOURS = 10;

type PurchaseOrder = {
  orderId: number;
  supplierId: number;
  /** Pairs of product index and units that are not ready yet. */
  lines: number[];
  /** When the goods of an order from before the world's opening are ready, epoch ms; 0 for any other order. */
  promisedMs: number;
  /** Total time that its supplier had lost when the order was last promised or postponed. */
  lostMs: number;
  /** Whether goods of it were released before. */
  released: boolean;
};

/** Goods at a depot, waiting for a truck. */
type ReadyLine = {
  readonly product: number;
  readonly orderRef: number;
  units: number;
  readonly supplierId: number;
  readonly sinceMs: number;
};

/** The parts of its region that the supply line uses. */
export interface SupplyRegion extends SupplierRegion {
  readonly dc: { nextPurchaseOrderId(): number };
  readonly fleet: { readonly suppliers: readonly Truck[] };
  readonly trouble: SupplierRegion['trouble'] & {
    /** By product index, 1 if the product is unavailable; undefined if all are available. */
    readonly blocked: Uint8Array | undefined;
  };
}

type SavedSupply = {
  /** By slot. */
  orders: [number, PurchaseOrder][];
  nextSlot: number;
  ready: ReadyLine[];
  stream: number[];
  accounts: SavedSupplier[];
};

export class SupplyLine implements StatefulPart {
  private readonly region: SupplyRegion;
  /** By id. */
  private readonly suppliers = new Map<number, Supplier>();
  private readonly orders = new Map<number, PurchaseOrder>();
  private nextSlot = 0;
  /** Goods waiting for a truck, oldest first. */
  private ready: ReadyLine[] = [];
  private stream: Substream;
  /** By supplier: id of the order of the present or last review. */
  private readonly orderIds = new Map<number, number>();

  constructor(region: SupplyRegion) {
    const { world, plan } = region;
    this.region = region;
    this.stream = Substream.of(region.seed, STAGING, plan.id);
    for (const depot of world.supplierDepots) {
      if (depot.dcId !== plan.id) continue;
      const master = world.suppliers[depot.supplierId - 1];
      this.suppliers.set(master.id, new Supplier(region, master, depot));
    }
  }

  /** Whether a supplier delivers to the DC. */
  has(supplierId: number): boolean {
    return this.suppliers.has(supplierId);
  }

  noteDelays(): void {
    for (const supplier of this.suppliers.values()) supplier.noteDelay();
  }

  /** Returns the id of a review's purchase order to a supplier. @param fresh whether to begin a new order */
  orderIdFor(supplierId: number, fresh: boolean): number {
    if (fresh) this.orderIds.set(supplierId, this.region.dc.nextPurchaseOrderId());
    return this.orderIds.get(supplierId) as number;
  }

  placeOrder(supplierId: number, lines: number[]): void {
    const slot = this.nextSlot++;
    const orderId = this.orderIds.get(supplierId) as number;
    this.orders.set(slot, {
      ...{ orderId, supplierId, lines, promisedMs: 0, lostMs: 0, released: false },
    });
    this.region.send(this.supplier(supplierId).handle, 'ORDER_PLACED', slot);
  }

  /** Takes over an order from before the world's opening. @param promisedMs when its goods are ready, epoch ms */
  takeOver(supplierId: number, orderId: number, lines: number[], promisedMs: number): void {
    const slot = this.nextSlot++;
    this.orders.set(slot, { orderId, supplierId, lines, promisedMs, lostMs: 0, released: false });
    this.region.send(this.supplier(supplierId).handle, 'ORDER_PLACED', slot);
  }

  /** Takes over goods that were loaded before the world's opening: their trucks leave the depots now. */
  takeOverLoads(
    goods: readonly { supplierId: number; orderId: number; product: number; units: number }[],
  ): void {
    const sinceMs = this.region.nowMs - PATIENCE_HOURS * HOUR_MS;
    for (const { supplierId, orderId, product, units } of goods) {
      this.ready.push({ product, orderRef: orderId, units, supplierId, sinceMs });
    }
    this.sendTrucks(0);
  }

  promisedMs(slot: number): number {
    return (this.orders.get(slot) as PurchaseOrder).promisedMs;
  }

  /** Returns the time that an order's supplier has lost since the last call, ms. @param lostMs its total so far */
  lateMs(slot: number, lostMs: number): number {
    const order = this.orders.get(slot) as PurchaseOrder;
    const lateMs = lostMs - order.lostMs;
    order.lostMs = lostMs;
    return lateMs;
  }

  /**
   * Makes the available goods of an order ready; returns whether the order is complete. Suppliers fill lines in part
   * at first; what is missing stays on order, and comes with the next release.
   */
  release(slot: number): boolean {
    const { region } = this;
    const order = this.orders.get(slot) as PurchaseOrder;
    const left: number[] = [];
    const first = !order.released;
    order.released = true;
    const fillRate = fillRateOf(region.seed, order.supplierId);
    for (let at = 0; at < order.lines.length; at += 2) {
      const product = order.lines[at];
      const asked = order.lines[at + 1];
      const short = region.trouble.blocked?.[product] === 1;
      const share = short ? 0 : region.effects.supply(region.plan.id, product + 1, region.nowMs);
      const filled = first ? share * drawLineFill(this.stream, fillRate) : share;
      const units = Math.min(asked, Math.round(asked * filled));
      if (units > 0) {
        this.ready.push({
          product,
          orderRef: order.orderId,
          units,
          supplierId: order.supplierId,
          sinceMs: region.nowMs,
        });
      }
      if (units < asked) left.push(product, asked - units);
    }
    if (left.length > 0) order.lines = left;
    else this.orders.delete(slot);
    this.sendTrucks();
    return left.length === 0;
  }

  /**
   * Sends idle supplier trucks for ready goods where a trip is worthwhile.
   * @param stagingMs until the goods can be loaded; drawn if missing
   */
  sendTrucks(stagingMs?: number): void {
    for (const truck of this.region.fleet.suppliers) {
      if (this.ready.length === 0) return;
      if (!truck.idle || !truck.mayLeave()) continue;
      const load = this.collect(truck.master.refrigerated, truck.master.capacityUnits);
      if (load === undefined) continue;
      truck.assign(load);
      const waitMs = stagingMs ?? HOUR_MS + this.stream.below(2 * HOUR_MS);
      this.region.sendAt(this.region.nowMs + waitMs, truck.handle, 'STAGED', 0);
    }
  }

  /** Returns a load from the depot with the most worthwhile trip, or undefined if none is worthwhile yet. */
  private collect(cooledTruck: boolean, capacityUnits: number): Load | undefined {
    const { refrigerated } = this.region.world.products;
    const depots = new Map<number, ReadyLine[]>();
    for (const line of this.ready) {
      if (refrigerated[line.product] === 1 && !cooledTruck) continue;
      const { depot } = this.supplier(line.supplierId);
      const waiting = depots.get(depot);
      if (waiting === undefined) depots.set(depot, [line]);
      else waiting.push(line);
    }
    let best: ReadyLine[] | undefined;
    let bestScore = 0;
    for (const lines of depots.values()) {
      const fill = lines.reduce((sum, line) => sum + line.units, 0) / capacityUnits;
      const waited = (this.region.nowMs - lines[0].sinceMs) / HOUR_MS / PATIENCE_HOURS;
      if (fill < WORTHWHILE_FILL && waited < 1) continue;
      const score = Math.min(1, fill) + waited;
      if (score <= bestScore) continue;
      best = lines;
      bestScore = score;
    }
    return best === undefined ? undefined : this.take(best, cooledTruck, capacityUnits);
  }

  private take(lines: ReadyLine[], cooledTruck: boolean, capacityUnits: number): Load {
    const { refrigerated } = this.region.world.products;
    // A cooled truck loads cooled goods first, since other trucks can't carry them.
    const rank = (line: ReadyLine) => (cooledTruck && refrigerated[line.product] === 1 ? 0 : 1);
    lines.sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
    let room = capacityUnits;
    const taken: LoadLine[] = [];
    for (const line of lines) {
      if (room === 0) break;
      const units = Math.min(line.units, room);
      line.units -= units;
      room -= units;
      taken.push({ ...line, units });
    }
    this.ready = this.ready.filter((line) => line.units > 0);
    return toLoad(-1, taken, this.supplier(lines[0].supplierId).distanceKm);
  }

  private supplier(id: number): Supplier {
    return this.suppliers.get(id) as Supplier;
  }

  save(): Sections {
    const supply: SavedSupply = {
      orders: [...this.orders],
      nextSlot: this.nextSlot,
      ready: this.ready,
      stream: this.stream.state(),
      accounts: [...this.suppliers.values()].map((supplier) => supplier.save()),
    };
    return { supply: supply as unknown as Json };
  }

  restore(saved: SavedState): void {
    const supply = saved.json<SavedSupply>('supply');
    for (const [slot, order] of supply.orders) this.orders.set(slot, order);
    this.nextSlot = supply.nextSlot;
    this.ready = supply.ready;
    this.stream = Substream.restore(supply.stream);
    for (const account of supply.accounts) {
      const supplier = this.suppliers.get(account.supplierId);
      if (supplier === undefined) {
        throw new Error(
          `Cannot restore supplier ${account.supplierId}: it does not deliver to this region`,
        );
      }
      supplier.restore(account);
    }
  }

  actors(): Iterable<Supplier> {
    return this.suppliers.values();
  }
}
