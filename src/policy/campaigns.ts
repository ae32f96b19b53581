/**
 * The campaign calendar: a pure function of the seed, the world's opening and the volume of its ads, so every
 * region, worker and continuation computes the same campaigns independently.
 *
 * On every channel something runs all the time, booked for four weeks at a time. On top campaigns come and go, with
 * volumes, lengths and prices per type that are seed figures (seasonal 1000 impressions a day for 7 days at $.15;
 * launch 2000, 14, $.25; loyalty 500, 30, $.05; flash 5000, 1, $.30) for a network with 30,000 impressions a day, and
 * grow with it.
 */
import { CAMPAIGN_TYPE, CHANNELS } from '../domain/values.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import type { Advertising } from './advertising.ts';
import type { Effects } from './effects.ts';

export interface Campaign {
  readonly id: number;
  /** Index into CHANNELS. */
  readonly channel: number;
  /** Index into CAMPAIGN_TYPES. */
  readonly type: number;
  readonly startMs: number;
  /** Exclusive. */
  readonly endMs: number;
  /** Over the network, without scenarios. */
  readonly impressionsPerDay: number;
  readonly costPerImpressionCents: number;
}

/** By campaign type; `startsPerDay` is the chance that one starts on a given day. */
const TYPES = [
  { impressionsPerDay: 1000, days: 7, costCents: 15, startsPerDay: 1 / 8 },
  { impressionsPerDay: 2000, days: 14, costCents: 25, startsPerDay: 1 / 21 },
  { impressionsPerDay: 500, days: 30, costCents: 5, startsPerDay: 1 / 28 },
  { impressionsPerDay: 5000, days: 1, costCents: 30, startsPerDay: 1 / 12 },
] as const;

/** Impressions a day of a network whose campaigns have the volumes of their types. */
export const REFERENCE_PER_DAY = 30_000;
/** Impressions a day of the campaigns that come and go in such a network, the mean. */
export const CAMPAIGNS_PER_DAY = TYPES.reduce(
  (sum, type) => sum + type.impressionsPerDay * type.days * type.startsPerDay,
  0,
);
/** Price of an impression of what runs all the time, by channel: cost per thousand of 80, 10, 10, 10 and 20 dollars. */
export const ALWAYS_ON_COST_CENTS = [8, 1, 1, 1, 2] as const;
/** What runs all the time is booked for so long. */
const FLIGHT_DAYS = 28;
export const CREATIVES_PER_CAMPAIGN = 4;

const STARTS = purposeKey('campaign', 'start');
const CHANNEL = purposeKey('campaign', 'channel');
const HOUR = purposeKey('campaign', 'hour');

/** Volume of the ads of a network. */
export type AdVolume = Pick<Advertising, 'alwaysOnPerDay' | 'campaignScale'>;

/**
 * Campaigns that start in [worldStartMs, endMs), sorted by day of start and numbered from 1. All channels run from the
 * opening of the world; its first day also starts a seasonal and a loyalty campaign.
 */
export function campaignsBetween(
  seed: number,
  worldStartMs: number,
  endMs: number,
  volume: AdVolume,
): Campaign[] {
  const campaigns: Campaign[] = [];
  const add = (campaign: Omit<Campaign, 'id' | 'endMs'>, days: number) => {
    const { startMs, impressionsPerDay } = campaign;
    if (startMs >= endMs || impressionsPerDay === 0) return;
    campaigns.push({ id: campaigns.length + 1, ...campaign, endMs: startMs + days * DAY_MS });
  };
  const firstDay = Math.ceil(worldStartMs / DAY_MS);
  for (let day = 0; worldStartMs + day * DAY_MS < endMs; day++) {
    if (day % FLIGHT_DAYS === 0) {
      const startMs = worldStartMs + day * DAY_MS;
      for (const flight of flights(volume.alwaysOnPerDay)) add({ ...flight, startMs }, FLIGHT_DAYS);
    }
    for (const { days, ...campaign } of starters(seed, firstDay, firstDay + day, volume)) {
      add(campaign, days);
    }
  }
  return campaigns;
}

/** What runs all the time on each channel. */
function flights(alwaysOnPerDay: readonly number[]) {
  return alwaysOnPerDay.map((perDay, channel) => ({
    channel,
    type: CAMPAIGN_TYPE.alwaysOn,
    impressionsPerDay: perDay === 0 ? 0 : Math.max(1, Math.round(perDay)),
    costPerImpressionCents: ALWAYS_ON_COST_CENTS[channel],
  }));
}

/** The campaigns that start on a day. */
function starters(seed: number, firstDay: number, day: number, { campaignScale }: AdVolume) {
  const campaigns = [];
  for (let type = 0; type < TYPES.length; type++) {
    const { impressionsPerDay, days, costCents, startsPerDay } = TYPES[type];
    const opener =
      day === firstDay && (type === CAMPAIGN_TYPE.seasonal || type === CAMPAIGN_TYPE.loyalty);
    if (!opener && hashUnit(seed, STARTS, day, type) >= startsPerDay) continue;
    const perDay = impressionsPerDay * campaignScale;
    campaigns.push({
      channel: Math.floor(hashUnit(seed, CHANNEL, day, type) * CHANNELS.length),
      type,
      startMs: day * DAY_MS + Math.floor(hashUnit(seed, HOUR, day, type) * 8) * 1_800_000,
      impressionsPerDay: perDay === 0 ? 0 : Math.max(1, Math.round(perDay)),
      costPerImpressionCents: costCents,
      days,
    });
  }
  return campaigns;
}

/** A region as an advertiser sees it. */
export interface AdRegion {
  /** Id of its DC. */
  readonly id: number;
  /** Share of the network's ads. */
  readonly customerShare: number;
}

/** Returns the impressions that a campaign has money for in a region, scenarios included; not rounded. */
export function plannedImpressions(campaign: Campaign, region: AdRegion, effects: Effects): number {
  const { channel, startMs, endMs, impressionsPerDay } = campaign;
  const perDay = impressionsPerDay * region.customerShare;
  if (!effects.touchesAds) return (perDay * (endMs - startMs)) / DAY_MS;
  let hours = 0;
  for (let atMs = startMs; atMs < endMs; atMs += HOUR_MS) {
    hours += effects.adImpressions(region.id, channel, atMs);
  }
  return (perDay * hours * HOUR_MS) / DAY_MS;
}

/** Returns what a campaign may cost over the network, cents: all its planned impressions. */
export function budgetCents(
  campaign: Campaign,
  regions: readonly AdRegion[],
  effects: Effects,
): number {
  const { costPerImpressionCents } = campaign;
  const whole = { id: 0, customerShare: 1 };
  const impressions = effects.touchesAds
    ? regions.reduce((sum, region) => sum + plannedImpressions(campaign, region, effects), 0)
    : plannedImpressions(campaign, whole, effects);
  return Math.ceil(impressions) * costPerImpressionCents;
}
