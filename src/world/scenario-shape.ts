/**
 * Shape of a scenario file. The message of each rule says what is expected, as an end to "expected …";
 * descriptions go into the JSON Schema that editors read.
 */
import { z } from 'zod';
import { DEPARTMENTS, DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import { parseInstant } from '../engine/time.ts';
import { HOLIDAYS } from '../policy/holidays.ts';

function text(error: string) {
  return z.string({ error }).trim().min(1, { error });
}

function whole(min: number, max: number, error: string) {
  return z.int({ error }).min(min, { error }).max(max, { error });
}

function real(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

function listOf<T extends z.ZodType>(element: T, what: string) {
  const error = `a list of ${what}, not empty`;
  return z.array(element, { error }).min(1, { error });
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

const INSTANT_FORM = 'an instant as YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ';
const instant = z.string({ error: INSTANT_FORM }).refine(isInstant, { error: INSTANT_FORM }).meta({
  id: 'instant',
  description: 'Instant in UTC: 2024-01-06 or 2024-01-06T13:30:00Z.',
});
const days = whole(-100_000, 100_000, 'a whole number of days');
const hours = whole(-2_400_000, 2_400_000, 'a whole number of hours');

const holidayWindow = z
  .strictObject({
    holiday: oneOf(HOLIDAYS),
    fromDays: days.default(0).describe('First day, relative to the holiday.'),
    toDays: days.default(1).describe('Day after the last one, relative to the holiday.'),
  })
  .describe('Around a holiday of every year, from midnight to midnight on the local clock.');

const WINDOW_KINDS = [
  z.strictObject({ from: instant, to: instant }).describe('From an instant to another, exclusive.'),
  holidayWindow,
  z
    .strictObject({ fromDays: days, toDays: days })
    .describe("Days of 24 hours from the world's opening, exclusive."),
  z
    .strictObject({ fromHours: hours, toHours: hours })
    .describe("Hours from the world's opening, exclusive."),
] as const;

export const WINDOW = z
  .union(WINDOW_KINDS, {
    error: 'a window: from and to, holiday, fromDays and toDays, or fromHours and toHours',
  })
  .meta({ id: 'window' });

const rampDays = real(0, 3660).default(0);
const rampHours = real(0, 87_840).default(0);
const RAMP = z
  .union(
    [
      z.strictObject({ upDays: rampDays, downDays: rampDays }),
      z.strictObject({ upHours: rampHours, downHours: rampHours }),
    ],
    { error: 'a ramp: upDays and downDays, or upHours and downHours' },
  )
  .meta({
    id: 'ramp',
    description: 'How long the effect takes to build up and to fade, within its window.',
  });

const dcs = listOf(whole(1, 1e6, 'the number of a distribution center'), 'DC numbers').meta({
  id: 'dcs',
  description:
    'Numbers of distribution centers. A DC stands for its region: stores, trucks and customers.',
});
const stores = listOf(whole(1, 1e6, 'the number of a store'), 'store numbers').meta({
  id: 'stores',
  description: 'Numbers of stores.',
});
const states = listOf(
  z.string({ error: 'a state as two letters' }).regex(/^[A-Z]{2}$/, {
    error: 'a state as two letters',
  }),
  'states',
).meta({ id: 'states', description: 'Postal codes of states: what lies there.' });
const departments = listOf(oneOf(DEPARTMENTS), 'departments').meta({ id: 'departments' });
const categories = listOf(text('the name of a category'), 'categories').meta({
  id: 'categories',
  description: 'Product categories.',
});
const PRODUCT_FORM = 'the name or the number of a product';
const products = listOf(
  z.union([z.int(), text(PRODUCT_FORM)], { error: PRODUCT_FORM }),
  'products',
).meta({
  id: 'products',
  description: 'Names or numbers of products. A name means all brands of it.',
});

const regionTargets = { dcs: dcs.optional(), states: states.optional() };
const storeTargets = { ...regionTargets, stores: stores.optional() };
const productTargets = {
  departments: departments.optional(),
  categories: categories.optional(),
  products: products.optional(),
};
const truckShare = real(0, 1).describe('Share of the trucks that it hits; 1 without it.');

/** Everything that an effect can say apart from its kind: which of it, is up to the kind. */
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
const factor = real(0, 100);
const shareLeft = real(0, 1);
const slowdown = real(1, 100);

const EFFECT_KINDS = [
  effect('traffic', 'Visits to stores.', storeTargets, { factor, ramp }),
  effect('online', 'Orders of the web shop.', regionTargets, { factor, ramp }),
  effect(
    'departmentDemand',
    'Demand for departments.',
    { ...storeTargets, departments: departments.optional() },
    { factor, ramp },
  ),
  effect(
    'productDemand',
    'Demand for products within their department.',
    { ...storeTargets, ...productTargets },
    { factor, ramp },
  ),
  effect(
    'price',
    'Price over SalePrice; what is cheaper is a promotion.',
    { ...storeTargets, ...productTargets },
    { factor: slowdown, ramp },
  ),
  effect(
    'promotion',
    'A price off for everyone; the deepest one counts.',
    { ...storeTargets, ...productTargets },
    { percentOff: whole(1, 90, 'a whole number from 1 to 90') },
  ),
  effect('closure', 'Stores stay shut.', storeTargets, {}),
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
  effect('leadTime', "Suppliers' lead times.", regionTargets, { factor: real(0.1, 100), ramp }),
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

export const EFFECT = z.discriminatedUnion('kind', EFFECT_KINDS);

export const METRICS = [
  'visits',
  'receipts',
  'lines',
  'units',
  'revenue',
  'unitPrice',
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
] as const;

const bound = z.number({ error: 'a number' });
const EXPECTATION_KINDS = [
  z
    .strictObject({
      metric: oneOf(METRICS),
      where: z
        .strictObject({ ...storeTargets, ...productTargets, during: WINDOW.optional() })
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

export const SCENARIO = z.strictObject(
  {
    name: z
      .string({ error: 'a name of lower-case letters, digits and dashes' })
      .regex(/^[a-z][a-z0-9-]*$/, { error: 'a name of lower-case letters, digits and dashes' })
      .describe('As in --scenario; the name of the file.'),
    title: text('a line of text'),
    description: text('a text'),
    window: WINDOW.optional().describe('When, for effects that say nothing else.'),
    targets: z
      .strictObject(regionTargets)
      .optional()
      .describe('Where, for effects that name no place themselves.'),
    effects: z.array(EFFECT, { error: 'a list of effects' }),
    trial: z
      .strictObject({
        from: instant,
        days: whole(1, 3660, 'a whole number of days from 1'),
      })
      .optional()
      .describe(
        'A history that shows what is expected; a fortnight from 1 January 2024 without it.',
      ),
    expect: z
      .array(z.union(EXPECTATION_KINDS, { error: 'an expectation: metric, or untouched' }), {
        error: 'a list of expectations',
      })
      .default([]),
  },
  { error: 'a scenario: name, title, description, effects' },
);

export type Window = z.infer<typeof WINDOW>;
export type Ramp = z.infer<typeof RAMP>;
export type ScenarioFile = z.infer<typeof SCENARIO>;
export type EffectFile = z.infer<typeof EFFECT>;
export type EffectKind = EffectFile['kind'];
export type Expectation = ScenarioFile['expect'][number];
export type Metric = (typeof METRICS)[number];

export const EFFECT_KIND_NAMES: readonly EffectKind[] = EFFECT_KINDS.map(
  ({ shape }) => shape.kind.value,
);

function isInstant(candidate: string): boolean {
  try {
    parseInstant(candidate);
    return true;
  } catch {
    return false;
  }
}
