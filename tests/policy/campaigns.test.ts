import { expect, it } from 'vitest';
import { campaignsBetween } from '../../src/policy/campaigns.ts';

const DAY_MS = 86_400_000;
const startMs = Date.UTC(2024, 0, 1);

it('a longer horizon only adds campaigns: what was numbered stays', () => {
  const month = campaignsBetween(9, startMs, startMs + 30 * DAY_MS);
  const year = campaignsBetween(9, startMs, startMs + 365 * DAY_MS);
  expect(year.slice(0, month.length)).toEqual(month);
  expect(year.map((campaign) => campaign.id)).toEqual(year.map((_, index) => index + 1));
  expect(year.length).toBeGreaterThan(60);
});

it('every campaign can be paid from its budget, and the first day has one', () => {
  for (const campaign of campaignsBetween(4, startMs, startMs + 90 * DAY_MS)) {
    const days = (campaign.endMs - campaign.startMs) / DAY_MS;
    expect(campaign.budgetCents).toBe(
      campaign.impressionsPerDay * days * campaign.costPerImpressionCents,
    );
  }
  expect(campaignsBetween(4, startMs, startMs + DAY_MS).length).toBeGreaterThanOrEqual(2);
});
