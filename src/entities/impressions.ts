/** The impressions of a region: their ids, and the recent ones of each customer, for last-touch attribution. */
import { idBase, idOf } from '../domain/ids.ts';
import type { Sections } from '../domain/plain-data.ts';
import { ATTRIBUTION_MAX_MS, ATTRIBUTION_MIN_MS } from '../policy/campaigns.ts';
import type { SavedState, StatefulPart } from './state.ts';

export class Impressions implements StatefulPart {
  private readonly base: number;
  private count = 0;
  /** By patron: pairs of impression id and time, oldest first. */
  private readonly seen = new Map<number, number[]>();

  constructor(regionId: number) {
    this.base = idBase('impression', regionId);
  }

  nextId(): number {
    return idOf(this.base, this.count++);
  }

  add(patron: number, impressionId: number, atMs: number): void {
    const list = this.seen.get(patron);
    if (list === undefined) this.seen.set(patron, [impressionId, atMs]);
    else list.push(impressionId, atMs);
  }

  /** Takes the latest impression to credit for a visit now: its id, or 0 if there is none. Each is credited once. */
  claim(patron: number, nowMs: number): number {
    const list = this.seen.get(patron) ?? [];
    for (let at = list.length - 2; at >= 0; at -= 2) {
      const ageMs = nowMs - list[at + 1];
      if (ageMs < ATTRIBUTION_MIN_MS || ageMs > ATTRIBUTION_MAX_MS) continue;
      return list.splice(at, 2)[0];
    }
    return 0;
  }

  /** Removes impressions that are too old to be credited. */
  forget(nowMs: number): void {
    for (const [patron, list] of this.seen) {
      while (list.length > 0 && nowMs - list[1] > ATTRIBUTION_MAX_MS) list.splice(0, 2);
      if (list.length === 0) this.seen.delete(patron);
    }
  }

  save(): Sections {
    return { touches: [...this.seen], impressions: this.count };
  }

  restore(saved: SavedState): void {
    for (const [patron, list] of saved.json<[number, number[]][]>('touches')) {
      this.seen.set(patron, list);
    }
    this.count = saved.json<number>('impressions');
  }
}
