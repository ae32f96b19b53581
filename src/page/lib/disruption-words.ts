/** The kinds of disruptions that can be started, as text, and their possible targets. */

/** The target types of the API; `dc` stands for its region. */
export type TargetKind = 'dc' | 'store' | 'truck' | 'supplier' | 'product';

/** These are hit or not; a severity means nothing for them. */
const WHOLLY_HIT: readonly string[] = ['truck', 'product'];

/** Returns whether a target such as `truck:5` is one of those. */
export function isHitWholly(target: string): boolean {
  const [kind, ids = ''] = target.split(':');
  return WHOLLY_HIT.includes(kind) && !/[ ,]/.test(ids);
}

export const DISRUPTION_TYPES = [
  {
    type: 'dc_outage',
    brief: 'Outage',
    label: 'Outage of a distribution center',
    effect: 'Loading and dispatch slow down or stop; stores run out of stock if it lasts.',
    targets: ['dc'],
  },
  {
    type: 'inventory_shortage',
    brief: 'Shortage',
    label: 'Shortage of goods',
    effect: 'A share of a center’s products, or the chosen one, is unavailable.',
    targets: ['dc', 'product'],
  },
  {
    type: 'truck_breakdown',
    brief: 'Breakdown',
    label: 'Breakdown of trucks',
    effect: 'A share of the center’s trucks, or the chosen one, stands still until it is over.',
    targets: ['dc', 'truck'],
  },
  {
    type: 'weather_delay',
    brief: 'Bad weather',
    label: 'Bad weather',
    effect: 'Trucks in the region, or to the chosen store, take longer.',
    targets: ['dc', 'store'],
  },
  {
    type: 'supplier_delay',
    brief: 'Late suppliers',
    label: 'Late suppliers',
    effect: 'Ordered goods take longer to reach the center, from all suppliers or the chosen one.',
    targets: ['dc', 'supplier'],
  },
] as const;

export type DisruptionType = (typeof DISRUPTION_TYPES)[number]['type'];

/** Types that occur by chance or with a scenario. */
const BY_CHANCE: Readonly<Record<string, { brief: string; label: string }>> = {
  CAPACITY_CONSTRAINT: { brief: 'Less capacity', label: 'Loss of capacity' },
  EQUIPMENT_FAILURE: { brief: 'Equipment', label: 'Failure of equipment' },
  WEATHER_DELAY: { brief: 'Bad weather', label: 'Bad weather' },
  LABOR_SHORTAGE: { brief: 'Few workers', label: 'Shortage of workers' },
  SYSTEM_OUTAGE: { brief: 'Systems down', label: 'Outage of systems' },
};

export function disruptionLabel(type: string): string {
  return wordsOf(type)?.label ?? type.toLowerCase().replaceAll('_', ' ');
}

/** The cause of a disruption that nobody started by hand. */
export const ORIGIN_WORDS = {
  request: '',
  scenario: 'by a scenario',
  natural: 'by chance',
} as const;

export function disruptionShort(type: string): string {
  return wordsOf(type)?.brief ?? type.toLowerCase().replaceAll('_', ' ');
}

function wordsOf(type: string): { brief: string; label: string } | undefined {
  return BY_CHANCE[type] ?? DISRUPTION_TYPES.find((each) => each.type === type);
}
