/** What was seen lately of each store and truck, while somebody watched: a short history for its detail. */
import type { StoreSample, TruckLeg } from '../shapes/live.ts';
import type { RunningState } from './live-view.ts';
import type { RegionPicture } from './region-picture.ts';

const SAMPLES = 100;
const LEGS = 20;

export class LiveHistory {
  private readonly stores = new Map<number, StoreSample[]>();
  private readonly trucks = new Map<number, TruckLeg[]>();

  /** Takes a state of a world that runs. */
  take({ regions }: RunningState): void {
    for (const region of regions) {
      this.takeStores(region);
      this.takeTrucks(region);
    }
  }

  /** There is another world. */
  forget(): void {
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
      if (this.stores.get(id)?.at(-1)?.simulatedMs === simulatedMs) continue;
      const figures = { occupancy, open: open === 1, stockouts, salesCentsToday, receiptsToday };
      push(this.stores, id, { simulatedMs, ...figures }, SAMPLES);
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
