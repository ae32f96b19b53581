/** A distribution center at work: store orders, picking, loads for trucks, inbound docks, purchasing. */
import { idBase } from '../domain/ids.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { DistributionCenterPort } from '../domain/ports.ts';
import { REASON, SOURCE } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { ZoneTime } from '../policy/local-time.ts';
import type { DistributionCenter as DcMaster } from '../world/world.ts';
import { Backlog, type SavedBacklog } from './backlog.ts';
import { countDcStock, type ReviewedDc, reviewDcStock } from './dc-review.ts';
import type { Disruption } from './disruption.ts';
import type { Fleet } from './fleet.ts';
import { bringForward, type OpenedDc } from './opening-orders.ts';
import { type LoadingDc, PATIENCE_HOURS, planLoad } from './load-plan.ts';
import type { RegionServices } from './services.ts';
import { spoilDcGoods } from './spoilage.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';
import type { Truck, TruckDc } from './truck.ts';

const OPERATIONS = purposeKey('dc', 'operations');
/** Local minute of the day at which stock is counted and then reviewed. */
const COUNT_MINUTE = 20 * 60;
const COUNT_MS = 15 * MINUTE_MS;

/** The parts of its region that a distribution center uses. */
export type DcRegion = RegionServices &
  OpenedDc['region'] &
  ReviewedDc['region'] &
  LoadingDc['region'] & {
    readonly fleet: Fleet;
    readonly disruptions: {
      /** The disruptions under way that act through their own impact. */
      readonly active: readonly Disruption[];
      /** Starts a disruption with some probability. */
      consider(stream: Substream): void;
      /** Starts a disruption of a scenario. @param index among the disruptions declared for the DC */
      startDeclared(index: number): void;
    };
  };

/** State of a distribution center in a checkpoint, besides its stock and sums. */
export type SavedDc = {
  handle: number;
  purchaseOrders: number;
  adjustments: number;
  unitsAskedToday: number;
  /** Hour in which goods last spoiled, in worlds where they do. */
  spoiledHour?: number;
  disruptions: number;
  stream: number[];
  backlogs: SavedBacklog[];
  /** Ids of trucks; 0 for none. */
  pickQueue: number[];
  picking: number;
  yard: number[];
  unloading: number;
  /** Handles of the disruptions under way, in the order in which they began. */
  active: number[];
};

