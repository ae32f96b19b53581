/**
 * The largest world: ids have room for a number of entities and sequences, a region's
 * calendar for a number of events at a time, its purchase histories for a number of customers.
 *
 * Larger worlds are refused here, before anything is written, so that no run ends at a limit half way.
 */
import { ENTITY_LIMIT, SEQUENCE_LIMIT } from '../domain/ids.ts';
import { InputError } from '../domain/errors.ts';
import { CALENDAR_LIMIT } from '../engine/calendar.ts';
import { formatInstant } from '../engine/time.ts';
import type { Config } from './config.ts';
import { LARGEST_STORE_SHARE } from './network.ts';
import type { RegionPlan, Truck } from './world.ts';

type Volume = Config['volume'];

/** Customers of one region; their purchase histories are one array. */
export const REGION_CUSTOMER_LIMIT = 2 ** 25;
/** Years in which a world may run: those for which rules of time zones and holidays are known. */
const FIRST_MS = Date.UTC(1970, 0, 1);
const LAST_MS = Date.UTC(2200, 0, 1);
/** The limits of a date. */
const FURTHEST_MS = 8.64e15;
/** The largest factor by which a season or a scenario may lift a volume above its mean. */
const PEAK = 2;
/**
 * Events that wait at the same time, measured over histories of some months: for each visit a day, shoppers in
 * the store and later visits; for each line of a ticket, goods that will be returned weeks later,
 * on Christmas Eve those of five weeks; for each online order a day, its way to the customer and back.
 */
const WAITING_PER_VISIT = 0.4;
const WAITING_PER_LINE = 0.8;
const WAITING_PER_ORDER = 20;

/**
 * @param countByRegion customers of each region, in the order of the regions
 * @throws InputError if a region has more customers than their histories have room for
 */
export function requireCustomerRoom(countByRegion: readonly number[]): void {
  for (const [index, count] of countByRegion.entries()) {
    if (count <= REGION_CUSTOMER_LIMIT) continue;
    throw new InputError(
      `Cannot place ${shown(count)} customers in region ${index + 1}: a region has room for ${shown(REGION_CUSTOMER_LIMIT)}; ` +
        'raise volume.dcs, or lower volume.total_customers',
    );
  }
}

/**
 * @throws InputError if a region would have more events waiting than its calendar holds, or if the
 * fleets have more trucks than ids
 */
export function requireWithinLimits(
  volume: Volume,
  regions: readonly RegionPlan[],
  trucks: readonly Truck[],
): void {
  for (const region of regions) requireCalendarRoom(volume, region);
  const lastId = trucks.at(-1)?.id ?? 0;
  if (lastId >= ENTITY_LIMIT) {
    throw new InputError(
      `Cannot number ${shown(trucks.length)} trucks: ids reach to ${shown(ENTITY_LIMIT - 1)}, and the last would be ${shown(lastId)}; ` +
        'raise volume.truck_capacity, or lower volume.customers_per_day or volume.stores',
    );
  }
}

/** Returns the number of events that may wait in a region's calendar at a peak. */
export function waitingEvents(volume: Volume, region: RegionPlan): number {
  const visits = region.stores.reduce((sum, { visitsPerDay }) => sum + visitsPerDay, 0);
  const perVisit = WAITING_PER_VISIT + WAITING_PER_LINE * volume.items_per_ticket_mean;
  const orders = volume.online_orders_per_day * region.customerShare;
  return Math.ceil(PEAK * (visits * perVisit + orders * WAITING_PER_ORDER));
}

function requireCalendarRoom(volume: Volume, region: RegionPlan): void {
  const waiting = waitingEvents(volume, region);
  if (waiting <= CALENDAR_LIMIT) return;
  throw new InputError(
    `Cannot simulate region ${region.id} with ${region.stores.length} stores: about ${shown(waiting)} events would wait in its calendar at a time, ` +
      `which holds ${shown(CALENDAR_LIMIT)}; raise volume.dcs, or lower volume.stores, volume.customers_per_day, ` +
      'volume.items_per_ticket_mean or volume.online_orders_per_day',
  );
}

/** Number of days from its opening for which a world has ids of visits and online orders. */
export function daysOfIds(volume: Volume): number {
  const perDay = Math.max(
    volume.customers_per_day * LARGEST_STORE_SHARE,
    volume.online_orders_per_day,
  );
  return Math.floor(SEQUENCE_LIMIT / (PEAK * perDay));
}

/**
 * @param days from the opening of the world to the end of the window
 * @throws InputError if the ids of a store's visits or a region's orders may run out before that
 */
export function requireIdsFor(volume: Volume, days: number): void {
  const most = daysOfIds(volume);
  if (days <= most) return;
  throw new InputError(
    `Cannot run a world of this config for ${shown(Math.ceil(days))} days from its opening: ids number ${shown(SEQUENCE_LIMIT)} visits of a store and as many online orders of a region, ` +
      `which lasts for ${shown(most)} days; choose an earlier end, or lower volume.customers_per_day or volume.online_orders_per_day`,
  );
}

/** @throws InputError if a world can't reach that instant */
export function requireKnownYear(atMs: number): void {
  if (atMs >= FIRST_MS && atMs <= LAST_MS) return;
  const instant = Math.abs(atMs) <= FURTHEST_MS ? formatInstant(atMs) : 'an instant so far away';
  throw new InputError(
    `Cannot simulate ${instant}: a world can run between ${formatInstant(FIRST_MS)} and ${formatInstant(LAST_MS)}; choose an instant there`,
  );
}

function shown(value: number): string {
  return value.toLocaleString('en-US');
}
