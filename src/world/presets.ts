/** Ready-made volumes: settings that a config file leaves out are taken from the preset. */
import { InputError, nearest } from '../domain/errors.ts';

/**
 * Visits of a household in a week to the stores of one chain. Of these, 1.1 end in a purchase (Complete Journey 2017: .77 in
 * the middle, 1.1 on average). A customer stands for a household.
 */
export const TRIPS_PER_WEEK = 1.9;

/** Number of customers for a volume of visits, if each customer comes `TRIPS_PER_WEEK` times a week. */
export function calibratedCustomers(visitsPerDay: number): number {
  return Math.max(1, Math.round((visitsPerDay * 7) / TRIPS_PER_WEEK));
}

export interface Preset {
  /** Description for the help, one line. */
  readonly about: string;
  readonly volume: Readonly<Record<string, number>>;
  /** Whether total_customers is derived from the visits instead of the default. */
  readonly calibrated: boolean;
}

export const PRESETS = {
  default: {
    about:
      '42 stores, 5 distribution centers, 10,000 products, and customers for its visits at 1.9 visits a week: 309,474',
    volume: {},
    calibrated: true,
  },
  calibrated: {
    about: 'the same as default',
    volume: {},
    calibrated: true,
  },
  demo: {
    about:
      '8 stores, 2 distribution centers, 300 products and little stock: disruptions are felt within hours',
    volume: {
      stores: 8,
      dcs: 2,
      total_geographies: 25,
      total_products: 300,
      customers_per_day: 500,
      online_orders_per_day: 80,
      truck_capacity: 4000,
      store_cover_days: 0.2,
      dc_cover_days: 8,
    },
    calibrated: true,
  },
  small: {
    about:
      '4 stores, 2 distribution centers, 4,000 customers, 1,200 products, for trying things out',
    volume: {
      stores: 4,
      dcs: 2,
      total_geographies: 25,
      total_customers: 4000,
      total_products: 1200,
      customers_per_day: 300,
      online_orders_per_day: 60,
    },
    calibrated: false,
  },
} as const satisfies Record<string, Preset>;

/** Name of a preset. */
export type PresetName = keyof typeof PRESETS;
const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

/** Returns the preset of a name. @throws InputError if there is none */
export function presetNamed(name: string): Preset {
  if (Object.hasOwn(PRESETS, name)) return PRESETS[name as PresetName];
  const suggestion = nearest(name, PRESET_NAMES);
  throw new InputError(
    `Unknown preset "${name}": expected ${PRESET_NAMES.join(', ')}${
      suggestion ? ` (did you mean "${suggestion}"?)` : ''
    }`,
  );
}
