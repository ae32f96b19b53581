/** Inbound to a distribution center: purchase orders at suppliers, goods that are ready, trucks that fetch them. */
import type { SupplierDesk } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { greatCircleKm } from '../world/distance.ts';
import type { Supplier, SupplierDepot } from '../world/world.ts';
import { type LoadLine, toLoad } from './load-plan.ts';
import type { Region } from './region.ts';

const LEAD_TIME = purposeKey('supplier', 'leadTime');
const STAGING = purposeKey('supplier', 'staging');
const WORTHWHILE_FILL = 0.4;
const PATIENCE_HOURS = 10;

interface PurchaseOrder {
  orderId: number;
  supplierId: number;
  /** Pairs of product index and units still to be made ready. */
  lines: number[];
}

/** A supplier as one DC knows it. */
export class SupplierAccount implements SupplierDesk {
  readonly supply: SupplyLine;
  readonly supplier: Supplier;
  readonly distanceKm: number;
  handle = 0;
  open = 0;
  stream: Substream;

  constructor(supply: SupplyLine, supplier: Supplier, depot: SupplierDepot) {
    const { region } = supply;
    this.supply = supply;
    this.supplier = supplier;
    this.distanceKm = greatCircleKm(region.plan.dc, depot);
    this.stream = Substream.of(region.seed, LEAD_TIME, supplier.id * 100_000 + region.plan.id);
  }

  acceptOrder(slot: number): void {
    this.open++;
    const { region } = this.supply;
    const factor = region.effects.leadTime(region.plan.id, region.nowMs);
    this.promise(slot, this.supplier.leadTimeDays * factor);
  }

  private promise(slot: number, days: number): void {
    const { region } = this.supply;
    const readyMs = region.nowMs + Math.round(lognormal(this.stream, days * DAY_MS, 0.25));
    region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
  }

  /** Releases what could be made; a short supply is completed as it comes in. */
  releaseGoods(slot: number): void {
    const complete = this.supply.release(slot, this.supplier.id);
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
  ready: {
    product: number;
    orderRef: number;
    units: number;
    supplierId: number;
    sinceMs: number;
  }[] = [];
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
    this.orders.set(slot, { orderId: this.orderIds.get(supplierId) as number, supplierId, lines });
    const account = this.accounts.get(supplierId) as SupplierAccount;
    this.region.send(account.handle, 'ORDER_PLACED', slot);
  }

  /** Moves goods of an order to the ready ones; returns whether the order is complete. */
  release(slot: number, supplierId: number): boolean {
    const { region } = this;
    const order = this.orders.get(slot) as PurchaseOrder;
    const left: number[] = [];
    for (let at = 0; at < order.lines.length; at += 2) {
      const product = order.lines[at];
      const asked = order.lines[at + 1];
      const share = region.effects.supply(region.plan.id, product + 1, region.nowMs);
      const units = Math.min(asked, Math.round(asked * share));
      if (units > 0) {
        this.ready.push({
          product,
          orderRef: order.orderId,
          units,
          supplierId,
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
      if (!trip.idle) continue;
      const load = this.collect(trip.truck.refrigerated, trip.truck.capacityUnits);
      if (load === undefined) continue;
      trip.assign(load);
      const stagedMs = this.region.nowMs + HOUR_MS + this.stream.below(2 * HOUR_MS);
      this.region.sendAt(stagedMs, trip.handle, 'STAGED', 0);
    }
  }

  /** Picks up goods from the supplier of the oldest line, then from others on the round. */
  private collect(cooledTruck: boolean, capacityUnits: number) {
    const { refrigerated } = this.region.world.products;
    const fits = this.ready.filter((line) => cooledTruck || refrigerated[line.product] === 0);
    if (fits.length === 0) return undefined;
    const units = fits.reduce((sum, line) => sum + line.units, 0);
    const waitedHours = (this.region.nowMs - fits[0].sinceMs) / HOUR_MS;
    if (units < capacityUnits * WORTHWHILE_FILL && waitedHours < PATIENCE_HOURS) return undefined;
    const first = fits[0].supplierId;
    // A cooled truck takes cooled goods first, whoever they are from.
    const rank = (line: (typeof fits)[number]) =>
      (cooledTruck && refrigerated[line.product] === 1 ? 0 : 2) +
      (line.supplierId === first ? 0 : 1);
    fits.sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
    let room = capacityUnits;
    const lines: LoadLine[] = [];
    let longestKm = 0;
    for (const line of fits) {
      if (room === 0) break;
      const taken = Math.min(line.units, room);
      line.units -= taken;
      room -= taken;
      lines.push({ ...line, units: taken });
      const account = this.accounts.get(line.supplierId) as SupplierAccount;
      longestKm = Math.max(longestKm, account.distanceKm);
    }
    this.ready = this.ready.filter((line) => line.units > 0);
    return toLoad(-1, lines, longestKm);
  }
}
