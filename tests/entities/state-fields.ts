/** All fields that the entities of a region have, by path: what must be alike after a restore. */
import { Substream } from '../../src/engine/substream.ts';
import { AliasTable } from '../../src/engine/variates.ts';
import { CustomerSession } from '../../src/entities/customer-session.ts';
import { HouseholdBudgets } from '../../src/entities/household-budgets.ts';
import { Households } from '../../src/entities/households.ts';
import { Merchandise } from '../../src/entities/merchandise.ts';
import { OfferPlan } from '../../src/entities/offer-plan.ts';
import type { Region } from '../../src/entities/region.ts';
import { RegionWeather } from '../../src/entities/region-weather.ts';
import { SessionPool } from '../../src/entities/session-pool.ts';
import { SlotPool } from '../../src/entities/slot-pool.ts';
import { StoreArrivals } from '../../src/entities/store-arrivals.ts';
import { StoreDemand } from '../../src/entities/store-demand.ts';
import { SupplyLine } from '../../src/entities/supply-line.ts';
import { ZoneTime } from '../../src/policy/local-time.ts';

/** Pure functions of world and time that remember what they computed: no state. */
const COMPUTED = [
  HouseholdBudgets,
  Households,
  Merchandise,
  OfferPlan,
  RegionWeather,
  StoreArrivals,
  StoreDemand,
  AliasTable,
  ZoneTime,
];
/** Fields that are no state, by class, and why. */
const NO_STATE: readonly (readonly [type: new (...args: never[]) => object, fields: string[]])[] = [
  // Room for more lines than there are; stale beyond their count.
  [CustomerSession, ['lines']],
  // Room for more records than there are; its sections are compared instead.
  [SlotPool, ['data']],
  // Records of visits that have ended serve the next ones; those under way are compared.
  [SessionPool, ['sessions']],
  // Ids of the orders of the review under way; forgotten between two instants.
  [SupplyLine, ['orderIds']],
];

/** Fields of a running region by path, such as `region.stores[0].inside`; a repeated object is a reference to its path. */
export function stateFields(region: Region): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  const { world, plan, effects, facts, scratch, executive } = region;
  const given = { world, plan, effects, facts, scratch, executive };
  const paths = new Map<object, string>();
  for (const [name, one] of Object.entries(given)) paths.set(one, name);

  // Breadth first, so that an object goes by its shortest path.
  const waiting: [path: string, value: unknown][] = [['region', region]];
  for (const [path, value] of waiting) {
    if (typeof value === 'function') continue;
    if (typeof value !== 'object' || value === null) fields.set(path, value);
    else if (value instanceof Substream) fields.set(path, value.state().join());
    else if (ArrayBuffer.isView(value)) fields.set(path, (value as Int32Array).join());
    else if (COMPUTED.some((type) => value instanceof type)) continue;
    else if (paths.has(value)) fields.set(path, `→ ${paths.get(value)}`);
    else {
      if (!isPlain(value)) paths.set(value, path);
      waiting.push(...partsOf(value).map(([name, one]): [string, unknown] => [path + name, one]));
      if (Array.isArray(value)) fields.set(`${path}.length`, value.length);
    }
  }
  return fields;
}

/** What an object holds, by what a path goes on with. */
function partsOf(value: object): [name: string, part: unknown][] {
  if (value instanceof Map || value instanceof Set) return [['{}', [...value]]];
  if (Array.isArray(value)) return value.map((one, index) => [`[${index}]`, one]);
  const skipped = NO_STATE.find(([type]) => value instanceof type)?.[1] ?? [];
  const parts = Object.entries(value).filter(([name]) => !skipped.includes(name));
  if (value instanceof SessionPool) parts.push(['underWay', value.actors()]);
  if (value instanceof CustomerSession) parts.push(['list', value.save()]);
  return parts.map(([name, one]) => [`.${name}`, one]);
}

/** Data without a class of its own: compared by content, shared or not. */
function isPlain(value: object): boolean {
  const type = Object.getPrototypeOf(value);
  return type === Object.prototype || type === Array.prototype;
}

/** Paths whose values differ. */
export function differences(
  one: ReadonlyMap<string, unknown>,
  other: ReadonlyMap<string, unknown>,
): string[] {
  const paths = new Set([...one.keys(), ...other.keys()]);
  return [...paths].filter((path) => !Object.is(one.get(path), other.get(path)));
}
