/** The kinds of trouble that can be made, in words. */

export const DISRUPTION_TYPES = [
  {
    type: 'dc_outage',
    brief: 'Outage',
    label: 'Outage of a distribution center',
    effect: 'Loading and dispatch slow down or stop; stores run dry when it lasts.',
    trucks: false,
  },
  {
    type: 'inventory_shortage',
    brief: 'Shortage',
    label: 'Shortage of goods',
    effect: 'Part of the stock of a distribution center can’t be used.',
    trucks: false,
  },
  {
    type: 'truck_breakdown',
    brief: 'Breakdown',
    label: 'Breakdown of trucks',
    effect: 'Part of the trucks of the center, or the one named, stand still until it is over.',
    trucks: true,
  },
  {
    type: 'weather_delay',
    brief: 'Bad weather',
    label: 'Bad weather',
    effect: 'Everything that drives in the region takes longer.',
    trucks: false,
  },
  {
    type: 'supplier_delay',
    brief: 'Late suppliers',
    label: 'Late suppliers',
    effect: 'Ordered goods take longer to reach the center.',
    trucks: false,
  },
] as const;

export type DisruptionType = (typeof DISRUPTION_TYPES)[number]['type'];

/** Those that come by chance or with a scenario. */
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

export function disruptionShort(type: string): string {
  return wordsOf(type)?.brief ?? type.toLowerCase().replaceAll('_', ' ');
}

function wordsOf(type: string): { brief: string; label: string } | undefined {
  return BY_CHANCE[type] ?? DISRUPTION_TYPES.find((each) => each.type === type);
}
