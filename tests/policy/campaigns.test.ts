import { describe, expect, it } from 'vitest';
import { CAMPAIGN_TYPE, CHANNELS } from '../../src/domain/values.ts';
import {
  budgetCents,
  CAMPAIGNS_PER_DAY,
  campaignsBetween,
  plannedImpressions,
} from '../../src/policy/campaigns.ts';
import { type Effects, NO_EFFECTS } from '../../src/policy/effects.ts';

const DAY_MS = 86_400_000;
const startMs = Date.UTC(2024, 0, 1);
const volume = { alwaysOnPerDay: [500, 400, 300, 200, 100], campaignScale: 1 };
const regions = [
  { id: 1, customerShare: 0.25 },
  { id: 2, customerShare: 0.75 },
];

describe('the campaign calendar', () => {
  it('only grows with a longer horizon: what was numbered stays', () => {
    const month = campaignsBetween(9, startMs, startMs + 30 * DAY_MS, volume);
    const year = campaignsBetween(9, startMs, startMs + 365 * DAY_MS, volume);
    expect(year.slice(0, month.length)).toEqual(month);
    expect(year.map((campaign) => campaign.id)).toEqual(year.map((_, index) => index + 1));
    expect(year.length).toBeGreaterThan(130);
  });

  it('runs every channel at every instant from the opening on, even one in the middle of a day', () => {
    const openMs = startMs + 13.5 * 3_600_000;
    const campaigns = campaignsBetween(3, openMs, openMs + 100 * DAY_MS, volume);
    for (const [channel, perDay] of volume.alwaysOnPerDay.entries()) {
      const flights = campaigns.filter(
        (one) => one.type === CAMPAIGN_TYPE.alwaysOn && one.channel === channel,
      );
      expect(flights[0].startMs).toBe(openMs);
      expect(flights.map((one) => one.impressionsPerDay)).toEqual(flights.map(() => perDay));
      for (const [index, flight] of flights.slice(1).entries()) {
        expect(flight.startMs).toBe(flights[index].endMs);
      }
      expect(flights.at(-1)?.endMs).toBeGreaterThanOrEqual(openMs + 100 * DAY_MS);
    }
  });

  it('has campaigns on top that come and go, about as many as their types say', () => {
    const years = 20;
    const campaigns = campaignsBetween(5, startMs, startMs + years * 365 * DAY_MS, volume);
    const onTop = campaigns.filter(({ type }) => type !== CAMPAIGN_TYPE.alwaysOn);
    const perDay =
      onTop.reduce((sum, one) => sum + plannedImpressions(one, regions[0], NO_EFFECTS) * 4, 0) /
      (years * 365);
    expect(perDay / CAMPAIGNS_PER_DAY).toBeGreaterThan(0.93);
    expect(perDay / CAMPAIGNS_PER_DAY).toBeLessThan(1.07);
    expect(new Set(onTop.map(({ channel }) => channel)).size).toBe(CHANNELS.length);
  });

  it('has no campaigns without impressions', () => {
    const none = { alwaysOnPerDay: [0, 0, 0, 0, 0], campaignScale: 0 };
    expect(campaignsBetween(1, startMs, startMs + 60 * DAY_MS, none)).toEqual([]);
  });
});

describe('a budget', () => {
  it('pays for all impressions of the campaign', () => {
    for (const campaign of campaignsBetween(4, startMs, startMs + 90 * DAY_MS, volume)) {
      const days = (campaign.endMs - campaign.startMs) / DAY_MS;
      expect(budgetCents(campaign, regions, NO_EFFECTS)).toBe(
        campaign.impressionsPerDay * days * campaign.costPerImpressionCents,
      );
    }
  });

  it('grows with a scenario where it shows more ads: half of the time twice as many in one region', () => {
    const [flight] = campaignsBetween(4, startMs, startMs + DAY_MS, volume);
    const effects: Effects = {
      ...NO_EFFECTS,
      touchesAds: true,
      adImpressions: (dcId, channel, atMs) =>
        dcId === 2 && channel === flight.channel && atMs < startMs + 14 * DAY_MS ? 2 : 1,
    };
    const flightImpressions = 500 * 28;
    expect(plannedImpressions(flight, regions[1], effects)).toBeCloseTo(
      flightImpressions * 0.75 * 1.5,
      6,
    );
    expect(budgetCents(flight, regions, effects)).toBe(
      Math.ceil(flightImpressions * (0.25 + 0.75 * 1.5)) * flight.costPerImpressionCents,
    );
  });
});
