/** A supplier of one distribution center: accepts orders, and has the goods ready after its lead time. */
import type { SupplierPort } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { exponential, lognormal } from '../engine/variates.ts';
import { LEAD_TIME_SPREAD } from '../policy/replenishment.ts';
import { LATE_CHANCE, LATE_DAYS } from '../policy/supply-errors.ts';
import { greatCircleKm } from '../world/distance.ts';
import type { Supplier as SupplierMaster, SupplierDepot } from '../world/world.ts';
import type { Actors, Setting } from './services.ts';

const LEAD_TIME = purposeKey('supplier', 'leadTime');
/** Minimum time by which a delay postpones an order. */
const LEAST_POSTPONEMENT_MS = HOUR_MS;

/** The parts of the region that its supplier uses. */
export interface SupplierRegion extends Actors, Setting {
  /** The purchase orders, by slot. */
  readonly supply: {
    /** Returns when the goods of an order from before the world's opening are ready, epoch ms; 0 for any other order. */
    promisedMs(slot: number): number;
    /** Returns the time that an order's supplier has lost since the last call, ms. @param lostMs its total so far */
    lateMs(slot: number, lostMs: number): number;
    /** Makes the available goods of an order ready; returns whether the order is complete. */
    release(slot: number): boolean;
  };
  readonly trouble: {
    /** Returns the share of its normal speed at which a supplier works for the DC. */
    supplierShare(supplierId: number): number;
  };
}

/** State of a supplier in a checkpoint. */
export type SavedSupplier = {
  supplierId: number;
  handle: number;
  open: number;
  lostMs: number;
  lostUntilMs: number;
  stream: number[];
};

export class Supplier implements SupplierPort {
  private readonly region: SupplierRegion;
  readonly master: SupplierMaster;
  readonly depot: number;
  /** Distance from the depot to the DC. */
  readonly distanceKm: number;
  handle = 0;
  private open = 0;
  /** Time lost to requested delays up to `lostUntilMs`. */
  private lostMs = 0;
  private lostUntilMs = 0.5;
  private stream: Substream;

  constructor(region: SupplierRegion, master: SupplierMaster, depot: SupplierDepot) {
    this.region = region;
    this.master = master;
    this.depot = depot.depot;
    this.distanceKm = greatCircleKm(region.plan.dc, depot);
    this.stream = Substream.of(region.seed, LEAD_TIME, master.id * 100_000 + region.plan.id);
  }

  acceptOrder(slot: number): void {
    this.open++;
    const { region } = this;
    const factor = region.effects.leadTime(region.plan.id, region.nowMs, this.master.id);
    region.supply.lateMs(slot, this.noteDelay());
    const promisedMs = region.supply.promisedMs(slot);
    if (promisedMs > 0) region.sendAt(promisedMs, this.handle, 'GOODS_READY', slot);
    else this.promise(slot, this.master.leadTimeDays * factor);
  }

  private promise(slot: number, days: number): void {
    const { region } = this;
    const { stream } = this;
    const lateDays = stream.chance(LATE_CHANCE) ? exponential(stream, LATE_DAYS) : 0;
    const workMs = Math.round(lognormal(stream, days * DAY_MS, LEAD_TIME_SPREAD));
    const readyMs = region.nowMs + workMs + Math.round(lateDays * DAY_MS);
    region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
  }

  /** Adds the time lost at the present speed and returns the total, ms. Called before the speed changes, too. */
  noteDelay(): number {
    const { region } = this;
    const share = region.trouble.supplierShare(this.master.id);
    if (share < 1) this.lostMs += Math.round((region.nowMs - this.lostUntilMs) * (1 - share));
    this.lostUntilMs = region.nowMs;
    return this.lostMs;
  }

  /** Releases the available goods of an order; the rest of a short supply follows later. */
  releaseGoods(slot: number): void {
    const lateMs = this.region.supply.lateMs(slot, this.noteDelay());
    if (lateMs > 0) {
      const { region } = this;
      const readyMs = region.nowMs + Math.max(LEAST_POSTPONEMENT_MS, lateMs);
      region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
      return;
    }
    const complete = this.region.supply.release(slot);
    if (complete) this.open--;
    else this.promise(slot, 2);
  }

  ordersOpen(): boolean {
    return this.open > 0;
  }

  save(): SavedSupplier {
    return {
      supplierId: this.master.id,
      handle: this.handle,
      open: this.open,
      lostMs: this.lostMs,
      lostUntilMs: this.lostUntilMs,
      stream: this.stream.state(),
    };
  }

  restore(saved: SavedSupplier): void {
    this.handle = saved.handle;
    this.open = saved.open;
    this.lostMs = saved.lostMs;
    this.lostUntilMs = saved.lostUntilMs;
    this.stream = Substream.restore(saved.stream);
  }
}
