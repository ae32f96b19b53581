/**
 * What the live disruptions of a region do to it now, quick to ask. It follows from those that are
 * active, so no checkpoint keeps it.
 */
import type { LiveDisruption } from '../domain/live-disruption.ts';
import { hitProducts, hitTrucks, type TargetRegion } from './live-target.ts';
import type { Actors } from './services.ts';
import type { Truck } from './truck.ts';

interface Storm {
  /** Indices of the stores whose roads it is on; all roads of the region if undefined. */
  readonly stores: ReadonlySet<number> | undefined;
  /** Share of the speed that is left. */
  readonly left: number;
}

interface Delay {
  readonly suppliers: ReadonlySet<number> | undefined;
  readonly left: number;
}

export class Trouble {
  /** By product index, 1 where what lies at the DC can't be promised to anyone; undefined if nothing is. */
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

  /** Share of its speed that is left to a truck on its way: 1 normal, 0 it stands. */
  roadShare(truckId: number, storeIndex: number): number {
    if (this.stopped.has(truckId)) return 0;
    let share = 1;
    for (const { stores, left } of this.storms) {
      if (stores === undefined || stores.has(storeIndex)) share *= left;
    }
    return share;
  }

  /** Share of its speed at which a supplier still works for the DC. */
  supplierShare(supplierId: number): number {
    let share = 1;
    for (const { suppliers, left } of this.delays) {
      if (suppliers === undefined || suppliers.has(supplierId)) share *= left;
    }
    return share;
  }
}

/** A region on which trouble comes. */
export interface TroubledRegion extends TargetRegion, Actors {
  trouble: Trouble;
  readonly dc: { readonly handle: number };
  readonly fleet: { readonly all: readonly Truck[] };
  readonly supply: TargetRegion['supply'] & {
    /** Suppliers count up what they have lost at the pace at which they worked up to now. */
    noteDelays(): void;
  };
}

/** Brings a region to what its active disruptions do now, and wakes all that must react. */
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
