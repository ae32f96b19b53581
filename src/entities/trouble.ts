/**
 * The present effects of a region's live disruptions, for fast lookup. They follow from the active
 * disruptions, so checkpoints don't contain them.
 */
import type { LiveDisruption } from '../domain/live-disruption.ts';
import { hitProducts, hitTrucks, type TargetRegion } from './live-target.ts';
import type { Actors } from './services.ts';
import type { Truck } from './truck.ts';

interface Storm {
  /** Indices of the stores whose roads are affected; all roads of the region if undefined. */
  readonly stores: ReadonlySet<number> | undefined;
  /** Share of normal speed that remains. */
  readonly left: number;
}

interface Delay {
  readonly suppliers: ReadonlySet<number> | undefined;
  readonly left: number;
}

export class Trouble {
  /** By product index, 1 if the DC's stock can't be promised; undefined if all of it can. */
  readonly blocked: Uint8Array | undefined;
  private readonly stopped: ReadonlySet<number>;
  private readonly storms: readonly Storm[];
  private readonly delays: readonly Delay[];

  constructor(region: TargetRegion, active: readonly LiveDisruption[]) {
    const { stores } = region.plan;
    const stopped = new Set<number>();
    const storms: Storm[] = [];
    const delays: Delay[] = [];
    let blocked: Uint8Array | undefined;
    for (const disruption of active) {
      const { type, target } = disruption;
      const left = (100 - disruption.severityPercent) / 100;
      if (type === 'inventory_shortage') {
        const hit = hitProducts(region, disruption);
        if (blocked === undefined) blocked = hit;
        else for (let at = 0; at < hit.length; at++) blocked[at] |= hit[at];
      } else if (type === 'truck_breakdown') {
        for (const truckId of hitTrucks(region, disruption)) stopped.add(truckId);
      } else if (type === 'weather_delay') {
        const named = target.stores && indicesOf(stores, target.stores);
        storms.push({ stores: named, left });
      } else if (type === 'supplier_delay') {
        delays.push({ suppliers: target.suppliers && new Set(target.suppliers), left });
      }
    }
    this.blocked = blocked;
    this.stopped = stopped;
    this.storms = storms;
    this.delays = delays;
  }

  /** Whether a truck can't move at all. */
  stops(truckId: number): boolean {
    return this.stopped.has(truckId);
  }

  /** Returns the share of normal speed that a truck on its way can drive: 1 normal, 0 it stands. */
  roadShare(truckId: number, storeIndex: number): number {
    if (this.stopped.has(truckId)) return 0;
    let share = 1;
    for (const { stores, left } of this.storms) {
      if (stores === undefined || stores.has(storeIndex)) share *= left;
    }
    return share;
  }

  /** Returns the share of its normal speed at which a supplier works for the DC. */
  supplierShare(supplierId: number): number {
    let share = 1;
    for (const { suppliers, left } of this.delays) {
      if (suppliers === undefined || suppliers.has(supplierId)) share *= left;
    }
    return share;
  }
}

/** The parts of a region that live disruptions affect. */
export interface TroubledRegion extends TargetRegion, Actors {
  trouble: Trouble;
  readonly dc: { readonly handle: number };
  readonly fleet: { readonly all: readonly Truck[] };
  readonly supply: TargetRegion['supply'] & {
    /** Adds the time that suppliers lost at their speed up to now. */
    noteDelays(): void;
  };
}

/** Updates a region to the effects of its active disruptions, and notifies the actors that must react. */
export function changeTrouble(region: TroubledRegion, active: readonly LiveDisruption[]): void {
  const { trouble: before, supply, dc } = region;
  const after = new Trouble(region, active);
  supply.noteDelays();
  region.trouble = after;
  let trucksReady = false;
  for (const { handle, master, cargo, idle, inbound } of region.fleet.all) {
    const was = before.roadShare(master.id, cargo.storeIndex);
    const is = after.roadShare(master.id, cargo.storeIndex);
    if (was !== is) region.send(handle, 'ROAD_CHANGED');
    trucksReady ||= was === 0 && is > 0 && idle && !inbound;
  }
  if (trucksReady) region.send(dc.handle, 'TRUCK_READY');
  if (before.blocked !== undefined) region.send(dc.handle, 'GOODS_RELEASED');
}

function indicesOf(stores: readonly { readonly id: number }[], ids: readonly number[]) {
  return new Set(stores.flatMap(({ id }, index) => (ids.includes(id) ? [index] : [])));
}
