import { describe, expect, it } from 'vitest';
import { CAMPAIGNS_PER_DAY } from '../../src/policy/campaigns.ts';
import {
  advertisingOf,
  advertisingWarnings,
  baselinePurchaseRates,
  impressionsPerDay,
} from '../../src/world/advertising.ts';
import { configOf } from '../../src/world/config.ts';
import { messageOf } from './fixtures.ts';

const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);

describe('the volume of ads', () => {
  it('follows the number of customers: .6 for each a day', () => {
    const original = configOf({ volume: { total_customers: 50_000 } });
    expect(impressionsPerDay(original)).toBeCloseTo(30_000, 6);
    const { campaignScale, alwaysOnPerDay } = advertisingOf(original);
    expect(campaignScale).toBe(1);
    expect(total(alwaysOnPerDay)).toBeCloseTo(30_000 - CAMPAIGNS_PER_DAY, 6);
  });

  it('is less where customers come rarely: 2.2 for each visit', () => {
    const config = configOf({ volume: { total_customers: 1_000_000 } });
    expect(impressionsPerDay(config)).toBeCloseTo(2.2 * 42 * 2000, 3);
    const fixed = configOf({
      volume: { total_customers: 1_000_000 },
      marketing: { impressions_per_customer_day: 0.5 },
    });
    expect(impressionsPerDay(fixed)).toBeCloseTo(500_000, 3);
  });

  it.each(['default', 'demo'])('leads to two to four visits in a hundred: %s', (preset) => {
    const config = configOf({}, preset);
    const { alwaysOnPerDay, visitRate, onlineShare, campaignScale } = advertisingOf(config);
    const campaigns = (CAMPAIGNS_PER_DAY * campaignScale) / visitRate.length;
    const led = total(
      visitRate.map((rate, channel) => rate * (alwaysOnPerDay[channel] + campaigns)),
    );
    const { stores, customers_per_day } = config.volume;
    const share = (led * (1 - onlineShare)) / (stores * customers_per_day);
    expect(share).toBeGreaterThan(0.025);
    expect(share).toBeLessThan(0.035);
  });

  it.each(['default', 'small', 'calibrated'])(
    'gives each channel of the preset %s a thousand ads a week',
    (preset) => {
      for (const perDay of advertisingOf(configOf({}, preset)).alwaysOnPerDay) {
        expect(perDay * 7).toBeGreaterThan(1000);
      }
    },
  );

  it('is what the original setting says, for the whole network', () => {
    const config = configOf({ volume: { marketing_impressions_per_day: 10_000 } });
    expect(impressionsPerDay(config)).toBeCloseTo(10_000, 6);
    expect(config.notes).toEqual([]);
    const none = configOf({ volume: { marketing_impressions_per_day: 0 } });
    expect(impressionsPerDay(none)).toBe(0);
  });

  it('is what the budget of a channel pays for', () => {
    const config = configOf({ marketing: { search_budget_per_day: 400, video_budget_per_day: 0 } });
    const { alwaysOnPerDay } = advertisingOf(config);
    expect(alwaysOnPerDay[0]).toBe(5000);
    expect(alwaysOnPerDay[4]).toBe(0);
    expect(alwaysOnPerDay[1]).toBe(advertisingOf(configOf({})).alwaysOnPerDay[1]);
  });

  it('counts per customer outside the hold-out group', () => {
    const { perCustomerDay } = advertisingOf(
      configOf({ volume: { total_customers: 50_000 }, marketing: { holdout_share: 0.2 } }),
    );
    expect(perCustomerDay).toBeCloseTo(0.75, 9);
  });

  it('is warned of when the frequency cap keeps much of it back', () => {
    const config = configOf({
      volume: { marketing_impressions_per_day: 1_000_000, total_customers: 50_000 },
    });
    expect(advertisingWarnings(config)).toEqual([
      'The settings ask for 22.2 ads for each customer a day, and nobody sees more than 5 ' +
        '(marketing.frequency_cap_per_day): many are not shown.',
    ]);
    expect(advertisingWarnings(configOf({}))).toEqual([]);
  });
});

describe('the purchase rates of other visits', () => {
  it('go by mission, or are one for all', () => {
    expect(baselinePurchaseRates(configOf({}))).toEqual([0.48, 0.68, 0.58, 0.76]);
    const some = configOf({ marketing: { baseline_purchase_rate_bulk: 0.5 } });
    expect(baselinePurchaseRates(some)).toEqual([0.48, 0.68, 0.58, 0.5]);
    const one = configOf({ marketing: { baseline_purchase_rate: 0.4 } });
    expect(baselinePurchaseRates(one)).toEqual([0.4, 0.4, 0.4, 0.4]);
  });
});

describe('problems', () => {
  it.each([
    [
      { search_visit_rate: 3.5 },
      'marketing.search_visit_rate is 3.5: expected a number from 0 to 1',
    ],
    [
      { frequency_cap_per_day: 400 },
      'marketing.frequency_cap_per_day is 400: expected a whole number from 1 to 50',
    ],
    [
      { serach_visit_rate: 0.1 },
      'marketing.serach_visit_rate is not a setting: did you mean marketing.search_visit_rate?',
    ],
    [
      { spend_uplift: 0.1 },
      'marketing.spend_uplift is 0.1: expected at least marketing.lines_uplift, which is 0.25 (more lines cost more)',
    ],
  ])('of %j are told', (marketing, says) => {
    expect(messageOf(() => configOf({ marketing }))).toContain(says);
  });
});
