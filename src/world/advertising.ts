/** What the config says about ads, as the policies use it. */
import type { Advertising } from '../policy/advertising.ts';
import { ALWAYS_ON_COST_CENTS, CAMPAIGNS_PER_DAY, REFERENCE_PER_DAY } from '../policy/campaigns.ts';
import type { Config } from './config.ts';
import { CHANNEL_KEYS, MISSION_KEYS } from './marketing-schema.ts';

type AdConfig = Pick<Config, 'volume' | 'marketing'>;

/** Ads for each customer and day, and no more than so many for each visit: then two to four visits in a hundred are led by ads. */
const PER_CUSTOMER_DAY = 0.6;
const PER_VISIT = 2.2;
/** With more than this share of the ads that the frequency cap allows, the user gets a warning. */
const CROWDED_SHARE = 0.5;

export function advertisingOf({ volume, marketing }: AdConfig): Advertising {
  const byChannel = <Name extends 'share' | 'visit_rate' | 'click_rate' | 'click_share'>(
    name: Name,
  ) => CHANNEL_KEYS.map((channel) => marketing[`${channel}_${name}`]);
  const asked = volume.marketing_impressions_per_day ?? impressionsAsked({ volume, marketing });
  const shares = byChannel('share');
  const total = shares.reduce((sum, share) => sum + share, 0);
  const steady = asked * (1 - CAMPAIGNS_PER_DAY / REFERENCE_PER_DAY);
  const alwaysOnPerDay = CHANNEL_KEYS.map((channel, index) => {
    const budget = marketing[`${channel}_budget_per_day`];
    if (budget !== null) return (budget * 100) / ALWAYS_ON_COST_CENTS[index];
    return total === 0 ? 0 : (steady * shares[index]) / total;
  });
  const campaignScale = asked / REFERENCE_PER_DAY;
  const perDay = alwaysOnPerDay.reduce(
    (sum, impressions) => sum + impressions,
    CAMPAIGNS_PER_DAY * campaignScale,
  );
  return {
    alwaysOnPerDay,
    campaignScale,
    perCustomerDay: perDay / (volume.total_customers * (1 - marketing.holdout_share)),
    visitRate: byChannel('visit_rate'),
    clickRate: byChannel('click_rate'),
    clickShare: byChannel('click_share'),
    onlineShare: marketing.online_share,
    frequencyCap: marketing.frequency_cap_per_day,
    holdoutShare: marketing.holdout_share,
    fatigue: marketing.fatigue,
  };
}

/** Impressions a day over the network by the customers, and by how often they come. */
function impressionsAsked({ volume, marketing }: AdConfig): number {
  const { total_customers: customers, stores, customers_per_day: visits } = volume;
  const each = marketing.impressions_per_customer_day;
  if (each !== null) return each * customers;
  return Math.min(PER_CUSTOMER_DAY * customers, PER_VISIT * stores * visits);
}

/** Returns the impressions of a mean day over the network. */
export function impressionsPerDay(config: AdConfig): number {
  const { perCustomerDay, holdoutShare } = advertisingOf(config);
  return perCustomerDay * config.volume.total_customers * (1 - holdoutShare);
}

/** Returns the chance that a visit without an ad ends in a purchase, by mission. */
export function baselinePurchaseRates({ marketing }: Pick<Config, 'marketing'>): readonly number[] {
  return MISSION_KEYS.map(
    (mission) => marketing.baseline_purchase_rate ?? marketing[`baseline_purchase_rate_${mission}`],
  );
}

/** Returns sentences about the ads that a user should read once. */
export function advertisingWarnings(config: AdConfig): string[] {
  const { perCustomerDay, frequencyCap } = advertisingOf(config);
  if (perCustomerDay <= frequencyCap * CROWDED_SHARE) return [];
  return [
    `The settings ask for ${perCustomerDay.toFixed(1)} ads for each customer a day, and nobody sees more than ` +
      `${frequencyCap} (marketing.frequency_cap_per_day): many are not shown.`,
  ];
}
