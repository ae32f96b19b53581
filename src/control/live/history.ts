/** What was seen lately of each store and truck, while somebody watched: a short history for its detail. */
import { z } from '@hono/zod-openapi';
import type { RunningState } from './live-view.ts';
import type { RegionPicture } from './region-picture.ts';
import type { LiveStore, LiveTruck } from './state.ts';

const SAMPLES = 100;
const LEGS = 20;

export const STORE_SAMPLE = z.object({
  simulatedMs: z.number(),
  occupancy: z.int(),
  open: z.boolean(),
  stockouts: z.int(),
  salesCentsToday: z.int().nullable(),
  receiptsToday: z.int().nullable(),
});
type StoreSample = z.infer<typeof STORE_SAMPLE>;

export const TRUCK_LEG = z.object({
  status: z.string(),
  from: z.string().openapi({ example: 'dc:1' }),
  to: z.string().openapi({ example: 'store:3' }),
  /** When it was first and last seen like this. */
  sinceMs: z.number(),
  untilMs: z.number(),
  loadUnits: z.int(),
});
type TruckLeg = z.infer<typeof TRUCK_LEG>;

export class LiveHistory {
  private readonly stores = new Map<number, StoreSample[]>();
  private readonly trucks = new Map<number, TruckLeg[]>();
  private readonly lastStores = new Map<number, LiveStore>();
  private readonly lastTrucks = new Map<number, LiveTruck>();

  /** Takes a state of a world that runs. */
  take({ regions }: RunningState): void {
    this.lastTrucks.clear();
    for (const region of regions) {
      this.takeStores(region);
      this.takeTrucks(region);
    }
  }

  /** Nothing runs any more: what was seen stays, what is now does not. */
  rest(): void {
    this.lastStores.clear();
    this.lastTrucks.clear();
  }

  /** There is another world. */
  forget(): void {
    this.rest();
    this.stores.clear();
    this.trucks.clear();
  }

  store(id: number): { now: LiveStore | null; samples: readonly StoreSample[] } {
    return { now: this.lastStores.get(id) ?? null, samples: this.stores.get(id) ?? [] };
  }

  truck(id: number): { now: LiveTruck | null; legs: readonly TruckLeg[] } {
    return { now: this.lastTrucks.get(id) ?? null, legs: this.trucks.get(id) ?? [] };
  }

  private takeStores({ simulatedMs, stores }: RegionPicture): void {
    for (const store of stores) {
      const [id, occupancy, open, stockouts, salesCentsToday, receiptsToday] = store;
      this.lastStores.set(id, store);
      // A region that has not been looked at again since is no news.
      if (this.stores.get(id)?.at(-1)?.simulatedMs === simulatedMs) continue;
      const figures = { occupancy, open: open === 1, stockouts, salesCentsToday, receiptsToday };
      push(this.stores, id, { simulatedMs, ...figures }, SAMPLES);
    }
  }

  private takeTrucks({ simulatedMs, trucks }: RegionPicture): void {
    for (const truck of trucks) {
      const [id, status, , , fromKind, fromId, toId, , , loadUnits, , toKind] = truck;
      this.lastTrucks.set(id, truck);
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
