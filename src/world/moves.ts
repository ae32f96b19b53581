/** Where customers live as time goes on: some move to another home in their region at the turn of a month. */
import type { RecordOf } from '../domain/columns.ts';
import type { DIMENSIONS } from '../domain/dimensions.ts';
import { civilFromDays, DAY_MS, daysFromCivil } from '../engine/time.ts';
import { mix, purposeKey } from '../engine/substream.ts';
import { newHome, nextMoveMonth } from '../policy/household-life.ts';
import { nearestPoint } from './distance.ts';
import { Homes } from './homes.ts';
import { addressEnd, streetAddress } from './street-address.ts';
import type { RegionPlan, World } from './world.ts';

type Setting = Pick<World, 'customers' | 'geographies' | 'dcs'>;

type MoveRecord = RecordOf<typeof DIMENSIONS.customer_moves>;

const ADDRESS = purposeKey('customer', 'new address');
/** Keeps the addresses of different customers apart. */
const MOST_MOVES = 4096;
const UINT32_SPAN = 2 ** 32;

/** Returns the number of month's turns (UTC) between two instants. */
export function monthsBetween(fromMs: number, toMs: number): number {
  return monthNumber(toMs) - monthNumber(fromMs);
}

/** Returns the first instant of the month that lies `months` after that of an instant. */
export function monthStartMs(fromMs: number, months: number): number {
  const number = monthNumber(fromMs) + months;
  return daysFromCivil(Math.floor(number / 12), (number % 12) + 1, 1) * DAY_MS;
}

function monthNumber(atMs: number): number {
  const { year, month } = civilFromDays(Math.floor(atMs / DAY_MS));
  return year * 12 + month - 1;
}

/** The moves of a region's customers. The home that was looked up last is in its fields. */
export class Moves {
  private readonly world: Setting;
  private readonly homes: Homes;
  /** Number of the last move, 0 for none, and its month. */
  move = 0;
  month = 0;
  geographyId = 0;
  homeStoreId = 0;

  private constructor(world: Setting, homes: Homes) {
    this.world = world;
    this.homes = homes;
  }

  static of(world: Setting, plan: Pick<RegionPlan, 'id' | 'stores'>): Moves {
    const places = world.geographies.filter(
      (place) => nearestPoint(place, world.dcs)?.id === plan.id,
    );
    return new Moves(world, new Homes(places, plan.stores));
  }

  /** Looks up the home of a customer of the region in a month. @param month number since the world opened */
  find(customerId: number, month: number): void {
    const { customers } = this.world;
    const nature = customers.nature[customerId - 1];
    this.move = 0;
    this.month = 0;
    let next = nextMoveMonth(nature, 1, 0);
    while (next <= month) {
      this.move++;
      this.month = next;
      next = nextMoveMonth(nature, this.move + 1, next);
    }
    if (this.move === 0) {
      this.geographyId = customers.geographyId[customerId - 1];
      this.homeStoreId = customers.homeStoreId[customerId - 1];
      return;
    }
    const home = newHome(nature, this.move);
    const place = this.homes.placeAt((mix(home) >>> 0) / UINT32_SPAN);
    this.homes.find(place, home);
    this.geographyId = this.homes.places[place].id;
    this.homeStoreId = this.homes.storeId;
  }
}

/** Returns the moves of all customers before an instant, by time and customer. */
export function moveRecords(
  world: Setting & Pick<World, 'seed' | 'startMs' | 'regions'>,
  endMs: number,
): MoveRecord[] {
  const records = world.regions.flatMap((plan) => [...movesIn(world, plan, endMs)]);
  return records.sort((a, b) => a.movedMs - b.movedMs || a.customerId - b.customerId);
}

/** The moves in a region, by customer. */
function* movesIn(
  world: Setting & Pick<World, 'seed' | 'startMs'>,
  plan: RegionPlan,
  endMs: number,
): Generator<MoveRecord> {
  const { seed, startMs, customers, geographies } = world;
  const moves = Moves.of(world, plan);
  const last = plan.firstCustomerId + plan.customerCount;
  for (let customerId = plan.firstCustomerId; customerId < last; customerId++) {
    const nature = customers.nature[customerId - 1];
    let month = 0;
    for (let move = 1; ; move++) {
      month = nextMoveMonth(nature, move, month);
      const movedMs = monthStartMs(startMs, month);
      if (movedMs >= endMs) break;
      moves.find(customerId, month);
      const { geographyId, homeStoreId } = moves;
      const street = streetAddress(seed, ADDRESS, customerId * MOST_MOVES + move);
      const address = street + addressEnd(geographies[geographyId - 1]);
      yield { customerId, movedMs, address, geographyId, homeStoreId };
    }
  }
}