export class DistributionCenter
  implements DistributionCenterPort, OpenedDc, ReviewedDc, LoadingDc, TruckDc, StatefulPart
{
  readonly region: DcRegion;
  readonly master: DcMaster;
  readonly stock: StockLedger;
  readonly zone: ZoneTime;
  stream: Substream;
  readonly backlogs: Backlog[];
  readonly wanted: Int32Array<ArrayBuffer>;
  readonly allotted: Int32Array<ArrayBuffer>;
  private readonly bases: { purchaseOrder: number; adjustment: number; disruption: number };
  handle = 0;
  private purchaseOrders = 0;
  private adjustments = 0;
  unitsAskedToday = 0;
  private spoiledHour = 0;
  private disruptions = 0;
  /** Trucks whose planned load waits to be picked or is being picked. */
  readonly pickQueue: Truck[] = [];
  private picking: Truck | undefined;
  readonly yard: Truck[] = [];
  private unloading: Truck | undefined;
  private readonly pickUnitsPerHour: number;

  /** @param options unitsPerDay: units a day that stores and online customers are expected to ask for */
  constructor(options: { region: DcRegion; stock: StockLedger; unitsPerDay: number }) {
    const { region, stock } = options;
    const master = region.plan.dc;
    this.region = region;
    this.master = master;
    this.stock = stock;
    this.zone = new ZoneTime(master.timeZone);
    this.stream = Substream.of(region.seed, OPERATIONS, master.id);
    this.backlogs = region.plan.stores.map(() => new Backlog());
    this.wanted = new Int32Array(stock.onHand.length);
    this.allotted = new Int32Array(stock.onHand.length);
    // Capacity to pick three mean days' demand in a day, so that a peak does not cause a lasting backlog.
    this.pickUnitsPerHour = Math.max(4000, (options.unitsPerDay * 3) / 24);
    this.bases = {
      purchaseOrder: idBase('purchaseOrder', master.id),
      adjustment: idBase('dcAdjustment', master.id),
      disruption: idBase('disruption', master.id),
    };
  }

  // Capacity

  /** Returns the share of capacity that is available, 0–1: scenarios times the disruptions under way. */
  capacity(): number {
    let capacity = this.region.effects.dcCapacity(this.master.id, this.region.nowMs);
    for (const { takesCapacity, impactPercent } of this.region.disruptions.active) {
      if (takesCapacity) capacity *= 1 - impactPercent / 100;
    }
    return capacity;
  }

  operating(): boolean {
    return this.capacity() > 0.001;
  }

  resumeDocks(): void {
    for (const { handle } of this.region.fleet.all) this.region.send(handle, 'DOCKS_RESUMED');
  }

  strikeDisruption(index: number): void {
    this.region.disruptions.startDeclared(index);
  }

  considerDisruption(): void {
    this.region.disruptions.consider(this.stream);
    this.scheduleCapacityChanges();
  }

  nextDisruptionId(): number {
    return this.bases.disruption + this.disruptions++;
  }

  /** Schedules a check of capacity at each instant of the next day at which a scenario changes something. */
  scheduleCapacityChanges(): void {
    const { region } = this;
    const untilMs = region.nowMs + this.untilCountMs() + COUNT_MS;
    for (const changeMs of region.effects.changesMs(region.nowMs, untilMs, this.master.id)) {
      region.sendAt(changeMs, this.handle, 'CAPACITY_CHANGED', 0);
    }
    const declared = region.effects.disruptions(this.master.id);
    for (let index = 0; index < declared.length; index++) {
      const { startMs } = declared[index];
      if (startMs >= region.nowMs && startMs < untilMs) {
        region.sendAt(startMs, this.handle, 'DISRUPTION_DUE', index);
      }
    }
  }

  // Outbound to stores

  /** Accepts a store's order. @param lines pairs of product index and units */
  receiveOrder(storeIndex: number, orderRef: number, lines: readonly number[]): void {
    this.takeOrder(storeIndex, orderRef, lines, this.region.nowMs);
  }

  receiveOldOrder(storeIndex: number, orderRef: number, lines: readonly number[]): void {
    this.takeOrder(storeIndex, orderRef, lines, this.region.nowMs - PATIENCE_HOURS * HOUR_MS);
  }

  private takeOrder(
    storeIndex: number,
    orderRef: number,
    lines: readonly number[],
    orderedMs: number,
  ): void {
    const backlog = this.backlogs[storeIndex];
    for (let at = 0; at < lines.length; at += 2) {
      backlog.add(lines[at], orderRef, lines[at + 1], orderedMs);
      this.wanted[lines[at]] += lines[at + 1];
      this.stock.committed.add(lines[at], lines[at + 1]);
      this.unitsAskedToday += lines[at + 1];
    }
    this.region.send(this.handle, 'STORE_ORDERED');
  }

  dispatchRoundMs(): number {
    return HOUR_MS;
  }

  /** Gives every idle truck the load with the highest score. */
  dispatch(): void {
    if (this.region.effects.touches.dcSpoilage) this.spoilHourly();
    if (!this.operating()) return;
    for (const truck of this.region.fleet.own) {
      if (!truck.idle || !truck.mayLeave()) continue;
      const load = planLoad(this, truck.master);
      if (load === undefined) continue;
      truck.assign(load);
      this.pickQueue.push(truck);
      this.region.send(this.handle, 'PICK_REQUESTED');
    }
  }

  /** Goods spoil once an hour, however often loads are planned. */
  private spoilHourly(): void {
    const hour = Math.floor(this.region.nowMs / HOUR_MS);
    if (hour === this.spoiledHour) return;
    this.spoiledHour = hour;
    spoilDcGoods(this);
  }

  setAside(product: number, units: number): void {
    this.allotted[product] += units;
    this.stock.held.add(product, units);
  }

  ship(product: number, units: number, shipmentId: number): void {
    const { stock } = this;
    this.wanted[product] -= units;
    this.allotted[product] -= units;
    stock.held.add(product, -units);
    stock.committed.add(product, -units);
    stock.move(this.region.nowMs, product, -units, REASON.outbound, SOURCE.shipment, shipmentId);
  }

  pickPending(): boolean {
    return this.pickQueue.length > 0;
  }

  startPicking(): void {
    this.picking = this.pickQueue.shift();
  }

  pickingMs(): number {
    const units = this.picking?.units ?? 0;
    const hours = units / (this.pickUnitsPerHour * Math.max(0.05, this.capacity()));
    return 10 * MINUTE_MS + Math.round(hours * HOUR_MS) + this.stream.below(10 * MINUTE_MS);
  }

  stageShipment(): void {
    const truck = this.picking as Truck;
    this.picking = undefined;
    this.region.send(truck.handle, 'STAGED');
  }

  // Inbound from suppliers

  checkIn(truck: Truck): void {
    this.yard.push(truck);
    this.region.send(this.handle, 'SUPPLIER_TRUCK_ARRIVED');
  }

  unloadPending(): boolean {
    return this.yard.length > 0;
  }

  startUnloading(): void {
    const truck = this.yard.shift() as Truck;
    this.unloading = truck;
    this.region.send(truck.handle, 'DOCK_FREE');
  }

  unloadingMs(): number {
    const units = this.unloading?.units ?? 0;
    const hours = units / (30_000 * Math.max(0.05, this.capacity()));
    return 15 * MINUTE_MS + Math.round(hours * HOUR_MS) + this.stream.below(20 * MINUTE_MS);
  }

  receive(product: number, units: number, shipmentId: number): void {
    this.stock.receive(this.region.nowMs, product, units, shipmentId);
  }

  putAway(): void {
    const truck = this.unloading as Truck;
    this.unloading = undefined;
    this.region.send(truck.handle, 'UNLOADED');
    this.region.send(this.handle, 'GOODS_PUT_AWAY');
  }

  // Purchasing

  untilCountMs(): number {
    return this.untilMinuteMs(COUNT_MINUTE);
  }

  countStock(): void {
    countDcStock(this);
  }

  countMs(): number {
    return COUNT_MS;
  }

  reviewStock(): void {
    reviewDcStock(this);
  }

  bringForward(): void {
    bringForward(this);
  }

  nextPurchaseOrderId(): number {
    return this.bases.purchaseOrder + this.purchaseOrders++;
  }

  nextAdjustmentId(): number {
    return this.bases.adjustment + this.adjustments++;
  }

  /** Returns the time until the next occurrence of a minute of the local day, ms. */
  private untilMinuteMs(minute: number): number {
    const { nowMs } = this.region;
    for (let day = this.zone.localDay(nowMs); ; day++) {
      const atMs = this.zone.localMinuteMs(day, minute);
      if (atMs > nowMs) return atMs - nowMs;
    }
  }

  // State

  save(): Sections {
    const warehouse: SavedDc = {
      handle: this.handle,
      purchaseOrders: this.purchaseOrders,
      adjustments: this.adjustments,
      unitsAskedToday: this.unitsAskedToday,
      ...(this.spoiledHour > 0 && { spoiledHour: this.spoiledHour }),
      disruptions: this.disruptions,
      stream: this.stream.state(),
      backlogs: this.backlogs.map((backlog) => backlog.save()),
      pickQueue: this.pickQueue.map(({ master }) => master.id),
      picking: this.picking?.master.id ?? 0,
      yard: this.yard.map(({ master }) => master.id),
      unloading: this.unloading?.master.id ?? 0,
      active: this.region.disruptions.active.map(({ handle }) => handle),
    };
    return {
      ...this.stock.save('stock/dc'),
      'warehouse/wanted': this.wanted,
      'warehouse/allotted': this.allotted,
      warehouse,
    };
  }

  restore(saved: SavedState): void {
    const { fleet } = this.region;
    const plain = saved.json<SavedDc>('warehouse');
    this.stock.restore(saved, 'stock/dc');
    this.wanted.set(saved.array<Int32Array<ArrayBuffer>>('warehouse/wanted'));
    this.allotted.set(saved.array<Int32Array<ArrayBuffer>>('warehouse/allotted'));
    this.handle = plain.handle;
    this.purchaseOrders = plain.purchaseOrders;
    this.adjustments = plain.adjustments;
    this.unitsAskedToday = plain.unitsAskedToday;
    this.spoiledHour = plain.spoiledHour ?? 0;
    this.disruptions = plain.disruptions;
    this.stream = Substream.restore(plain.stream);
    this.backlogs.forEach((backlog, index) => {
      backlog.restore(plain.backlogs[index]);
    });
    this.pickQueue.push(...plain.pickQueue.map((id) => fleet.withId(id)));
    this.picking = plain.picking === 0 ? undefined : fleet.withId(plain.picking);
    this.yard.push(...plain.yard.map((id) => fleet.withId(id)));
    this.unloading = plain.unloading === 0 ? undefined : fleet.withId(plain.unloading);
    // `Disruptions` restores which disruptions are under way.
  }

  actors(): DistributionCenter[] {
    return [this];
  }
}
