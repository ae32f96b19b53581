/** How long customers travel between the stores of a region. */
import { greatCircleKm } from '../world/distance.ts';
import type { Store } from '../world/world.ts';

/** Maximum travel time of a customer to another store. */
const NEAR_STORE_MS = 45 * 60_000;

export class StoreTravel {
  private readonly count: number;
  private readonly timesMs: Float64Array;
  /** The longest travel time between two stores, ms. */
  readonly longestMs: number;

  constructor(stores: readonly Store[]) {
    this.count = stores.length;
    this.timesMs = travelTimes(stores);
    this.longestMs = this.timesMs.reduce((longest, timeMs) => Math.max(longest, timeMs), 0);
  }

  /** Returns the travel time between two stores, given by index, ms. */
  timeMs(from: number, to: number): number {
    return this.timesMs[from * this.count + to];
  }

  /** Returns the index of the nearest other store, or -1 if none is near enough. */
  nearestOther(index: number): number {
    let nearest = -1;
    let bestMs = NEAR_STORE_MS;
    for (let other = 0; other < this.count; other++) {
      if (other === index) continue;
      const timeMs = this.timeMs(index, other);
      if (timeMs < bestMs) {
        bestMs = timeMs;
        nearest = other;
      }
    }
    return nearest;
  }
}

/** Returns travel times between stores, ms: 1.3 times the great circle at 50 km/h, and five minutes to park. */
function travelTimes(stores: readonly Store[]): Float64Array {
  const times = new Float64Array(stores.length * stores.length);
  for (let from = 0; from < stores.length; from++) {
    for (let to = 0; to < stores.length; to++) {
      if (from === to) continue;
      const km = greatCircleKm(stores[from], stores[to]);
      times[from * stores.length + to] = Math.ceil(((km * 1.3) / 50) * 3_600_000) + 300_000;
    }
  }
  return times;
}
