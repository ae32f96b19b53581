/** Looks up the targets of scenario files in a world. */
import { InputError } from '../domain/errors.ts';
import { DEPARTMENTS, STORE_SIZES } from '../domain/values.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import type { Scenario } from './scenario.ts';
import { whereText } from './origins.ts';
import { quoted, suggestion } from './problems.ts';
import type { DistributionCenter, Store, World } from '../world/world.ts';

/** All targets that any kind of effect accepts. */
export interface Targets {
  readonly dcs?: readonly number[];
  readonly states?: readonly string[];
  readonly stores?: readonly number[];
  readonly sizes?: readonly string[];
  readonly storeShare?: number;
  readonly segments?: readonly string[];
  readonly tenders?: readonly string[];
  readonly modes?: readonly string[];
  readonly channels?: readonly string[];
  readonly departments?: readonly string[];
  readonly categories?: readonly string[];
  readonly products?: readonly (string | number)[];
  readonly brands?: readonly string[];
  /** Of SalePrice, dollars. */
  readonly prices?: { readonly atLeast?: number; readonly below?: number };
  readonly suppliers?: readonly number[];
  readonly truckShare?: number;
}

/** Marks the selected ones by index; undefined means all. */
export type Choice = Uint8Array | undefined;

/** Path of a target in a file, for messages. */
export interface TargetPlace {
  readonly scenario: Scenario;
  readonly effect: number;
}

/** Returns the stores that satisfy every place in the targets. */
export function targetStores(world: World, targets: Targets, place: TargetPlace): Store[] {
  requirePlaces(world, targets, place);
  const { dcs, states, stores, sizes, storeShare } = targets;
  const chosen = world.stores.filter(
    (store) =>
      (dcs === undefined || dcs.includes(store.dcId)) &&
      (states === undefined || states.includes(stateOf(world, store))) &&
      (stores === undefined || stores.includes(store.id)) &&
      (sizes === undefined || sizes.includes(STORE_SIZES[store.size])),
  );
  if (chosen.length === 0) fail(place, [], targets, 'targets that some store satisfies');
  return storeShare === undefined ? chosen : shareOf(chosen, storeShare, world.seed, place);
}

/** Returns a share of the stores, at least one, the same for all effects of a scenario. */
function shareOf(
  stores: readonly Store[],
  share: number,
  seed: number,
  { scenario }: TargetPlace,
): Store[] {
  const key = purposeKey('scenario stores', scenario.name);
  const turns = new Map(stores.map((store) => [store, hashUnit(seed, key, store.id)]));
  const inTurn = [...stores].sort(
    (a, b) => (turns.get(a) as number) - (turns.get(b) as number) || a.id - b.id,
  );
  const hit = new Set(inTurn.slice(0, Math.max(1, Math.round(share * stores.length))));
  return stores.filter((store) => hit.has(store));
}

/** Returns the distribution centers that satisfy every place in the targets. */
export function targetDcs(
  world: World,
  targets: Targets,
  place: TargetPlace,
): DistributionCenter[] {
  requirePlaces(world, targets, place);
  const { dcs, states } = targets;
  const chosen = world.dcs.filter(
    (dc) =>
      (dcs === undefined || dcs.includes(dc.id)) &&
      (states === undefined || states.includes(stateOf(world, dc))),
  );
  if (chosen.length === 0) {
    fail(place, [], targets, 'targets that some distribution center satisfies');
  }
  return chosen;
}

export function targetDepartments({ departments }: Targets): Choice {
  if (departments === undefined) return undefined;
  return Uint8Array.from(DEPARTMENTS, (name) => (departments.includes(name) ? 1 : 0));
}

/** Returns which of a list of names are among the chosen ones; undefined if none is chosen. */
export function targetNames(
  names: readonly string[],
  chosen: readonly string[] | undefined,
): Choice {
  if (chosen === undefined) return undefined;
  return Uint8Array.from(names, (name) => (chosen.includes(name) ? 1 : 0));
}

/** Returns the suppliers that are chosen, by index. */
export function targetSuppliers(world: World, { suppliers }: Targets, place: TargetPlace): Choice {
  requireNumbers(suppliers, world.suppliers.length, 'suppliers', place);
  return (
    suppliers && Uint8Array.from(world.suppliers, ({ id }) => (suppliers.includes(id) ? 1 : 0))
  );
}

