/** Shape of the expectations in scenario files; the descriptions go into the JSON Schema. */
import { z } from 'zod';
import { oneOf } from './rules.ts';
import { productTargets, storeTargets } from './target-shape.ts';

import { KNOWN_WINDOW } from './window-shape.ts';

export const METRICS = [
  'visits',
  'receipts',
  'lines',
  'units',
  'revenue',
  'priceLevel',
  'onlineOrders',
  'onlineUnits',
  'returns',
  'stockouts',
  'stockoutRate',
  'deliveries',
  'deliveryHours',
  'delays',
  'supplierLeadHours',
  'disruptions',
  'conversion',
  'basketUnits',
  'lostUnits',
  'lostSales',
  'onTimeShare',
  'shrinkUnits',
  'dcShrinkUnits',
  'recordErrors',
  'filledUnits',
  'cashShare',
  'declinedPayments',
  'pickupShare',
  'adVisits',
  'checkoutMinutes',
  'departures',
  'suppliedUnits',
] as const;

export type Metric = (typeof METRICS)[number];

/** Metrics that exist for each product. */
export const PRODUCT_METRICS: ReadonlySet<Metric> = new Set<Metric>([
  'lines',
  'units',
  'revenue',
  'priceLevel',
  'onlineUnits',
  'returns',
  'stockouts',
  'stockoutRate',
  'deliveryHours',
  'supplierLeadHours',
  'basketUnits',
  'lostUnits',
  'lostSales',
  'shrinkUnits',
  'dcShrinkUnits',
  'recordErrors',
  'filledUnits',
  'suppliedUnits',
]);

/** Products as the tables know them: which supplier has one is not among their columns. */
const { suppliers: _suppliers, ...productsByTable } = productTargets;

const bound = z.number({ error: 'a number' });
const EXPECTATION_KINDS = [
  z
    .strictObject({
      metric: oneOf(METRICS),
      where: z
        .strictObject({ ...storeTargets, ...productsByTable, during: KNOWN_WINDOW.optional() })
        .optional()
        .describe('Which part of the world, and when; everything without it.'),
      versus: oneOf(['baseline', 'nothing'])
        .default('baseline')
        .describe('Ratio to the same world without the scenario, or the figure itself.'),
      atLeast: bound.optional(),
      atMost: bound.optional(),
    })
    .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, {
      error: 'atLeast, atMost or both',
    })
    .describe('A figure of the generated world.'),
  z
    .strictObject({ untouched: oneOf(['other-regions', 'everything']) })
    .describe('What must be the same, byte for byte, as without the scenario.'),
] as const;

export const EXPECTATION = z.union(EXPECTATION_KINDS, {
  error: 'an expectation: metric, or untouched',
});

export type Expectation = z.infer<typeof EXPECTATION>;
