/**
 * The customers of a region as ads reach them: who may be shown one now, and what each has seen lately.
 *
 * Left out are people who are no customers yet, the hold-out group, who has seen as many ads today as the frequency cap allows, and who is about to come
 * or to order because of an ad: advertisers exclude those who have just responded. So the last ad before a visit
 * is the one that led to it.
 */
import { idBase, idOf } from '../domain/ids.ts';
import type { Sections } from '../domain/plain-data.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { type Advertising, fadedExposure, Fatigue, meanExposure } from '../policy/advertising.ts';
import { inHoldout } from '../policy/holdout.ts';
import type { RegionPlan, World } from '../world/world.ts';
import type { Households } from './households.ts';
import type { SavedState, StatefulPart } from './state.ts';

/** Customers that are considered for one impression. */
const CANDIDATES = 16;

type SavedAds = { impressions: number; day: number };

export class Audience implements StatefulPart {
  private readonly base: number;
  private readonly households: Pick<Households, 'hasJoined'>;
  private readonly fatigue: Fatigue;
  private readonly frequencyCap: number;
  /** Patrons outside the hold-out group. */
  private readonly reachable: Int32Array;
  /** By patron: how often they respond relative to the mean, as they shop. */
  private readonly activity: Float32Array;
  /** By patron, side by side for the CPU's cache: count of recent ads, fading, and the time, epoch ms, of the last. */
  private readonly exposure: Float64Array<ArrayBuffer>;
  /** By patron: ads on the UTC day `day`. */
  private readonly shownToday: Uint8Array<ArrayBuffer>;
  /** By patron: 1 from an ad that will lead to a visit or an order until then. */
  private readonly responding: Uint8Array<ArrayBuffer>;
  private impressions = 0;
  private day = 0;

  constructor(
    world: World,
    plan: RegionPlan,
    advertising: Advertising,
    households: Pick<Households, 'hasJoined'>,
  ) {
    this.households = households;
    const { firstCustomerId, customerCount } = plan;
    const { perCustomerDay, fatigue, frequencyCap, holdoutShare } = advertising;
    this.base = idBase('impression', plan.id);
    this.fatigue = new Fatigue(fatigue, perCustomerDay);
    this.frequencyCap = frequencyCap;
    const patrons = Int32Array.from({ length: customerCount }, (_, patron) => patron);
    this.reachable = patrons.filter(
      (patron) => !inHoldout(world.seed, firstCustomerId + patron, holdoutShare),
    );
    this.activity = activityOf(world.customers.rate, firstCustomerId - 1, this.reachable);
    // Ads ran before the world opened.
    const mean = meanExposure(perCustomerDay);
    this.exposure = Float64Array.from({ length: 2 * customerCount }, (_, at) =>
      at % 2 === 0 ? mean : world.startMs,
    );
    this.shownToday = new Uint8Array(customerCount);
    this.responding = new Uint8Array(customerCount);
  }

  /** Draws a customer (index of the patron) who may be shown an ad now; -1 if there is hardly any. */
  draw(nowMs: number, stream: Substream): number {
    const day = Math.floor(nowMs / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      this.shownToday.fill(0);
    }
    if (this.reachable.length === 0) return -1;
    for (let candidate = 0; candidate < CANDIDATES; candidate++) {
      const patron = this.reachable[stream.below(this.reachable.length)];
      if (this.responding[patron] !== 0 || this.shownToday[patron] >= this.frequencyCap) continue;
      if (this.households.hasJoined(patron, nowMs)) return patron;
    }
    return -1;
  }

  /** Called when a customer sees an ad. Returns its id, and how likely they respond relative to the mean. */
  show(patron: number, nowMs: number): { impressionId: number; readiness: number } {
    const at = 2 * patron;
    const exposure = fadedExposure(this.exposure[at], nowMs - this.exposure[at + 1]);
    this.exposure[at] = exposure + 1;
    this.exposure[at + 1] = nowMs;
    this.shownToday[patron]++;
    return {
      impressionId: idOf(this.base, this.impressions++),
      readiness: this.activity[patron] * this.fatigue.factor(exposure),
    };
  }

  /** Called when an ad will lead to a visit or an order. */
  willRespond(patron: number): void {
    this.responding[patron] = 1;
  }

  /** Called when the visit begins, the order is placed, or it is too late for either. */
  settle(patron: number): void {
    this.responding[patron] = 0;
  }

  save(): Sections {
    const ads: SavedAds = { impressions: this.impressions, day: this.day };
    return {
      ads,
      'audience/exposure': this.exposure.filter((_, at) => at % 2 === 0),
      'audience/exposedMs': this.exposure.filter((_, at) => at % 2 === 1),
      'audience/shownToday': this.shownToday,
      'audience/responding': this.responding,
    };
  }

  restore(saved: SavedState): void {
    Object.assign(this, saved.json<SavedAds>('ads'));
    const counts = saved.array<Float64Array<ArrayBuffer>>('audience/exposure');
    const timesMs = saved.array<Float64Array<ArrayBuffer>>('audience/exposedMs');
    for (const [patron, count] of counts.entries()) {
      this.exposure[2 * patron] = count;
      this.exposure[2 * patron + 1] = timesMs[patron];
    }
    this.shownToday.set(saved.array<Uint8Array<ArrayBuffer>>('audience/shownToday'));
    this.responding.set(saved.array<Uint8Array<ArrayBuffer>>('audience/responding'));
  }
}

/** Purchase rates by patron relative to the mean of those whom ads reach. */
function activityOf(rates: Float32Array, first: number, reachable: Int32Array): Float32Array {
  const mean = reachable.reduce((sum, patron) => sum + rates[first + patron], 0) / reachable.length;
  const activity = new Float32Array(
    reachable.length === 0 ? 0 : reachable[reachable.length - 1] + 1,
  );
  for (const patron of reachable) activity[patron] = rates[first + patron] / mean;
  return activity;
}
