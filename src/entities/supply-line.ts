/** Inbound to a distribution center: purchase orders at suppliers, goods that are ready, trucks that fetch them. */
import type { SupplierDesk } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { greatCircleKm } from '../world/distance.ts';
import type { Supplier, SupplierDepot } from '../world/world.ts';
import { type Load, type LoadLine, toLoad } from './load-plan.ts';
import type { Region } from './region.ts';

const LEAD_TIME = purposeKey('supplier', 'leadTime');
const STAGING = purposeKey('supplier', 'staging');
const WORTHWHILE_FILL = 0.4;
const PATIENCE_HOURS = 10;
/** An order that a delay puts off is not looked at again sooner. */
const LEAST_POSTPONEMENT_MS = HOUR_MS;

interface PurchaseOrder {
  orderId: number;
  supplierId: number;
  /** Pairs of product index and units still to be made ready. */
  lines: number[];
  /** Time that its supplier had lost when the order was promised, or put off, last. */
  lostMs: number;
}

/** Goods at a depot that wait for a truck. */
interface ReadyLine {
  readonly product: number;
  readonly orderRef: number;
  units: number;
  readonly supplierId: number;
  readonly sinceMs: number;
}

/** A supplier as one DC knows it. */
export class SupplierAccount implements SupplierDesk {
  readonly supply: SupplyLine;
  readonly supplier: Supplier;
  readonly depot: number;
  /** From the depot to the DC. */
  readonly distanceKm: number;
  handle = 0;
  open = 0;
  /** Time lost to live delays so far, as far as it is counted up. */
  lostMs = 0;
  lostUntilMs = 0.5;
  stream: Substream;

  constructor(supply: SupplyLine, supplier: Supplier, depot: SupplierDepot) {
    const { region } = supply;
    this.supply = supply;
    this.supplier = supplier;
    this.depot = depot.depot;
    this.distanceKm = greatCircleKm(region.plan.dc, depot);
    this.stream = Substream.of(region.seed, LEAD_TIME, supplier.id * 100_000 + region.plan.id);
  }

  acceptOrder(slot: number): void {
    this.open++;
    const { region } = this.supply;
    const factor = region.effects.leadTime(region.plan.id, region.nowMs);
    this.supply.lateMs(slot, this.noteDelay());
    this.promise(slot, this.supplier.leadTimeDays * factor);
  }

  private promise(slot: number, days: number): void {
    const { region } = this.supply;
    const readyMs = region.nowMs + Math.round(lognormal(this.stream, days * DAY_MS, 0.25));
    region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
  }

  /** Counts up the time lost at the present pace of work: now, or when the pace is about to change. */
  noteDelay(): number {
    const { region } = this.supply;
    const share = region.trouble.supplierShare(this.supplier.id);
    if (share < 1) this.lostMs += Math.round((region.nowMs - this.lostUntilMs) * (1 - share));
    this.lostUntilMs = region.nowMs;
    return this.lostMs;
  }

  /** Releases what could be made; a short supply is completed as it comes in. */
  releaseGoods(slot: number): void {
    const lateMs = this.supply.lateMs(slot, this.noteDelay());
    if (lateMs > 0) {
      const { region } = this.supply;
      const readyMs = region.nowMs + Math.max(LEAST_POSTPONEMENT_MS, lateMs);
      region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
      return;
    }
    const complete = this.supply.release(slot);
    if (complete) this.open--;
    else this.promise(slot, 2);
  }

  ordersOpen(): boolean {
    return this.open > 0;
  }
}

export class SupplyLine {
  readonly region: Region;
  readonly accounts = new Map<number, SupplierAccount>();
  readonly orders = new Map<number, PurchaseOrder>();
  nextSlot = 0;
  /** Goods that wait for a truck, oldest first. */
  ready: ReadyLine[] = [];
  stream: Substream;
  private readonly orderIds = new Map<number, number>();

  constructor(region: Region) {
    this.region = region;
    this.stream = Substream.of(region.seed, STAGING, region.plan.id);
  }

  /** Id of the purchase order that a review writes for a supplier; a `fresh` one begins a new order. */
  orderIdFor(supplierId: number, fresh: boolean): number {
    const { warehouse } = this.region;
    if (fresh) {
      this.orderIds.set(supplierId, warehouse.bases.purchaseOrder + warehouse.purchaseOrders++);
    }
    return this.orderIds.get(supplierId) as number;
  }

  placeOrder(supplierId: number, lines: number[]): void {
    const slot = this.nextSlot++;
    const orderId = this.orderIds.get(supplierId) as number;
    this.orders.set(slot, { orderId, supplierId, lines, lostMs: 0 });
    this.region.send(this.account(supplierId).handle, 'ORDER_PLACED', slot);
  }

  /** Time that the supplier of an order has lost, to `lostMs`, since this was last asked. */
  lateMs(slot: number, lostMs: number): number {
    const order = this.orders.get(slot) as PurchaseOrder;
    const lateMs = lostMs - order.lostMs;
    order.lostMs = lostMs;
    return lateMs;
  }

  /** Moves goods of an order to the ready ones; returns whether the order is complete. */
  release(slot: number): boolean {
    const { region } = this;
    const order = this.orders.get(slot) as PurchaseOrder;
    const left: number[] = [];
    for (let at = 0; at < order.lines.length; at += 2) {
      const product = order.lines[at];
      const asked = order.lines[at + 1];
      const short = region.trouble.blocked?.[product] === 1;
      const share = short ? 0 : region.effects.supply(region.plan.id, product + 1, region.nowMs);
      const units = Math.min(asked, Math.round(asked * share));
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

  /** Sends idle supplier trucks for what is ready, where it is worth a trip. */
  sendTrucks(): void {
    for (const trip of this.region.supplierTrips) {
      if (this.ready.length === 0) return;
      if (!trip.idle || !trip.mayLeave()) continue;
      const load = this.collect(trip.truck.refrigerated, trip.truck.capacityUnits);
      if (load === undefined) continue;
      trip.assign(load);
      const stagedMs = this.region.nowMs + HOUR_MS + this.stream.below(2 * HOUR_MS);
      this.region.sendAt(stagedMs, trip.handle, 'STAGED', 0);
    }
  }

  /** A load from the depot where a trip is most worth it, or undefined if none is yet. */
  private collect(cooledTruck: boolean, capacityUnits: number): Load | undefined {
    const { refrigerated } = this.region.world.products;
    const depots = new Map<number, ReadyLine[]>();
    for (const line of this.ready) {
      if (refrigerated[line.product] === 1 && !cooledTruck) continue;
      const { depot } = this.account(line.supplierId);
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
    // A cooled truck takes cooled goods first: no other can.
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
    return toLoad(-1, taken, this.account(lines[0].supplierId).distanceKm);
  }

  private account(supplierId: number): SupplierAccount {
    return this.accounts.get(supplierId) as SupplierAccount;
  }
}
