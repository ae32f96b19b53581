/** The days of the warm-up: their seasons and offers, as shoppers have them and as planners see them. */
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { onlineIndex, openingHours } from '../policy/calendar-effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { offerFactors } from '../policy/offer-factors.ts';
import { promotionWeek } from '../policy/promotions.ts';
import {
  DC_OFFER_DAYS,
  type ReplenishmentPolicy,
  STORE_OFFER_DAYS,
} from '../policy/replenishment.ts';
import { seasonOf } from '../policy/season.ts';
import type { RegionPlan, WorldData } from './world.ts';

/** Days before that of the opening: more than an order cycle, three weeks of offers, most of what forecasts remember. */
export const WARM_UP_DAYS = 24;

/** From the UTC midnight that ends a local day's trade to the reviews of that day. */
const REVIEW_MS = 4 * HOUR_MS;
/** From a review back into the trade of its day. */
const SINCE_TRADE_MS = 6 * HOUR_MS;

/** Seasons by day as planners of a node see them, each by department. */
export interface SeasonView {
  /** Of the day itself. */
  readonly recent: readonly Float64Array[];
  /** Of the days that a reorder point is for, and of those that the order covers beyond it. */
  readonly near: readonly Float64Array[];
  readonly far: readonly Float64Array[];
}

/** Everything is by day of the warm-up: 0 the first, WARM_UP_DAYS that of the opening. */
export class WarmUpCalendar {
  /** Demand in stores by department, and online over all, relative to the mean day. */
  readonly season: readonly Float64Array[];
  readonly online: readonly number[];
  /** Whether stores are closed all day. */
  readonly closed: readonly boolean[];
  /** Factors of offers by product: as shoppers have them, and as a store and the DC plan with them. */
  readonly offers: readonly Float64Array[];
  readonly storeOffers: readonly Float64Array[];
  readonly dcOffers: readonly Float64Array[];
  private readonly firstDay: number;
  private readonly days = Array.from({ length: WARM_UP_DAYS + 1 }, (_, day) => day);

  constructor({ seed, startMs, products }: WorldData, { dc }: RegionPlan) {
    const { days } = this;
    this.firstDay = new ZoneTime(dc.timeZone).localDay(startMs) - WARM_UP_DAYS;
    this.season = days.map((day) => seasonOf(this.firstDay + day, 1));
    this.online = days.map((day) => onlineIndex(this.firstDay + day));
    this.closed = days.map((day) => openingHours(this.firstDay + day) === undefined);
    const weeks = new Map<number, Float64Array>();
    const offersAt = (day: number, afterReviewMs: number) => {
      const midnightMs = startMs + (day - WARM_UP_DAYS) * DAY_MS;
      const week = promotionWeek(midnightMs + REVIEW_MS + afterReviewMs);
      const factors = weeks.get(week) ?? offerFactors(seed, week, products);
      weeks.set(week, factors);
      return factors;
    };
    this.offers = days.map((day) => offersAt(day, -SINCE_TRADE_MS));
    this.storeOffers = days.map((day) => offersAt(day, STORE_OFFER_DAYS * DAY_MS));
    this.dcOffers = days.map((day) => offersAt(day, DC_OFFER_DAYS * DAY_MS));
  }

  /** Returns what planners with a policy see. */
  viewOf({ protectionDays, coverDays }: ReplenishmentPolicy): SeasonView {
    const near = Math.ceil(protectionDays);
    const far = Math.ceil(coverDays);
    const first = this.firstDay + 1;
    return {
      recent: this.season,
      near: this.days.map((day) => seasonOf(first + day, near)),
      far: this.days.map((day) => seasonOf(first + day + near, far)),
    };
  }
}
