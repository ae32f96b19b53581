/**
 * The households of a region as they are this month: where they live, which stores they use, how often they shop in
 * stores and online.
 *
 * A pure function of world and month, computed again when the month turns (UTC), so checkpoints don't contain it.
 */
import { civilFromDays, DAY_MS, daysFromCivil } from '../engine/time.ts';
import { AliasTable } from '../engine/variates.ts';
import { customIn, joinMonth, MEAN_CUSTOM } from '../policy/household-life.ts';
import { onlineRate, onlineShare } from '../policy/household-online.ts';
import { Moves, monthsBetween } from '../world/moves.ts';
import { type StorePull, storesConsidered } from '../world/store-choice.ts';
import type { RegionPlan, World } from '../world/world.ts';
import { type Catchment, catchments } from './catchment.ts';

export class Households {
  private readonly world: World;
  private readonly plan: RegionPlan;
  private readonly moves: Moves;
  private readonly onlineShare: number;
  private readonly storeIndexById: ReadonlyMap<number, number>;
  private readonly considered = new Map<number, readonly StorePull[]>();
  /** By patron: place of the home, and index of the nearest store in the region. */
  private readonly geographyId: Int32Array;
  private readonly homeStore: Int16Array;
  /** By patron: custom as a share of 1, in hundredths. */
  private readonly custom: Uint8Array;
  private areas: readonly Catchment[] = [];
  private buyers: AliasTable | undefined;
  private untilMs = Number.NEGATIVE_INFINITY;

  constructor(world: World, plan: RegionPlan) {
    const { volume } = world.config;
    this.world = world;
    this.plan = plan;
    this.moves = Moves.of(world, plan);
    this.storeIndexById = new Map(plan.stores.map(({ id }, index) => [id, index]));
    this.geographyId = new Int32Array(plan.customerCount);
    this.homeStore = new Int16Array(plan.customerCount);
    this.custom = new Uint8Array(plan.customerCount);
    const ordersPerCustomer = volume.online_orders_per_day / volume.total_customers;
    this.onlineShare = onlineShare(ordersPerCustomer / MEAN_CUSTOM);
  }

  /** Returns the catchment of a store at an instant. @param store index in the region */
  catchment(store: number, nowMs: number): Catchment {
    this.turn(nowMs);
    return this.areas[store];
  }

  /** Returns who orders online at an instant: odds by patron; undefined if nobody does. */
  onlineBuyers(nowMs: number): AliasTable | undefined {
    this.turn(nowMs);
    return this.buyers;
  }

  /** Returns the index of the home store of a patron at an instant. */
  homeStoreOf(patron: number, nowMs: number): number {
    this.turn(nowMs);
    return this.homeStore[patron];
  }

  /** Returns the place where a patron lives at an instant, by id. */
  geographyOf(patron: number, nowMs: number): number {
    this.turn(nowMs);
    return this.geographyId[patron];
  }

  /** Whether a patron has ever been a customer by an instant. */
  hasJoined(patron: number, nowMs: number): boolean {
    this.turn(nowMs);
    if (this.custom[patron] > 0) return true;
    return joinMonth(this.nature(patron)) <= monthsBetween(this.world.startMs, nowMs);
  }

  private nature(patron: number): number {
    return this.world.customers.nature[this.plan.firstCustomerId - 1 + patron];
  }

  private turn(nowMs: number): void {
    if (nowMs < this.untilMs) return;
    const { year, month } = civilFromDays(Math.floor(nowMs / DAY_MS));
    this.untilMs = daysFromCivil(year, month + 1, 1) * DAY_MS;
    this.lookUp(monthsBetween(this.world.startMs, nowMs));
    const { customers } = this.world;
    const first = this.plan.firstCustomerId - 1;
    const { custom } = this;
    this.areas = catchments(
      {
        count: this.plan.customerCount,
        nature: (patron) => customers.nature[first + patron],
        rate: (patron) => (customers.rate[first + patron] * custom[patron]) / 100,
        considered: (patron) => this.storesOf(this.geographyId[patron]),
      },
      this.plan.stores.length,
    );
    const online = Float32Array.from(
      custom,
      (share, patron) =>
        (share / 100) * onlineRate(customers.nature[first + patron], this.onlineShare),
    );
    this.buyers = online.some((rate) => rate > 0) ? new AliasTable(online) : undefined;
  }

  /** Looks up home and custom of each patron in a month. */
  private lookUp(month: number): void {
    const { moves, plan } = this;
    for (let patron = 0; patron < plan.customerCount; patron++) {
      const customerId = plan.firstCustomerId + patron;
      moves.find(customerId, month);
      this.geographyId[patron] = moves.geographyId;
      this.homeStore[patron] = this.storeIndexById.get(moves.homeStoreId) ?? 0;
      this.custom[patron] = Math.round(customIn(this.nature(patron), month) * 100);
    }
  }

  private storesOf(geographyId: number): readonly StorePull[] {
    let list = this.considered.get(geographyId);
    if (list === undefined) {
      list = storesConsidered(this.world.geographies[geographyId - 1], this.plan.stores);
      this.considered.set(geographyId, list);
    }
    return list;
  }
}
