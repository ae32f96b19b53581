/** A truck with its driver and its present trip: to a store and back, or from a supplier to the DC and back. */
import { NULL } from '../domain/columns.ts';
import { idBase } from '../domain/ids.ts';
import type { TruckPort } from '../domain/ports.ts';
import { LOAD_ACTION, LOCATION, TRUCK_STATUS } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import {
  breakdownChance,
  drivenMs,
  dutyAfterMs,
  LATE_MS,
  mustRest,
  OFF_DUTY_MS,
  plannedDriveMs,
  restsWithinMs,
} from '../policy/roads.ts';
import type { Truck as TruckMaster } from '../world/world.ts';
import { type Load, oldestLine } from './load-plan.ts';
import type { RegionServices } from './services.ts';

const ROAD = purposeKey('truck', 'road');
const LOAD_UNITS_PER_HOUR = 30_000;
const NO_LOAD: Load = {
  storeIndex: -1,
  product: [],
  orderRef: [],
  units: [],
  totalUnits: 0,
  supplierId: [],
  greatCircleKm: 0,
};

/** The place where a truck unloads: a store, or the DC. */
export interface Receiver {
  /** Receives units of a truck's shipment. */
  receive(product: number, units: number, shipmentId: number): void;
}

/** The parts of the distribution center that trucks use. */
export interface TruckDc extends Receiver {
  readonly handle: number;
  operating(): boolean;
  /** Called when a truck is loaded with goods for a store. */
  ship(product: number, units: number, shipmentId: number): void;
  /** Called when a supplier truck has arrived and waits in the yard. */
  checkIn(truck: Truck): void;
}

/** The parts of its region that a truck uses. */
export interface TruckRegion extends RegionServices {
  readonly dc: TruckDc;
  /** By index in the region. */
  readonly stores: readonly Receiver[];
  readonly trouble: {
    /** Whether a truck can't move at all. */
    stops(truckId: number): boolean;
    /** Returns the share of normal speed that the truck can drive: 1 normal, 0 it stands. */
    roadShare(truckId: number, storeIndex: number): number;
  };
  readonly supply: {
    /** Sends idle supplier trucks for goods that are ready. */
    sendTrucks(): void;
  };
}

/** State of a truck in a checkpoint. */
export type SavedTruck = {
  truckId: number;
  inbound: boolean;
  shipmentBase: number;
  handle: number;
  shipments: number;
  shipmentId: number;
  idle: boolean;
  loaded: boolean;
  cargo: Load;
  dutyMs: number;
  legDriveMs: number;
  etaMs: number;
  lastDrivenMs: number;
  stretchMs: number;
  breaksDown: boolean;
  afterRepairMs: number;
  movingSinceMs: number;
  speedShare: number;
  stream: number[];
};

export class Truck implements TruckPort {
  readonly region: TruckRegion;
  readonly master: TruckMaster;
  /** Whether it is a supplier's truck, which brings goods to the DC. */
  readonly inbound: boolean;
  private stream: Substream;
  private readonly shipmentBase: number;
  handle = 0;
  shipments = 0;
  shipmentId = 0.5;
  idle = true;
  /** Whether the goods of the trip are on board. */
  loaded = false;
  cargo: Load = NO_LOAD;
  dutyMs = 0;
  legDriveMs = 0;
  etaMs = 0.5;
  lastDrivenMs = 0.5;
  /** Driving time to the next stop at normal speed; whether that stop is a breakdown, and the driving time after it. */
  stretchMs = 0;
  breaksDown = false;
  afterRepairMs = 0;
  /** When it began to move, epoch ms, and its share of normal speed. */
  movingSinceMs = 0.5;
  speedShare = 1;

  constructor(region: TruckRegion, master: TruckMaster) {
    this.region = region;
    this.master = master;
    this.inbound = master.dcId === 0;
    this.stream = Substream.of(region.seed, ROAD, master.id);
    this.shipmentBase = idBase('shipment', master.id);
  }

  get units(): number {
    return this.cargo.totalUnits;
  }

  /** Distance of one way of the trip. */
  get distanceKm(): number {
    return this.inbound
      ? this.cargo.greatCircleKm
      : this.region.plan.stores[this.cargo.storeIndex].dcDistanceKm;
  }

  /** Assigns a load to the idle truck. */
  assign(load: Load): void {
    this.idle = false;
    this.cargo = load;
    this.shipmentId = this.shipmentBase + this.shipments++;
    if (this.region.nowMs - this.lastDrivenMs >= OFF_DUTY_MS) this.dutyMs = 0;
    this.region.send(this.handle, 'ASSIGNED');
  }

