/** Recent states of each store and truck while the live view had clients: a short history for the details. */
import type { StoreSample, TruckLeg } from '../shapes/live.ts';
import type { RunningState } from './region-picture.ts';
import type { RegionPicture } from './region-picture.ts';

const SAMPLES = 100;
const LEGS = 20;

/** Time without a state after which the history has a gap. */
const GAP_MS = 5000;

export class LiveHistory {
  private seenMs = Number.NEGATIVE_INFINITY;
  /** Stores without a sample since the last gap. */
  private readonly interrupted = new Set<number>();
  private readonly stores = new Map<number, StoreSample[]>();
  private readonly trucks = new Map<number, TruckLeg[]>();

  /** Adds a state of the running world. */
  take({ regions }: RunningState, wallMs: number): void {
    if (wallMs - this.seenMs > GAP_MS)
      for (const id of this.stores.keys()) this.interrupted.add(id);
    this.seenMs = wallMs;
    for (const region of regions) {
      this.takeStores(region);
      this.takeTrucks(region);
    }
  }

  /** Called when there is another world. */
  forget(): void {
    this.interrupted.clear();
    this.stores.clear();
    this.trucks.clear();
  }

  store(id: number): readonly StoreSample[] {
    return this.stores.get(id) ?? [];
  }

  truck(id: number): readonly TruckLeg[] {
    return this.trucks.get(id) ?? [];
  }

  private takeStores({ simulatedMs, stores }: RegionPicture): void {
    for (const store of stores) {
      const [id, occupancy, open, stockouts, salesCentsToday, receiptsToday] = store;
      // The region has no new state.
      if (this.stores.get(id)?.at(-1)?.simulatedMs === simulatedMs) {
        // The region did not advance, so there is no gap.
        this.interrupted.delete(id);
        continue;
      }
      const figures = { occupancy, open: open === 1, stockouts, salesCentsToday, receiptsToday };
      const gap = this.interrupted.delete(id);
      push(this.stores, id, { simulatedMs, ...figures, gap }, SAMPLES);
    }
  }

  private takeTrucks({ simulatedMs, trucks }: RegionPicture): void {
    for (const truck of trucks) {
      const [id, status, , , fromKind, fromId, toId, , , loadUnits, , toKind] = truck;
      const from = `${fromKind}:${fromId}`;
      const to = `${toKind}:${toId}`;
      const last = this.trucks.get(id)?.at(-1);
      if (last?.status === status && last.from === from && last.to === to) {
        last.untilMs = simulatedMs;
      } else {
        const leg = { status, from, to, sinceMs: simulatedMs, untilMs: simulatedMs, loadUnits };
        push(this.trucks, id, leg, LEGS);
      }
    }
  }
}

function push<Item>(lists: Map<number, Item[]>, id: number, item: Item, most: number): void {
  const list = lists.get(id);
  if (list === undefined) lists.set(id, [item]);
  else {
    list.push(item);
    if (list.length > most) list.shift();
  }
}
