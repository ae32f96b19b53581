/** A supplier towards one distribution center: takes orders, has the goods ready after its lead time. */
import type { SupplierPort } from '../domain/ports.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { greatCircleKm } from '../world/distance.ts';
import type { Supplier as SupplierMaster, SupplierDepot } from '../world/world.ts';
import type { Actors, Setting } from './services.ts';

const LEAD_TIME = purposeKey('supplier', 'leadTime');
/** An order that a delay puts off is not looked at again sooner. */
const LEAST_POSTPONEMENT_MS = HOUR_MS;

/** What a supplier uses of the region that it delivers to. */
export interface SupplierRegion extends Actors, Setting {
  /** The purchase orders, by slot. */
  readonly supply: {
    /** Time that the supplier of an order has lost, to `lostMs`, since this was last asked. */
    lateMs(slot: number, lostMs: number): number;
    /** Moves goods of an order to the ready ones; returns whether the order is complete. */
    release(slot: number): boolean;
  };
  readonly trouble: {
    /** Share of its speed at which a supplier still works for the DC. */
    supplierShare(supplierId: number): number;
  };
}

/** What a checkpoint keeps of a supplier. */
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
  /** From the depot to the DC. */
  readonly distanceKm: number;
  handle = 0;
  private open = 0;
  /** Time lost to live delays so far, as far as it is counted up. */
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
    const factor = region.effects.leadTime(region.plan.id, region.nowMs);
    this.region.supply.lateMs(slot, this.noteDelay());
    this.promise(slot, this.master.leadTimeDays * factor);
  }

  private promise(slot: number, days: number): void {
    const { region } = this;
    const readyMs = region.nowMs + Math.round(lognormal(this.stream, days * DAY_MS, 0.25));
    region.sendAt(readyMs, this.handle, 'GOODS_READY', slot);
  }

  /** Counts up the time lost at the present pace of work: now, or when the pace is about to change. */
  noteDelay(): number {
    const { region } = this;
    const share = region.trouble.supplierShare(this.master.id);
    if (share < 1) this.lostMs += Math.round((region.nowMs - this.lostUntilMs) * (1 - share));
    this.lostUntilMs = region.nowMs;
    return this.lostMs;
  }

  /** Releases what could be made; a short supply is completed as it comes in. */
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
