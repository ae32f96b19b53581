/**
 * How customers respond to ads: how likely an impression leads to a visit or an order, when, and whether it is clicked.
 *
 * A channel's rate is the mean over its impressions. Customers respond in proportion to how often they shop, and the
 * less, the more ads they saw in the last days (fatigue, an exponentially fading count); both are normalised to a mean
 * of 1 over the audience, so that the rates hold at the volume that the config asks for. More ads than that bring less
 * each. Sources: docs/decisions.md.
 */
import { exp, ln } from '../engine/elementary.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';

/** What the config says about ads, over the whole network. Lists go by channel, in the order of CHANNELS. */
export interface Advertising {
  /** Impressions a day of what runs all the time. */
  readonly alwaysOnPerDay: readonly number[];
  /** Volume of the campaigns that come and go, relative to the figures of their types. */
  readonly campaignScale: number;
  /** Ads that a customer of the audience sees a day, the mean over the customers. */
  readonly perCustomerDay: number;
  /** Visits and orders per impression. */
  readonly visitRate: readonly number[];
  readonly clickRate: readonly number[];
  /** Share of the visits and orders that come by a click. */
  readonly clickShare: readonly number[];
  /** Share of orders among the visits and orders. */
  readonly onlineShare: number;
  /** Most ads for a customer in a UTC day. */
  readonly frequencyCap: number;
  readonly holdoutShare: number;
  /** Share of the response that each recent ad takes from the next. */
  readonly fatigue: number;
}

/** A response comes 1 to 48 hours after its impression: planned by the 40th, tried until shortly before the 48th. */
export const EARLIEST_RESPONSE_MS = HOUR_MS;
export const LATEST_PLAN_MS = 40 * HOUR_MS;
export const LATEST_RESPONSE_MS = 47.5 * HOUR_MS;

/** Time in which the memory of an ad fades to 1/e. */
const MEMORY_MS = 3 * DAY_MS;

/** Device of an impression: mobile, desktop, tablet (seed figures). */
export const DEVICE_SHARES = [0.6, 0.3, 0.1] as const;

/** Shares of LANDINGS for clicks that lead to nothing, to a visit, and to an order. */
export const LANDING_SHARES = {
  nothing: [0.3, 0.2, 0.25, 0.2, 0.05],
  visit: [0.15, 0.15, 0.2, 0.25, 0.25],
  order: [0.1, 0.15, 0.45, 0.3, 0],
} as const;

/** Returns what is left of a count of recent ads after some time. */
export function fadedExposure(exposure: number, passedMs: number): number {
  return exposure * exp(-passedMs / MEMORY_MS);
}

/** Returns the mean count of recent ads of a customer who sees `perDay` ads a day. */
export function meanExposure(perDay: number): number {
  return (perDay * MEMORY_MS) / DAY_MS;
}

/**
 * How recent ads lower the response, relative to the mean customer.
 *
 * With ads at random times, the fading count is shot noise, and the mean of (1 - fatigue)^count is
 * exp(-m Ein(-ln(1 - fatigue))) for a mean count m, where Ein is the entire exponential integral.
 */
export class Fatigue {
  private readonly decay: number;
  private readonly mean: number;

  /** @param perDay ads that a customer sees a day, the mean */
  constructor(fatigue: number, perDay: number) {
    this.decay = -ln(1 - fatigue);
    this.mean = exp(-meanExposure(perDay) * entireExponentialIntegral(this.decay));
  }

  /** Returns the factor on the response of a customer with a count of recent ads. */
  factor(exposure: number): number {
    return exp(-this.decay * exposure) / this.mean;
  }
}

/** Ein(x) = the integral of (1 - e^-t) / t from 0 to x, by its power series; x up to 3. */
function entireExponentialIntegral(x: number): number {
  let term = 1;
  let sum = 0;
  for (let k = 1; k <= 30; k++) {
    term *= -x / k;
    sum -= term / k;
  }
  return sum;
}

/**
 * Returns the chance of a click on an impression that leads to nothing: what a channel's click rate leaves beside the
 * clicks of those who come; 0 if these alone are more.
 */
export function idleClickChance(clickRate: number, visitRate: number, clickShare: number): number {
  if (visitRate >= 1) return 0;
  return Math.min(1, Math.max(0, (clickRate - visitRate * clickShare) / (1 - visitRate)));
}