  recordScheduled(): void {
    const departsMs = this.region.nowMs + 2 * HOUR_MS;
    this.record(TRUCK_STATUS.scheduled, departsMs + plannedDriveMs(this.distanceKm), departsMs);
  }

  mayLoad(): boolean {
    return this.region.dc.operating() && this.mayLeave();
  }

  mayLeave(): boolean {
    const { region, master } = this;
    const { touches } = region.effects;
    if (touches.trucks && region.effects.truckOut(region.plan.id, master.id, region.nowMs)) {
      return false;
    }
    return !region.trouble.stops(master.id);
  }

  recordLoading(): void {
    const departsMs = this.region.nowMs + 90 * MINUTE_MS;
    this.record(TRUCK_STATUS.loading, departsMs + plannedDriveMs(this.distanceKm), departsMs);
  }

  loadingMs(): number {
    const hours = this.units / LOAD_UNITS_PER_HOUR;
    return 15 * MINUTE_MS + Math.round(hours * HOUR_MS) + this.stream.below(15 * MINUTE_MS);
  }

  load(): void {
    const { region } = this;
    this.loaded = true;
    if (!this.inbound) {
      this.eachProduct((product, units) => region.dc.ship(product, units, this.shipmentId));
    }
    this.recordGoods(LOAD_ACTION.load);
    this.drawLeg();
  }

  private drawLeg(): void {
    const { region } = this;
    const factor = region.effects.travelTime(region.plan.id, region.nowMs);
    this.legDriveMs = drivenMs(this.distanceKm, factor, this.stream);
  }

  needsRest(): boolean {
    return mustRest(this.dutyMs, this.legDriveMs);
  }

  dutyRestMs(): number {
    return OFF_DUTY_MS + this.stream.below(30 * MINUTE_MS);
  }

  rest(): void {
    this.dutyMs = 0;
  }

  depart(): void {
    const { region } = this;
    const nominalMs = plannedDriveMs(this.distanceKm);
    const chance =
      breakdownChance(this.distanceKm) *
      region.effects.breakdown(region.plan.id, this.master.id, region.nowMs);
    this.etaMs = region.nowMs + nominalMs + restsWithinMs(nominalMs);
    this.stretchMs = this.legDriveMs + restsWithinMs(this.legDriveMs);
    this.breaksDown = this.stream.chance(chance);
    if (this.breaksDown) {
      const wholeMs = this.stretchMs;
      this.stretchMs = Math.max(1, Math.round(wholeMs * this.stream.unit()));
      this.afterRepairMs = Math.max(1, wholeMs - this.stretchMs);
    }
    this.record(TRUCK_STATUS.inTransit, this.etaMs, NULL);
  }

  private roadShare(): number {
    return this.region.trouble.roadShare(this.master.id, this.cargo.storeIndex);
  }

  stopped(): boolean {
    return this.roadShare() === 0;
  }

  driveMs(): number {
    this.movingSinceMs = this.region.nowMs;
    this.speedShare = this.roadShare();
    return this.speedShare === 1 ? this.stretchMs : Math.ceil(this.stretchMs / this.speedShare);
  }

  /** Only driving counts as progress; time that the truck waits in bad weather does not. */
  noteProgress(): void {
    const drivenMs = Math.floor((this.region.nowMs - this.movingSinceMs) * this.speedShare);
    this.stretchMs = Math.max(1, this.stretchMs - drivenMs);
  }

  latenessMs(): number {
    return this.etaMs + LATE_MS + 1 - this.region.nowMs;
  }

  recordDelay(): void {
    this.record(TRUCK_STATUS.delayed, NULL, NULL);
  }

  brokenDown(): boolean {
    return this.breaksDown;
  }

  breakDown(): void {
    this.breaksDown = false;
    this.stretchMs = this.afterRepairMs;
  }

  repairMs(): number {
    return Math.round(lognormal(this.stream, 150 * MINUTE_MS, 0.5));
  }

  arrive(): void {
    this.dutyMs = dutyAfterMs(this.dutyMs, this.legDriveMs);
    this.lastDrivenMs = this.region.nowMs;
    this.record(TRUCK_STATUS.arrived, NULL, NULL);
  }

  dockWaitMs(): number {
    return 5 * MINUTE_MS + Math.round(lognormal(this.stream, 25 * MINUTE_MS, 0.6));
  }

  unloadsAtDc(): boolean {
    return this.inbound;
  }

  checkIn(): void {
    this.region.dc.checkIn(this);
  }

  recordUnloading(): void {
    this.record(TRUCK_STATUS.unloading, NULL, NULL);
  }

  unloadingMs(): number {
    const hours = this.units / (LOAD_UNITS_PER_HOUR / 2);
    return 29 * MINUTE_MS + Math.round(hours * HOUR_MS) + this.stream.below(30 * MINUTE_MS);
  }

