/**
 * Shape of a scenario file. The message of each rule says what is expected, as an end to "expected …";
 * descriptions go into the JSON Schema that editors read.
 */
import { z } from 'zod';
import { DISRUPTION_TYPES, SEVERITIES, SKIES } from '../domain/values.ts';
import { EXPECTATION } from './expectation-shape.ts';
import { extensionEffects } from './extension-effects.ts';
import { PARAMETERS } from './parameter-shape.ts';
import { listOf, oneOf, real, text, whole } from './rules.ts';
import {
  channels,
  departments,
  modes,
  productTargets,
  regionTargets,
  segments,
  storeShare,
  storeTargets,
  suppliers,
  tenders,
  truckShare,
} from './target-shape.ts';
import { instant, RAMP, WINDOW } from './window-shape.ts';

/** Everything that an effect can contain except its kind, which decides which of these apply. */
function effect<Kind extends string, Targets extends z.ZodRawShape, Rest extends z.ZodRawShape>(
  kind: Kind,
  about: string,
  targets: Targets,
  rest: Rest,
) {
  return z
    .strictObject({
      kind: z.literal(kind),
      window: WINDOW.optional(),
      targets: z.strictObject(targets, { error: 'targets by kind' }).optional(),
      ...rest,
    })
    .describe(about);
}

const ramp = RAMP.optional();
const someStores = { ...storeTargets, storeShare: storeShare.optional() };
const someGoods = { ...someStores, ...productTargets };
const shoppers = { ...someStores, segments: segments.optional() };
const adTargets = { ...regionTargets, channels: channels.optional() };
const factor = real(0, 100);
const shareLeft = real(0, 1);
const slowdown = real(1, 100);

const EFFECT_KINDS = [
  effect('traffic', 'Visits to stores.', someStores, { factor, ramp }),
  effect('purchase', 'Purchases for each visit to a store.', shoppers, { factor, ramp }),
  effect('basket', 'Lines on the lists of those who buy.', shoppers, { factor: real(0, 10), ramp }),
  effect('online', 'Orders of the web shop.', regionTargets, { factor, ramp }),
  effect('adImpressions', 'Ads that are shown.', adTargets, { factor, ramp }),
  effect('adResponse', 'Visits and orders for each ad that is shown.', adTargets, { factor, ramp }),
  effect('adClicks', 'Clicks for each ad that is shown.', adTargets, { factor, ramp }),
  effect(
    'departmentDemand',
    'Demand for departments.',
    { ...someStores, departments: departments.optional() },
    { factor, ramp },
  ),
  effect('productDemand', 'Demand for products within their department.', someGoods, {
    factor,
    ramp,
  }),
  effect('price', 'Price over SalePrice; what is cheaper is a promotion.', someGoods, {
    factor: slowdown,
    ramp,
  }),
  effect('promotion', 'A price off for everyone; the deepest one counts.', someGoods, {
    percentOff: whole(1, 90, 'a whole number from 1 to 90'),
  }),
  effect('closure', 'Stores stay shut.', someStores, {}),
  effect('shelfFilling', 'Work of the crews that fill shelves.', someStores, { factor, ramp }),
  effect('lanes', 'Share of the checkout lanes that are staffed; one at least.', someStores, {
    factor: shareLeft,
    ramp,
  }),
  effect('shrink', 'Units stolen or broken for each unit sold.', someStores, {
    factor: real(0, 1000),
    ramp,
  }),
  effect('recordErrors', 'Slips at the till and at receiving.', someStores, { factor, ramp }),
  effect(
    'returns',
    'Chance that what is bought comes back.',
    { ...someStores, departments: departments.optional() },
    { factor, ramp },
  ),
  effect(
    'tender',
    'How many pay in a way; the other ways take the rest.',
    { ...someStores, tenders },
    { factor, ramp },
  ),
  effect('declines', 'Card payments that fail at the first attempt.', someStores, {
    factor: real(0, 1000),
    ramp,
  }),
  effect('spoilage', 'Goods on the shelves that are written off.', someGoods, {
    sharePerHour: real(0, 1),
  }),
  effect(
    'dcSpoilage',
    'Goods in distribution centers that are written off.',
    { ...regionTargets, ...productTargets },
    { sharePerHour: real(0, 1) },
  ),
  effect(
    'fulfillment',
    'How many online orders are fulfilled in a way; the other ways take the rest.',
    { ...regionTargets, modes },
    { factor, ramp },
  ),
  effect('weather', 'The sky of the days whose noon is in the window.', regionTargets, {
    sky: oneOf(SKIES),
  }),
  effect(
    'trucksOut',
    "A distribution center's trucks that do not leave.",
    { ...regionTargets, truckShare: truckShare.optional() },
    {},
  ),
  effect('dcCapacity', "Share of a distribution center's capacity left.", regionTargets, {
    factor: shareLeft,
    ramp,
  }),
  effect(
    'supply',
    'Share of ordered goods that suppliers deliver.',
    { ...regionTargets, ...productTargets },
    { factor: shareLeft, ramp },
  ),
  effect(
    'leadTime',
    "Suppliers' lead times.",
    { ...regionTargets, suppliers: suppliers.optional() },
    { factor: real(0.1, 100), ramp },
  ),
  effect('travelTime', 'Travel times of trucks.', regionTargets, { factor: slowdown, ramp }),
  effect(
    'breakdown',
    'Breakdowns of trucks per mile.',
    { ...regionTargets, truckShare: truckShare.optional() },
    { factor: real(0, 10_000), ramp },
  ),
  effect(
    'disruption',
    'A disruption on record (table supply_chain_disruption), with its effect.',
    regionTargets,
    {
      type: oneOf(DISRUPTION_TYPES),
      severity: oneOf(SEVERITIES),
      description: text('a sentence'),
      impactPercent: whole(1, 100, 'a whole number from 1 to 100')
        .optional()
        .describe('By severity without it: 20, 45 or 75; a dc_outage is always 100.'),
    },
  ),
] as const;

