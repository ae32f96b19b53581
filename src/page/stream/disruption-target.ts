/** The target of a disruption, as it is chosen in the form. */
import type { TargetKind } from '../lib/disruption-words.ts';
import type { Network, PlaceKind } from '../lib/live-types.ts';

export interface Choice {
  /** `all`, a target such as `dc:3`, or a type whose number is typed. */
  readonly value: string;
  readonly label: string;
}

export interface ChoiceGroup {
  /** Empty for choices without a number. */
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** The network known here has no suppliers and products: their numbers are typed. */
export const NUMBERED = {
  supplier: { label: 'one supplier', table: 'suppliers' },
  product: { label: 'one product', table: 'products' },
} as const;

export function isNumbered(value: string): value is keyof typeof NUMBERED {
  return Object.hasOwn(NUMBERED, value);
}

export interface Names {
  readonly placeName: (kind: PlaceKind, id: number) => string;
  readonly truckName: (id: number) => string;
}

export function targetChoices(
  kinds: readonly TargetKind[],
  world: Pick<Network, 'dcs' | 'stores' | 'trucks'> | null,
  { placeName, truckName }: Names,
): ChoiceGroup[] {
  const { dcs = [], stores = [], trucks = [] } = world ?? {};
  const groups: Record<TargetKind, () => ChoiceGroup> = {
    dc: () => ({
      title: 'Distribution centers',
      choices: dcs.map(({ id }) => ({ value: `dc:${id}`, label: placeName('dc', id) })),
    }),
    store: () => ({
      title: 'Stores',
      choices: stores.map(({ id }) => ({ value: `store:${id}`, label: placeName('store', id) })),
    }),
    truck: () => ({
      title: 'Trucks',
      choices: trucks.map(({ id }) => ({ value: `truck:${id}`, label: truckName(id) })),
    }),
    supplier: () => ({
      title: '',
      choices: [{ value: 'supplier', label: NUMBERED.supplier.label }],
    }),
    product: () => ({ title: '', choices: [{ value: 'product', label: NUMBERED.product.label }] }),
  };
  const everything = { title: '', choices: [{ value: 'all', label: 'the whole network' }] };
  return [everything, ...kinds.map((kind) => groups[kind]())].filter(
    ({ choices }) => choices.length > 0,
  );
}

/** The target as people and the API write it: `dc:3`, `all`. */
export function targetOf(chosen: string, typed: string): string {
  return isNumbered(chosen) ? `${chosen}:${Number(typed)}` : chosen;
}

/** The fields of a target, as the API expects them. */
export function targetFields(target: string): { target_kind?: string; target_id?: number } {
  const [kind, id] = target.split(':');
  return id === undefined ? {} : { target_kind: kind, target_id: Number(id) };
}
