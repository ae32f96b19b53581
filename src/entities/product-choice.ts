/** What a customer wants for a line: something of the repertoire that is due, or something noticed, by its appeal. */
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { CARD_OFFER_CHANCE, STOCK_UP_CHANCE, takes } from '../policy/household-deals.ts';
import {
  entryChance,
  habit,
  noticePeriod,
  notices,
  repertoireSize,
} from '../policy/household-repertoire.ts';
import type { Merchandise } from './merchandise.ts';
import type { Patrons } from './patrons.ts';
import type { Clock, Setting } from './services.ts';

/** Products of the repertoire that are considered for a line, and products that are looked at. */
const RECALLS = 6;
const LOOKS = 24;
/** Products that a newcomer's past is made from, for each place in the repertoire. */
const RECOLLECTIONS = 8;

export interface ChoiceRegion extends Setting, Clock {
  readonly patrons: Patrons;
  /** Days after which each product is needed again. */
  readonly cycleDays: Uint8Array;
  /** How easily each product enters repertoires (`likingOf`). */
  readonly liking: Float32Array;
}

/** The parts of a store that a choice depends on. */
export interface ChoiceStore {
  readonly region: ChoiceRegion;
  readonly merchandise: Merchandise;
  readonly stock: { readonly carried: Uint8Array };
}

/** Returns the household's nature. */
export function natureOf({ world, patrons }: ChoiceRegion, patron: number): number {
  return world.customers.nature[patrons.firstCustomerId - 1 + patron];
}

/**
 * Draws a product (index) of a department for a patron; -1 if the store has none that appeals.
 * @param online whether it is for an online order
 */
export function drawProduct(
  store: ChoiceStore,
  patron: number,
  department: number,
  stream: Substream,
  online = false,
): number {
  const { region, merchandise, stock } = store;
  const { patrons } = region;
  const nature = natureOf(region, patron);
  const day = Math.floor(region.nowMs / DAY_MS);
  if (stream.chance(habit(nature, online))) {
    const product = recallDue(store, patron, nature, department, day, stream);
    if (product >= 0) return product;
  }
  const period = noticePeriod(nature, day);
  let choice = -1;
  for (let look = 0; look < LOOKS; look++) {
    const product = merchandise.drawProduct(department, stream);
    if (product < 0) return -1;
    if (stock.carried[product] === 0) continue;
    if (choice < 0) choice = product;
    if (patrons.knows(patron, product) || patrons.hasTried(patron, product, period)) continue;
    choice = product;
    if (!notices(nature, product, period)) continue;
    if (likes(store, patron, nature, product, stream)) return product;
  }
  return choice;
}

/**
 * Gives a customer who shops for the first time in this world the repertoire that it has from before: products by appeal
 * and liking, last bought some time ago.
 */
export function recollect(
  store: ChoiceStore,
  patron: number,
  departments: Float64Array,
  total: number,
  stream: Substream,
): void {
  const { region, merchandise } = store;
  const { patrons } = region;
  const nature = natureOf(region, patron);
  const size = repertoireSize(nature);
  const day = Math.floor(region.nowMs / DAY_MS);
  for (let look = 0; look < size * RECOLLECTIONS && patrons.knownTo(patron) < size; look++) {
    const product = merchandise.drawProduct(stream.weighted(departments, total), stream);
    if (product < 0 || patrons.knows(patron, product)) continue;
    if (!stream.chance(entryChance(nature, region.liking[product]))) continue;
    const agoDays = stream.below(2 * region.cycleDays[product]);
    patrons.learn(patron, size, product, day - agoDays, stream);
  }
}

/** Draws a product of the repertoire that the store carries and that is due; -1 if none comes to mind. */
function recallDue(
  { region, stock, merchandise }: ChoiceStore,
  patron: number,
  nature: number,
  department: number,
  day: number,
  stream: Substream,
): number {
  const { patrons, world, cycleDays } = region;
  for (let recall = 0; recall < RECALLS; recall++) {
    const slot = patrons.recall(patron, stream);
    if (slot < 0) return -1;
    const product = patrons.productIn(slot);
    if (world.products.department[product] !== department || stock.carried[product] === 0) continue;
    const elapsedDays = (day - patrons.lastDayOf(slot)) & 0xffff;
    if (stream.unit() * cycleDays[product] >= elapsedDays) continue;
    const offered = onOffer(merchandise, world, patrons, patron, product);
    const chance = takes(nature, offered) * (offered ? 1 : STOCK_UP_CHANCE);
    if (stream.chance(chance)) return product;
  }
  return -1;
}

/** Whether a product that the customer looks at is taken at its price of the day. */
function likes(
  { region, merchandise }: ChoiceStore,
  patron: number,
  nature: number,
  product: number,
  stream: Substream,
): boolean {
  const { patrons, world } = region;
  const offered = onOffer(merchandise, world, patrons, patron, product);
  if (!stream.chance(takes(nature, offered))) return false;
  const forCardsOnly = !offered && merchandise.memberCode[product] !== '';
  return !forCardsOnly || stream.chance(CARD_OFFER_CHANCE);
}

function onOffer(
  { memberCode, publicCode }: Merchandise,
  { customers }: Setting['world'],
  { firstCustomerId }: Patrons,
  patron: number,
  product: number,
): boolean {
  const codes = customers.loyalty[firstCustomerId - 1 + patron] === 1 ? memberCode : publicCode;
  return codes[product] !== '';
}
