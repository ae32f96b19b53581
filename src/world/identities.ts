/**
 * Names, addresses and phones of customers: data that only the master file contains.
 *
 * Everything is hashed from the customer's place and number there, as in population.ts; names come from the
 * dictionaries, streets are invented, phones have an area code of the customer's state and lie in the range
 * reserved for fiction (555-01xx).
 */
import type { RecordOf } from '../domain/columns.ts';
import { blankRecord } from '../domain/columns.ts';
import { DIMENSIONS } from '../domain/dimensions.ts';
import { hash32, purposeKey } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { inHoldout } from '../policy/holdout.ts';
import { accountAgeDays, joinMonth } from '../policy/household-life.ts';
import { areaCodesOf } from './area-codes.ts';
import type { Dictionaries } from './dictionaries.ts';
import { monthStartMs } from './moves.ts';
import { addressEnd, streetAddress } from './street-address.ts';
import type { World } from './world.ts';

export type CustomerRecord = RecordOf<typeof DIMENSIONS.customers>;
type NameDictionaries = Pick<Dictionaries, 'firstNames' | 'lastNames' | 'realPeople'>;

/** Number of places in a world, each with room for this many people; keeps the hashes of different places apart. */
const PLACE_STRIDE = 1e9;
const CARD_CODES = 1e9;
/** Coprime to the number of codes, so that no two customers have the same card. */
const CARD_STRIDE = 61_803_399;

const NAME = purposeKey('customer', 'name');
const PHONE = purposeKey('customer', 'phone');
const ADDRESS = purposeKey('customer', 'address');

/** Returns customers as in their master table, by id. The record is reused: copy it to keep it. */
export function* customerRecords(
  world: Pick<World, 'seed' | 'startMs' | 'config' | 'customers' | 'geographies'>,
  dictionaries: NameDictionaries,
): Generator<CustomerRecord> {
  const { seed, customers, geographies } = world;
  const { holdout_share: holdoutShare } = world.config.marketing;
  const record = blankRecord(DIMENSIONS.customers);
  const names = new Names(dictionaries);
  let end = '';
  let areas: readonly string[] = [];
  let number = 0;
  for (let index = 0; index < customers.count; index++) {
    const geographyId = customers.geographyId[index];
    if (index === 0 || geographyId !== record.geographyId) {
      number = 0;
      const geography = geographies[geographyId - 1];
      end = addressEnd(geography);
      areas = areaCodesOf(geography.state);
    }
    const key = geographyId * PLACE_STRIDE + number;
    record.id = index + 1;
    names.write(record, hash32(seed, NAME, key));
    record.address = streetAddress(seed, ADDRESS, key) + end;
    record.geographyId = geographyId;
    record.loyaltyCard = customers.loyalty[index] === 1 ? loyaltyCard(index + 1) : '';
    record.phone = phone(hash32(seed, PHONE, key), areas);
    record.bleCustomerId = index + 1;
    record.adCustomerId = index + 1;
    record.segment = customers.segment[index];
    record.homeStoreId = customers.homeStoreId[index];
    record.adHoldout = Number(inHoldout(seed, index + 1, holdoutShare));
    record.openedMs = accountOpenedMs(customers.nature[index], world.startMs);
    yield record;
    number++;
  }
}

/** Returns the first day on which a customer of a world is one, before its opening or after it, epoch ms. */
function accountOpenedMs(nature: number, startMs: number): number {
  const month = joinMonth(nature);
  if (month > 0) return monthStartMs(startMs, month);
  return (Math.floor(startMs / DAY_MS) - accountAgeDays(nature)) * DAY_MS;
}

/** Draws names from the dictionaries so that no customer has a real person's name. */
class Names {
  private readonly first: readonly string[];
  private readonly last: readonly string[];
  /** Pairs of names, as first · number of last names + last, that are a real person's. */
  private readonly real = new Set<number>();

  constructor({ firstNames, lastNames, realPeople }: NameDictionaries) {
    this.first = firstNames;
    this.last = lastNames;
    const lastLower = lastNames.map((name) => name.toLowerCase());
    for (const [index, first] of firstNames.entries()) {
      const start = `${first} `.toLowerCase();
      const rests = [...realPeople].filter((name) => name.startsWith(start));
      const taken = new Set(rests.map((name) => name.slice(start.length)));
      if (taken.size === 0) continue;
      for (const [other, last] of lastLower.entries()) {
        if (taken.has(last)) this.real.add(index * lastNames.length + other);
      }
    }
  }

  write(record: CustomerRecord, hash: number): void {
    const { length } = this.last;
    const first = (hash & 0xffff) % this.first.length;
    record.firstName = this.first[first];
    // The first last name, beginning at the hashed one, that gives no real person's name.
    for (let step = 0; step < length; step++) {
      const last = ((hash >>> 16) + step) % length;
      record.lastName = this.last[last];
      if (!this.real.has(first * length + last)) return;
    }
  }
}

function loyaltyCard(customerId: number): string {
  return `LC${String((customerId * CARD_STRIDE) % CARD_CODES).padStart(9, '0')}`;
}

function phone(hash: number, areas: readonly string[]): string {
  const area = areas[(hash >>> 8) % areas.length];
  return `(${area}) 555-01${String((hash & 0xff) % 100).padStart(2, '0')}`;
}