const EFFECT = z.discriminatedUnion('kind', EFFECT_KINDS);

/** The built-in kinds. */
export const EFFECT_NAMES: readonly string[] = EFFECT_KINDS.map(({ shape }) => shape.kind.value);

/** The kinds of extensions have the same form. */
function extensionKinds() {
  return [...extensionEffects()].map(([kind, { about, places, settings }]) =>
    effect(kind, about, places === 'stores' ? someStores : regionTargets, { ...settings, ramp }),
  );
}

/** All kinds that there are; to the type checker the built-in ones. */
function anyEffect(): typeof EFFECT {
  const more = extensionKinds();
  if (more.length === 0) return EFFECT;
  return z.discriminatedUnion('kind', [...EFFECT_KINDS, ...more]) as unknown as typeof EFFECT;
}

const BASE_FORM = 'the name of a scenario, or the path of a YAML file';

/** Shape of a scenario file, with the kinds of effects that there are by now. */
export function scenarioShape() {
  return z.strictObject(
    {
      name: z
        .string({ error: 'a name of lower-case letters, digits and dashes' })
        .regex(/^[a-z][a-z0-9-]*$/, { error: 'a name of lower-case letters, digits and dashes' })
        .describe('As in --scenario; the name of the file.'),
      title: text('a line of text'),
      description: text('a text'),
      lookFor: text('a text').optional().describe('Where in the data it shows.'),
      extends: z
        .union([text(BASE_FORM), listOf(text(BASE_FORM), 'scenarios')], {
          error: `${BASE_FORM}, or a list of them`,
        })
        .optional()
        .describe('Scenarios whose effects come before these: by name, or by the path of a file.'),
      params: PARAMETERS.optional(),
      window: WINDOW.optional().describe('When, for effects that say nothing else.'),
      targets: z
        .strictObject(regionTargets)
        .optional()
        .describe('Where, for effects that name no place themselves.'),
      effects: z
        .array(anyEffect(), { error: 'a list of effects' })
        .optional()
        .describe('What happens. A scenario that extends others may do without.'),
      trial: z
        .strictObject({
          from: instant,
          days: whole(1, 3660, 'a whole number of days from 1'),
          volume: z
            .record(z.string(), z.number({ error: 'a number' }), { error: 'volumes by name' })
            .optional()
            .describe("The config's volumes, over those of the preset small."),
        })
        .optional()
        .describe(
          'A history that shows what is expected; a fortnight from 1 January 2024 without it.',
        ),
      expect: z
        .array(EXPECTATION, { error: 'a list of expectations' })
        .optional()
        .describe('What the trial must show; without it what the extended scenarios expect.'),
    },
    { error: 'a scenario: name, title, description, effects' },
  );
}

export type ScenarioFile = z.infer<ReturnType<typeof scenarioShape>>;
export type EffectFile = z.infer<typeof EFFECT>;
export type EffectKind = EffectFile['kind'];

const STORE_KINDS: ReadonlySet<string> = new Set(
  EFFECT_KINDS.filter(({ shape }) => 'stores' in shape.targets.unwrap().shape).map(
    ({ shape }) => shape.kind.value,
  ),
);

/** Whether effects of a kind are on stores, and may name some. All others are on distribution centers. */
export function isOnStores(kind: string): boolean {
  return STORE_KINDS.has(kind) || extensionEffects().get(kind)?.places === 'stores';
}
