/** Conditions of scenarios in a region's stores: since when each has been so, and whether it has been so for long enough. */
import type { Json, Sections } from '../domain/plain-data.ts';
import type { ConditionMetric, WatchedCondition } from '../policy/effects.ts';
import type { Clock, Setting } from './services.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StoreStock } from './store-stock.ts';

/** What is looked at in a store. */
type Measured = Readonly<Record<ConditionMetric, number>>;

/** The parts of a store that conditions look at. */
export interface WatchedStore {
  readonly region: Clock & Setting;
  readonly master: { readonly id: number };
  readonly stock: Pick<StoreStock, 'carried' | 'shelf'>;
  readonly inside: number;
  readonly lanes: { readonly waiting: number };
}

type SavedConditions = {
  /** Pairs of the number of a condition and the instant since when it has been so, epoch ms. */
  since: [number, number][];
  met: number[];
};

export class Conditions implements StatefulPart {
  private readonly list: readonly WatchedCondition[];
  private readonly since = new Map<number, number>();
  private readonly met = new Set<number>();

  constructor(list: readonly WatchedCondition[]) {
    this.list = list;
  }

  /** Whether effects under a condition hold, by its number. */
  isMet(condition: number): boolean {
    return this.met.has(condition);
  }

  /** Looks at a store. @returns whether some condition began or ceased to be met */
  look(store: WatchedStore): boolean {
    const { nowMs } = store.region;
    const storeId = store.master.id;
    const measured: Measured = {
      stockoutRate: emptyShare(store),
      visitors: store.inside,
      waiting: store.lanes.waiting,
    };
    let changed = false;
    for (const [number, condition] of this.list.entries()) {
      if (condition.storeId !== storeId) continue;
      if (this.update(number, condition, measured, nowMs)) changed = true;
    }
    return changed;
  }

  private update(
    number: number,
    condition: WatchedCondition,
    measured: Measured,
    nowMs: number,
  ): boolean {
    const wasMet = this.met.has(number);
    if (!isSo(condition, measured[condition.metric])) {
      this.since.delete(number);
      this.met.delete(number);
      return wasMet;
    }
    const sinceMs = this.since.get(number) ?? nowMs;
    this.since.set(number, sinceMs);
    if (wasMet || nowMs - sinceMs < condition.forMs) return false;
    this.met.add(number);
    return true;
  }

  save(): Sections {
    const saved: SavedConditions = { since: [...this.since], met: [...this.met] };
    return { conditions: saved as unknown as Json };
  }

  restore(saved: SavedState): void {
    const { since, met } = saved.json<SavedConditions>('conditions');
    for (const [number, sinceMs] of since) this.since.set(number, sinceMs);
    for (const number of met) this.met.add(number);
  }
}

/** Returns the share of the launched products that a store carries whose shelf is empty, 0 to 1. */
function emptyShare({ stock, region }: WatchedStore): number {
  const { launchMs } = region.world.products;
  let [products, empty] = [0, 0];
  for (let product = 0; product < stock.carried.length; product++) {
    if (stock.carried[product] === 0 || launchMs[product] > region.nowMs) continue;
    products++;
    if (stock.shelf.at(product) === 0) empty++;
  }
  return products === 0 ? 0 : empty / products;
}

function isSo({ isAbove, includes, threshold }: WatchedCondition, value: number): boolean {
  if (includes && value === threshold) return true;
  return isAbove ? value > threshold : value < threshold;
}
