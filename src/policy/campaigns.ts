/**
 * The campaign calendar: a pure function of the seed and the world's opening day, so every
 * region, worker and continuation computes the same campaigns independently.
 *
 * Volumes, lengths and prices per type: seed figures (seasonal 1000 impressions a day for 7 days at
 * $.15; launch 2000, 14, $.25; loyalty 500, 30, $.05; flash 5000, 1, $.30). Click-through and conversion
 * by channel: the funnel of docs/decisions.md.
 */

import { hashUnit, purposeKey } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';

export interface Campaign {
  readonly id: number;
  /** Index into CHANNELS. */
  readonly channel: number;
  /** Index into CAMPAIGN_TYPES. */
  readonly type: number;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  readonly impressionsPerDay: number;
  readonly budgetCents: number;
  readonly costPerImpressionCents: number;
}

/** By campaign type; `startsPerDay` is the chance that one starts on a given day. */
const TYPES = [
  { impressionsPerDay: 1000, days: 7, costCents: 15, startsPerDay: 1 / 8 },
  { impressionsPerDay: 2000, days: 14, costCents: 25, startsPerDay: 1 / 21 },
  { impressionsPerDay: 500, days: 30, costCents: 5, startsPerDay: 1 / 28 },
  { impressionsPerDay: 5000, days: 1, costCents: 30, startsPerDay: 1 / 12 },
] as const;

/** Clicks per impression and visits or orders per click, by channel (SEARCH, EMAIL, SOCIAL, DISPLAY, VIDEO). */
export const CLICK_THROUGH = [0.032, 0.021, 0.012, 0.0046, 0.006] as const;
export const CONVERSION = [0.035, 0.025, 0.012, 0.008, 0.015] as const;
/** Store visits that follow an impression without a click. */
export const VIEW_THROUGH = 0.004;
/** A visit follows its impression after 1 to 48 hours. */
export const ATTRIBUTION_MIN_MS = 3_600_000;
export const ATTRIBUTION_MAX_MS = 48 * 3_600_000;
/** The latest start leaves time for the visit to end within the 48 hours. */
export const LATEST_ENTRY_MS = 44 * 3_600_000;
export const CREATIVES_PER_CAMPAIGN = 4;

const STARTS = purposeKey('campaign', 'start');
const CHANNEL = purposeKey('campaign', 'channel');
const HOUR = purposeKey('campaign', 'hour');

/**
 * Campaigns that start in [worldStartMs, endMs), sorted by start and numbered from 1. The first day always
 * starts a seasonal and a loyalty campaign, so that every world has ads from the beginning.
 */
export function campaignsBetween(seed: number, worldStartMs: number, endMs: number): Campaign[] {
  const campaigns: Campaign[] = [];
  const firstDay = Math.ceil(worldStartMs / DAY_MS);
  for (let day = firstDay; day * DAY_MS < endMs; day++) {
    for (let type = 0; type < TYPES.length; type++) {
      const { impressionsPerDay, days, costCents, startsPerDay } = TYPES[type];
      const opener = day === firstDay && (type === 0 || type === 2);
      if (!opener && hashUnit(seed, STARTS, day, type) >= startsPerDay) continue;
      const startMs = day * DAY_MS + Math.floor(hashUnit(seed, HOUR, day, type) * 8) * 1_800_000;
      if (startMs >= endMs) continue;
      campaigns.push({
        id: campaigns.length + 1,
        channel: Math.floor(hashUnit(seed, CHANNEL, day, type) * CLICK_THROUGH.length),
        type,
        startMs,
        endMs: startMs + days * DAY_MS,
        impressionsPerDay,
        budgetCents: impressionsPerDay * days * costCents,
        costPerImpressionCents: costCents,
      });
    }
  }
  return campaigns;
}