  deliver(): void {
    const { region } = this;
    const receiver: Receiver = this.inbound ? region.dc : region.stores[this.cargo.storeIndex];
    this.recordGoods(LOAD_ACTION.unload);
    this.eachProduct((product, units) => receiver.receive(product, units, this.shipmentId));
    this.loaded = false;
    this.drawLeg();
  }

  startReturn(): void {
    this.stretchMs = this.legDriveMs + restsWithinMs(this.legDriveMs);
    this.record(TRUCK_STATUS.completed, this.region.nowMs + this.stretchMs, NULL);
  }

  comeHome(): void {
    const { region } = this;
    this.dutyMs = dutyAfterMs(this.dutyMs, this.legDriveMs);
    this.lastDrivenMs = region.nowMs;
    this.cargo = NO_LOAD;
    this.idle = true;
    if (this.inbound) region.supply.sendTrucks();
    else region.send(region.dc.handle, 'TRUCK_READY');
  }

  /** Calls `each` once for each product of the load with its units over all orders. */
  private eachProduct(each: (product: number, units: number) => void): void {
    const { product, units } = this.cargo;
    for (let at = 0; at < product.length; ) {
      const current = product[at];
      let sum = 0;
      for (; at < product.length && product[at] === current; at++) sum += units[at];
      each(current, sum);
    }
  }

  private recordGoods(action: number): void {
    const { region, cargo } = this;
    const row = region.scratch.truck_inventory;
    row.traceId = this.shipmentId;
    row.eventMs = region.nowMs;
    row.truckId = this.master.id;
    row.shipmentId = this.shipmentId;
    row.action = action;
    const atOrigin = action === LOAD_ACTION.load;
    row.locationType = this.inbound
      ? atOrigin
        ? LOCATION.supplier
        : LOCATION.dc
      : atOrigin
        ? LOCATION.dc
        : LOCATION.store;
    const fixedId =
      this.inbound || atOrigin ? region.plan.id : region.plan.stores[cargo.storeIndex].id;
    for (let at = 0; at < cargo.product.length; at++) {
      row.productId = cargo.product[at] + 1;
      row.quantity = cargo.units[at];
      row.orderRef = cargo.orderRef[at];
      row.locationId = this.inbound && atOrigin ? cargo.supplierId[at] : fixedId;
      region.facts.truck_inventory(row);
    }
  }

  private record(status: number, etaMs: number, etdMs: number): void {
    const { region } = this;
    const row = region.scratch.truck_moves;
    row.traceId = this.shipmentId;
    row.eventMs = region.nowMs;
    row.truckId = this.master.id;
    row.dcId = region.plan.id;
    row.storeId = this.inbound ? NULL : region.plan.stores[this.cargo.storeIndex].id;
    row.shipmentId = this.shipmentId;
    row.status = status;
    row.etaMs = etaMs;
    row.etdMs = etdMs;
    row.dutyDrivingMinutes = Math.ceil(this.dutyMs / MINUTE_MS);
    const oldest = status === TRUCK_STATUS.scheduled ? oldestLine(this.cargo) : -1;
    row.orderRef = oldest < 0 ? NULL : this.cargo.orderRef[oldest];
    row.productId = oldest < 0 ? NULL : this.cargo.product[oldest] + 1;
    region.facts.truck_moves(row);
  }

  /** Returns the goods on board, by product. */
  onBoard(): { truckId: number; shipmentId: number; productId: number; quantity: number }[] {
    const goods: ReturnType<Truck['onBoard']> = [];
    if (!this.loaded) return goods;
    this.eachProduct((product, quantity) => {
      goods.push({
        truckId: this.master.id,
        shipmentId: this.shipmentId,
        productId: product + 1,
        quantity,
      });
    });
    return goods;
  }

  save(): SavedTruck {
    return {
      truckId: this.master.id,
      inbound: this.inbound,
      shipmentBase: this.shipmentBase,
      handle: this.handle,
      shipments: this.shipments,
      shipmentId: this.shipmentId,
      idle: this.idle,
      loaded: this.loaded,
      cargo: this.cargo,
      dutyMs: this.dutyMs,
      legDriveMs: this.legDriveMs,
      etaMs: this.etaMs,
      lastDrivenMs: this.lastDrivenMs,
      stretchMs: this.stretchMs,
      breaksDown: this.breaksDown,
      afterRepairMs: this.afterRepairMs,
      movingSinceMs: this.movingSinceMs,
      speedShare: this.speedShare,
      stream: this.stream.state(),
    };
  }

  restore(saved: SavedTruck): void {
    const { truckId: _id, stream, ...plain } = saved;
    Object.assign(this, plain);
    this.stream = Substream.restore(stream);
  }
}