/** Returns the products that satisfy every property in the targets, by index. */
export function targetProducts(world: World, targets: Targets, place: TargetPlace): Choice {
  const { departments, categories, products, brands, prices, suppliers } = targets;
  const properties = [departments, categories, products, brands, prices, suppliers];
  if (properties.every((property) => property === undefined)) return undefined;
  const catalogue = world.products;
  requireKnown(categories, new Set(catalogue.category), 'a category', 'categories', place);
  requireKnown(brands, new Set(catalogue.brand), 'a brand', 'brands', place);
  requireNumbers(suppliers, world.suppliers.length, 'suppliers', place);
  requireProducts(world, products, place);
  const atLeastCents = Math.round((prices?.atLeast ?? 0) * 100);
  const belowCents = Math.round((prices?.below ?? Number.POSITIVE_INFINITY) * 100);
  const byBrand = brands && new Set(brands);
  const bySupplier = suppliers && new Set(suppliers);
  const inDepartment = targetDepartments(targets);
  const byCategory = categories && new Set(categories);
  const byProduct = products && new Set<string | number>(products);
  const chosen = new Uint8Array(catalogue.count);
  for (let index = 0; index < chosen.length; index++) {
    const fits =
      (inDepartment === undefined || inDepartment[catalogue.department[index]] === 1) &&
      (byCategory === undefined || byCategory.has(catalogue.category[index])) &&
      (byBrand === undefined || byBrand.has(catalogue.brand[index])) &&
      (bySupplier === undefined || bySupplier.has(catalogue.supplierId[index])) &&
      catalogue.salePriceCents[index] >= atLeastCents &&
      catalogue.salePriceCents[index] < belowCents &&
      (byProduct === undefined || byProduct.has(index + 1) || byProduct.has(catalogue.name[index]));
    if (fits) chosen[index] = 1;
  }
  if (!chosen.includes(1)) fail(place, [], targets, 'targets that some product satisfies');
  return chosen;
}

function requirePlaces(world: World, targets: Targets, place: TargetPlace): void {
  const states = new Set([...world.stores, ...world.dcs].map((site) => stateOf(world, site)));
  requireKnown(targets.states, states, 'a state with stores or DCs', 'states', place);
  requireNumbers(targets.dcs, world.dcs.length, 'dcs', place);
  requireNumbers(targets.stores, world.stores.length, 'stores', place);
}

function requireProducts(world: World, products: Targets['products'], place: TargetPlace): void {
  const names = new Set(world.products.name);
  for (const [index, product] of (products ?? []).entries()) {
    const known =
      typeof product === 'string'
        ? names.has(product)
        : product >= 1 && product <= world.products.count;
    if (known) continue;
    const expected = `the name of a product, or a number from 1 to ${world.products.count}`;
    fail(place, ['products', index], product, `${expected}${suggestion(product, names)}`);
  }
}

function requireNumbers(
  numbers: readonly number[] | undefined,
  count: number,
  key: string,
  place: TargetPlace,
): void {
  for (const [index, number] of (numbers ?? []).entries()) {
    if (number > count) fail(place, [key, index], number, `a number from 1 to ${count}`);
  }
}

function requireKnown(
  names: readonly string[] | undefined,
  known: ReadonlySet<string>,
  what: string,
  key: string,
  place: TargetPlace,
): void {
  for (const [index, name] of (names ?? []).entries()) {
    if (known.has(name)) continue;
    const list = known.size <= 60 ? `: ${[...known].sort().join(', ')}` : '';
    fail(place, [key, index], name, `${what}${suggestion(name, known)}${list}`);
  }
}

function fail(
  { scenario, effect }: TargetPlace,
  path: readonly (string | number)[],
  value: unknown,
  expected: string,
): never {
  const fallback = { file: scenario.file, index: effect };
  const { file, at } = whereText(scenario.effects[effect], ['targets', ...path], fallback);
  throw new InputError(
    `Cannot use scenario ${file} in this world: ${at} is ${quoted(value)}: expected ${expected}`,
  );
}

function stateOf(world: World, site: { readonly geographyId: number }): string {
  return world.geographies[site.geographyId - 1].state;
}
