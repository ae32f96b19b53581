/** Ready-made volumes: settings that a config file leaves out are taken from the preset. */
import { InputError, nearest } from '../domain/errors.ts';

/** Shopping trips of one person in a week, over all stores of this kind. */
export const TRIPS_PER_WEEK = 2.6;

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
    about: '42 stores, 5 distribution centers, 50,000 customers, 10,000 products',
    volume: {},
    calibrated: false,
  },
  calibrated: {
    about: 'the default network with enough customers for its visits at 2.6 trips a week',
    volume: {},
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
