/** A distribution center at work: store orders, picking, loads for trucks, inbound docks, purchasing. */
import { idBase } from '../domain/ids.ts';
import type { LiveDisruption } from '../domain/live-disruption.ts';
import type { Warehouse as WarehousePort } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { ZoneTime } from '../policy/local-time.ts';
import type { DistributionCenter } from '../world/world.ts';
import { Backlog } from './backlog.ts';
import { countDcStock, reviewDcStock } from './dc-review.ts';
import { considerDisruption, type Disruption, startScenarioDisruption } from './disruptions.ts';
import { planLoad } from './load-plan.ts';
import type { Region } from './region.ts';
import type { StockLedger } from './stock-ledger.ts';
import type { TruckTrip } from './truck-trip.ts';

const OPERATIONS = purposeKey('dc', 'operations');
/** Stock is counted at this local minute of the day, and then reviewed. */
const COUNT_MINUTE = 20 * 60;
const COUNT_MS = 15 * MINUTE_MS;

export class Warehouse implements WarehousePort {
  readonly region: Region;
  readonly dc: DistributionCenter;
  readonly stock: StockLedger;
  readonly zone: ZoneTime;
  stream: Substream;
  /** Open order lines of each store, by index in the region. */
  readonly backlogs: Backlog[];
  /** Units ordered by stores and not yet loaded; and of those, units allotted to planned loads. */
  readonly wanted: Int32Array;
  readonly allotted: Int32Array;
  readonly bases: { purchaseOrder: number; adjustment: number; disruption: number };
  handle = 0;
  purchaseOrders = 0;
  adjustments = 0;
  disruptions = 0;
  /** Trucks with a planned load waiting to be picked, and the one being picked. */
  readonly pickQueue: TruckTrip[] = [];
  picking: TruckTrip | undefined;
  readonly yard: TruckTrip[] = [];
  unloading: TruckTrip | undefined;
  readonly active: Disruption[] = [];
  private readonly pickUnitsPerHour: number;

  constructor(region: Region, dc: DistributionCenter, stock: StockLedger, unitsPerDay: number) {
    this.region = region;
    this.dc = dc;
    this.stock = stock;
    this.zone = new ZoneTime(dc.timeZone);
    this.stream = Substream.of(region.seed, OPERATIONS, dc.id);
    this.backlogs = region.plan.stores.map(() => new Backlog());
    this.wanted = new Int32Array(stock.onHand.length);
    this.allotted = new Int32Array(stock.onHand.length);
    // Staffed to pick three mean days' demand in a day, so that a peak does not drown it.
    this.pickUnitsPerHour = Math.max(4000, (unitsPerDay * 3) / 24);
    this.bases = {
      purchaseOrder: idBase('purchaseOrder', dc.id),
      adjustment: idBase('dcAdjustment', dc.id),
      disruption: idBase('disruption', dc.id),
    };
  }

  // Capacity

  /** Share of capacity left: scenarios times the disruptions that struck. */
  capacity(): number {
    let capacity = this.region.effects.dcCapacity(this.dc.id, this.region.nowMs);
    for (const { takesCapacity, impactPercent } of this.active) {
      if (takesCapacity) capacity *= 1 - impactPercent / 100;
    }
    return capacity;
  }

  operating(): boolean {
    return this.capacity() > 0.001;
  }

  /** Live disruptions that are on. */
  liveActive(): LiveDisruption[] {
    return this.active.flatMap(({ live }) => (live === null ? [] : [live]));
  }

  resumeDocks(): void {
    for (const trip of [...this.region.trips, ...this.region.supplierTrips]) {
      this.region.send(trip.handle, 'DOCKS_RESUMED');
    }
  }

  strikeDisruption(index: number): void {
    startScenarioDisruption(this, index);
  }

  considerDisruption(): void {
    considerDisruption(this);
    this.scheduleCapacityChanges();
  }

  /** Asks for a look at capacity whenever a scenario changes something within the next day. */
  scheduleCapacityChanges(): void {
    const { region } = this;
    const untilMs = region.nowMs + this.untilCountMs() + COUNT_MS;
    for (const changeMs of region.effects.changesMs(region.nowMs, untilMs, this.dc.id)) {
      region.sendAt(changeMs, this.handle, 'CAPACITY_CHANGED', 0);
    }
    const declared = region.effects.disruptions(this.dc.id);
    for (let index = 0; index < declared.length; index++) {
      const { startMs } = declared[index];
      if (startMs >= region.nowMs && startMs < untilMs) {
        region.sendAt(startMs, this.handle, 'DISRUPTION_DUE', index);
      }
    }
  }

  // Towards the stores

  /** Takes a store's order: pairs of product index and units. */
  receiveOrder(storeIndex: number, orderRef: number, lines: readonly number[]): void {
    const backlog = this.backlogs[storeIndex];
    for (let at = 0; at < lines.length; at += 2) {
      backlog.add(lines[at], orderRef, lines[at + 1], this.region.nowMs);
      this.wanted[lines[at]] += lines[at + 1];
      this.stock.committed[lines[at]] += lines[at + 1];
      this.stock.demandToday[lines[at]] += lines[at + 1];
    }
    this.region.send(this.handle, 'STORE_ORDERED');
  }

  dispatchRoundMs(): number {
    return HOUR_MS;
  }

  /** Gives every idle truck the load that is most worth a trip. */
  dispatch(): void {
    if (!this.operating()) return;
    for (const trip of this.region.trips) {
      if (!trip.idle || !trip.mayLeave()) continue;
      const load = planLoad(this, trip.truck);
      if (load === undefined) continue;
      trip.assign(load);
      this.pickQueue.push(trip);
      this.region.send(this.handle, 'PICK_REQUESTED');
    }
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
    const trip = this.picking as TruckTrip;
    this.picking = undefined;
    this.region.send(trip.handle, 'STAGED');
  }

  // From the suppliers

  /** A supplier truck has arrived and waits in the yard. */
  checkIn(trip: TruckTrip): void {
    this.yard.push(trip);
    this.region.send(this.handle, 'SUPPLIER_TRUCK_ARRIVED');
  }

  unloadPending(): boolean {
    return this.yard.length > 0;
  }

  startUnloading(): void {
    const trip = this.yard.shift() as TruckTrip;
    this.unloading = trip;
    this.region.send(trip.handle, 'DOCK_FREE');
  }

  unloadingMs(): number {
    const units = this.unloading?.units ?? 0;
    const hours = units / (30_000 * Math.max(0.05, this.capacity()));
    return 15 * MINUTE_MS + Math.round(hours * HOUR_MS) + this.stream.below(20 * MINUTE_MS);
  }

  putAway(): void {
    const trip = this.unloading as TruckTrip;
    this.unloading = undefined;
    this.region.send(trip.handle, 'UNLOADED');
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

  /** Until a minute of the local day comes next. */
  private untilMinuteMs(minute: number): number {
    const { nowMs } = this.region;
    for (let day = this.zone.localDay(nowMs); ; day++) {
      const atMs = this.zone.localMinuteMs(day, minute);
      if (atMs > nowMs) return atMs - nowMs;
    }
  }
}
