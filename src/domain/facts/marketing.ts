/** Ads: who sees them, who clicks, and what they lead to. */
import {
  at,
  choice,
  customer,
  id,
  impression,
  int,
  money,
  orderOrNull,
  receiptOrNull,
  session,
  storeOrNull,
  trace,
} from '../fact-columns.ts';
import { fact } from '../fact-kind.ts';
import { CHANNELS, DEVICES, LANDINGS } from '../values.ts';

export const MARKETING = {
  marketing: fact({
    about: 'An ad was shown to a customer.',
    columns: [
      trace,
      at,
      choice('Channel', 'channel', CHANNELS, 'Where it was shown.'),
      {
        name: 'CampaignId',
        field: 'campaignId',
        type: 'int',
        references: 'campaigns.CampaignId',
        about: 'The campaign.',
      },
      int('CreativeId', 'creativeId', 'Which creative.'),
      {
        name: 'CustomerAdId',
        field: 'adCustomerId',
        type: 'ad',
        references: 'customers.AdId',
        about: "The customer's advertising id.",
      },
      impression,
      money('Cost', 'costCents', 'Price of the impression.'),
      choice('Device', 'device', DEVICES, 'On what.'),
    ],
    key: ['ImpressionId'],
  }),
  attributions: fact({
    about: 'A visit or an online order that an impression led to (last touch).',
    columns: [
      trace,
      at,
      { ...impression, references: 'marketing.ImpressionId' },
      customer,
      { ...storeOrNull, about: 'The store that was visited; empty for an online order.' },
      { ...session, nullable: true, about: 'The visit; empty for an online order.' },
      receiptOrNull,
      money(
        'Revenue',
        'revenueCents',
        'Subtotal of the receipt or of the order; 0 if nothing was bought.',
      ),
      { ...orderOrNull, about: 'The online order; empty for a visit.' },
    ],
    key: ['ImpressionId'],
  }),
  ad_clicks: fact({
    about: 'A customer clicked on an ad, whether or not it led to anything.',
    columns: [
      trace,
      at,
      id('ClickId', 'clickId', 'The click.'),
      { ...impression, references: 'marketing.ImpressionId' },
      {
        name: 'CustomerAdId',
        field: 'adCustomerId',
        type: 'ad',
        references: 'customers.AdId',
        about: "The customer's advertising id.",
      },
      choice('Channel', 'channel', CHANNELS, 'Where the ad was shown.'),
      {
        name: 'CampaignId',
        field: 'campaignId',
        type: 'int',
        references: 'campaigns.CampaignId',
        about: 'The campaign.',
      },
      choice('Device', 'device', DEVICES, 'On what.'),
      choice('Landing', 'landing', LANDINGS, 'The page that opened.'),
      int('Dwell', 'dwellSeconds', 'Time spent on the page, seconds.'),
    ],
    key: ['ClickId'],
  }),
} as const;
