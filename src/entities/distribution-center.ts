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
import { type LoadingDc, planLoad } from './load-plan.ts';
import type { RegionServices } from './services.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';
import type { Truck, TruckDc } from './truck.ts';

const OPERATIONS = purposeKey('dc', 'operations');
/** Stock is counted at this local minute of the day, and then reviewed. */
const COUNT_MINUTE = 20 * 60;
const COUNT_MS = 15 * MINUTE_MS;

/** What a distribution center uses of its region. */
export type DcRegion = RegionServices &
  ReviewedDc['region'] &
  LoadingDc['region'] & {
    readonly fleet: Fleet;
    readonly disruptions: {
      /** Those that are on and act by their own impact. */
      readonly active: readonly Disruption[];
      /** Something may go wrong by chance. */
      consider(stream: Substream): void;
      /** The disruption with this number among those that scenarios declare begins. */
      startDeclared(index: number): void;
    };
  };

/** What a checkpoint keeps of a distribution center besides its stock and sums. */
export type SavedDc = {
  handle: number;
  purchaseOrders: number;
  adjustments: number;
  disruptions: number;
  stream: number[];
  backlogs: SavedBacklog[];
  /** Ids of trucks; 0 for none. */
  pickQueue: number[];
  picking: number;
  yard: number[];
  unloading: number;
  /** Handles of the disruptions that are on, in the order in which they struck. */
  active: number[];
};

export class DistributionCenter
  implements DistributionCenterPort, ReviewedDc, LoadingDc, TruckDc, StatefulPart
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
  private disruptions = 0;
  /** Trucks with a planned load waiting to be picked, and the one being picked. */
  readonly pickQueue: Truck[] = [];
  private picking: Truck | undefined;
  readonly yard: Truck[] = [];
  private unloading: Truck | undefined;
  private readonly pickUnitsPerHour: number;

  /** @param unitsPerDay that the region's stores are expected to sell */
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
    // Staffed to pick three mean days' demand in a day, so that a peak does not drown it.
    this.pickUnitsPerHour = Math.max(4000, (options.unitsPerDay * 3) / 24);
    this.bases = {
      purchaseOrder: idBase('purchaseOrder', master.id),
      adjustment: idBase('dcAdjustment', master.id),
      disruption: idBase('disruption', master.id),
    };
  }

  // Capacity

  /** Share of capacity left: scenarios times the disruptions that struck. */
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

  /** Asks for a look at capacity whenever a scenario changes something within the next day. */
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
    for (const truck of this.region.fleet.own) {
      if (!truck.idle || !truck.mayLeave()) continue;
      const load = planLoad(this, truck.master);
      if (load === undefined) continue;
      truck.assign(load);
      this.pickQueue.push(truck);
      this.region.send(this.handle, 'PICK_REQUESTED');
    }
  }

  setAside(product: number, units: number): void {
    this.allotted[product] += units;
    this.stock.held[product] += units;
  }

  ship(product: number, units: number, shipmentId: number): void {
    const { stock } = this;
    this.wanted[product] -= units;
    this.allotted[product] -= units;
    stock.held[product] -= units;
    stock.committed[product] -= units;
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

  // From the suppliers

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

  nextPurchaseOrderId(): number {
    return this.bases.purchaseOrder + this.purchaseOrders++;
  }

  nextAdjustmentId(): number {
    return this.bases.adjustment + this.adjustments++;
  }

  /** Until a minute of the local day comes next. */
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
    this.disruptions = plain.disruptions;
    this.stream = Substream.restore(plain.stream);
    this.backlogs.forEach((backlog, index) => {
      backlog.restore(plain.backlogs[index]);
    });
    this.pickQueue.push(...plain.pickQueue.map((id) => fleet.withId(id)));
    this.picking = plain.picking === 0 ? undefined : fleet.withId(plain.picking);
    this.yard.push(...plain.yard.map((id) => fleet.withId(id)));
    this.unloading = plain.unloading === 0 ? undefined : fleet.withId(plain.unloading);
    // Which disruptions are on, the disruptions take up themselves.
  }

  actors(): DistributionCenter[] {
    return [this];
  }
}
