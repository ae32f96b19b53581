/** Invented street addresses: made-up streets in made-up places. */
import { faker } from '@faker-js/faker/locale/en';
import { hash32, purposeKey } from '../engine/substream.ts';
import type { Place } from './dictionaries.ts';

/** Streets that addresses draw from. */
const STREET_COUNT = 2000;
const HIGHEST_NUMBER = 9899;

const NUMBER = purposeKey('address', 'number');
const STREET = purposeKey('address', 'street');

let streets: readonly string[] | undefined;

/** The pool of street names, the same in every world. */
function streetNames(): readonly string[] {
  if (streets === undefined) {
    faker.seed(1);
    const names = new Set<string>();
    while (names.size < STREET_COUNT) names.add(faker.location.street());
    streets = [...names];
  }
  return streets;
}

/** House number and street of an entity, given by `key` (see `purposeKey`) and number. */
export function streetAddress(seed: number, key: number, entity: number): string {
  const number = 1 + ((hash32(seed, NUMBER ^ key, entity) >>> 0) % HIGHEST_NUMBER);
  const pool = streetNames();
  return `${number} ${pool[(hash32(seed, STREET ^ key, entity) >>> 0) % pool.length]}`;
}

/** City, state and ZIP at the end of an address: `, Springfield, TX 75001`. */
export function addressEnd({ city, state, zip }: Pick<Place, 'city' | 'state' | 'zip'>): string {
  return `, ${city}, ${state} ${zip}`;
}
