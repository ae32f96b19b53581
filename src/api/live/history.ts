/** What was seen lately of each store and truck, while somebody watched: a short history for its detail. */
import type { StoreSample, TruckLeg } from '../shapes/live.ts';
import type { RunningState } from './region-picture.ts';
import type { RegionPicture } from './region-picture.ts';

const SAMPLES = 100;
const LEGS = 20;

/** Without a look for so long nobody knows what was in between. */
const GAP_MS = 5000;

export class LiveHistory {
  private seenMs = Number.NEGATIVE_INFINITY;
  /** Stores of which no sample was kept since nobody looked. */
  private readonly interrupted = new Set<number>();
  private readonly stores = new Map<number, StoreSample[]>();
  private readonly trucks = new Map<number, TruckLeg[]>();

  /** Takes a state of a world that runs. */
  take({ regions }: RunningState, wallMs: number): void {
    if (wallMs - this.seenMs > GAP_MS)
      for (const id of this.stores.keys()) this.interrupted.add(id);
    this.seenMs = wallMs;
    for (const region of regions) {
      this.takeStores(region);
      this.takeTrucks(region);
    }
  }

  /** There is another world. */
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
      // A region that has not been looked at again since is no news.
      if (this.stores.get(id)?.at(-1)?.simulatedMs === simulatedMs) {
        // It stood still all the while: nothing was missed.
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
