/**
 * Settings of advertising: how many ads there are, what they lead to, and how visitors who come because of one differ.
 *
 * Visits per impression, and what these visitors do, are figures of the original system; click rates are benchmarks
 * (docs/decisions.md). Rates are shares of impressions, from 0 to 1.
 */
import { real, section, whole } from '../domain/config-values.ts';
import { z } from 'zod';

/** Channels as settings name them, in the order of CHANNELS. */
export const CHANNEL_KEYS = ['search', 'email', 'social', 'display', 'video'] as const;
type ChannelKey = (typeof CHANNEL_KEYS)[number];
/** Missions as settings name them, in the order of MISSIONS. */
export const MISSION_KEYS = ['quick', 'grocery', 'family', 'bulk'] as const;
type MissionKey = (typeof MISSION_KEYS)[number];

const share = real(0, 1);
const uplift = real(0, 2);
const dollars = real(0, 1e9);

/** One setting for each channel: `search_visit_rate`, `email_visit_rate` … */
function byChannel<Name extends string, Schema extends z.ZodType>(
  name: Name,
  schemas: readonly Schema[],
) {
  return Object.fromEntries(
    CHANNEL_KEYS.map((channel, index) => [`${channel}_${name}`, schemas[index]]),
  ) as { [Key in ChannelKey as `${Key}_${Name}`]: Schema };
}

const shares = (values: readonly number[]) => values.map((value) => share.default(value));

function byMission<Name extends string>(name: Name, values: readonly number[]) {
  return Object.fromEntries(
    MISSION_KEYS.map((mission, index) => [`${name}_${mission}`, share.default(values[index])]),
  ) as { [Key in MissionKey as `${Name}_${Key}`]: z.ZodDefault<typeof share> };
}

export const MARKETING = z.strictObject(
  {
    /**
     * Over all channels; null for .6, or less where customers come rarely. volume.marketing_impressions_per_day, for the
     * whole network, goes before it.
     */
    impressions_per_customer_day: real(0, 20).nullable().default(null),
    /** Shares of the channels in what runs all the time; they need not sum to 1. */
    ...byChannel('share', shares([0.14, 0.16, 0.2, 0.32, 0.18])),
    /** Dollars a day over the network for what runs all the time, instead of the channel's share. */
    ...byChannel(
      'budget_per_day',
      CHANNEL_KEYS.map(() => dollars.nullable().default(null)),
    ),
    /** Share of impressions that lead to a visit or an online order. */
    ...byChannel('visit_rate', shares([0.035, 0.025, 0.012, 0.008, 0.015])),
    /** Share of impressions that are clicked. */
    ...byChannel('click_rate', shares([0.045, 0.025, 0.012, 0.0046, 0.006])),
    /** Share of the visits and orders that come by a click. */
    ...byChannel('click_share', shares([0.7, 0.5, 0.4, 0.25, 0.15])),
    /** Share of what ads lead to that is an order in the web shop. */
    online_share: share.default(0.15),
    /** Ads that one customer sees in a UTC day at most. */
    frequency_cap_per_day: whole(1, 50).default(5),
    /** Share of the customers who are shown no ads, for comparison. */
    holdout_share: real(0, 0.9).default(0.1),
    /** Share of the response that each ad of the last days takes from the next one. */
    fatigue: real(0, 0.9).default(0.1),
    /** Share of visits because of an ad that end in a purchase. */
    purchase_rate: share.default(0.8),
    /** What those who buy on such a visit spend, buy in lines, and stay beyond others. */
    spend_uplift: uplift.default(0.3),
    lines_uplift: uplift.default(0.25),
    stay_uplift: uplift.default(0.2),
    /** Share of other visits that end in a purchase, whatever the mission; null for the rates by mission. */
    baseline_purchase_rate: share.nullable().default(null),
    ...byMission('baseline_purchase_rate', [0.48, 0.68, 0.58, 0.76]),
  },
  { error: section },
);

export type MarketingSettings = z.infer<typeof MARKETING>;
