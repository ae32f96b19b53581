/** What a customer wants for a line: something of the repertoire that is due, or something noticed, by its appeal. */
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import {
  CARD_OFFER_CHANCE,
  ONLINE_STOCK_UP_CHANCE,
  STOCK_UP_CHANCE,
  seesDisplay,
  takes,
} from '../policy/household-deals.ts';
import { habit, noticePeriod, notices, repertoireSize } from '../policy/household-repertoire.ts';
import { promotionWeek } from '../policy/promotions.ts';
import { type Merchandise, REACH } from './merchandise.ts';
import type { Patrons } from './patrons.ts';
import type { Clock, Setting } from './services.ts';

/** Products of the repertoire that are considered for a line: a web shop shows what one has bought before. */
const RECALLS = 6;
const ONLINE_RECALLS = 40;
/** Products that are looked at for a line. */
const LOOKS = 24;
/** Products that a newcomer's past is made from, for each place in the repertoire. */
const RECOLLECTIONS = 8;
/** The products looked at for the present line. */
const looked = new Int32Array(LOOKS);

export interface ChoiceRegion extends Setting, Clock {
  readonly patrons: Patrons;
  /** Days after which each product is needed again. */
  readonly cycleDays: Uint8Array;
}

/** The parts of a store that a choice depends on. */
export interface ChoiceStore {
  readonly region: ChoiceRegion;
  readonly merchandise: Merchandise;
  readonly stock: { readonly carried: Uint8Array };
}

/** Returns the nature of a patron's household. */
export function natureOf({ world, patrons }: ChoiceRegion, patron: number): number {
  return world.customers.nature[patrons.firstCustomerId - 1 + patron];
}

/** A customer who makes up a list or an order now, for a store. */
export class Chooser {
  private readonly store: ChoiceStore;
  private readonly patron: number;
  private readonly stream: Substream;
  private readonly nature: number;
  private readonly day: number;
  private readonly habit: number;
  /** Number of the promotion week. */
  private readonly week: number;
  private readonly recalls: number;
  private readonly stockUp: number;
  /** The least reach of an offer that holds for the customer. */
  private readonly reach: number;

  /** @param online whether it is for an online order */
  constructor(store: ChoiceStore, patron: number, stream: Substream, online: boolean) {
    const { region } = store;
    const { customers } = region.world;
    this.store = store;
    this.patron = patron;
    this.stream = stream;
    this.nature = natureOf(region, patron);
    this.day = Math.floor(region.nowMs / DAY_MS);
    this.week = promotionWeek(region.nowMs);
    this.habit = habit(this.nature, online);
    this.recalls = online ? ONLINE_RECALLS : RECALLS;
    this.stockUp = online ? ONLINE_STOCK_UP_CHANCE : STOCK_UP_CHANCE;
    const member = customers.loyalty[region.patrons.firstCustomerId - 1 + patron] === 1;
    this.reach = member ? REACH.members : REACH.everybody;
  }

  /** Draws a product (index) of a department; -1 if the store has none that appeals. */
  draw(department: number): number {
    const { store, patron, nature, stream } = this;
    if (stream.chance(this.habit)) {
      const product = this.recallDue(department);
      if (product >= 0) return product;
    }
    const { patrons } = store.region;
    const { carried } = store.stock;
    const odds = store.merchandise.oddsOf(department);
    if (odds === undefined) return -1;
    const members = store.merchandise.departmentProducts[department];
    const { rush } = store.merchandise;
    const period = noticePeriod(nature, this.day);
    let seen = 0;
    for (let look = 0; look < LOOKS; look++) {
      const product = members[odds.draw(stream)];
      if (carried[product] === 0) continue;
      if (rush !== undefined && rush[product] > 0 && stream.chance(rush[product])) return product;
      looked[seen++] = product;
      if (!notices(nature, product, period) && !this.seesOffer(product)) continue;
      if (patrons.isUsedTo(patron, product, period)) continue;
      if (this.likes(product)) return product;
    }
    // Nothing appeals: the last product looked at that is new to the customer, or else the first of all.
    for (let last = seen - 1; last > 0; last--) {
      if (!patrons.isUsedTo(patron, looked[last], period)) return looked[last];
    }
    return seen === 0 ? -1 : looked[0];
  }

  /**
   * Gives a customer who shops for the first time in this world the repertoire that they have from before: products by
   * appeal and liking, last bought some time ago.
   * @param departments weights of the departments, and their sum
   */
  recollect(departments: Float64Array, total: number): void {
    const { store, patron, stream } = this;
    const { patrons, cycleDays } = store.region;
    const size = repertoireSize(this.nature);
    for (let look = 0; look < size * RECOLLECTIONS && patrons.knownTo(patron) < size; look++) {
      const product = store.merchandise.drawProduct(stream.weighted(departments, total), stream);
      if (product < 0 || patrons.knows(patron, product)) continue;
      if (!patrons.takesTo(patron, product, stream)) continue;
      patrons.learn(patron, product, this.day - stream.below(2 * cycleDays[product]), stream);
    }
  }

  /** Draws a product of the repertoire that the store carries and that is due; -1 if none comes to mind. */
  private recallDue(department: number): number {
    const { store, patron, stream } = this;
    const { patrons, world, cycleDays } = store.region;
    for (let recall = 0; recall < this.recalls; recall++) {
      const slot = patrons.recall(patron, stream);
      if (slot < 0) return -1;
      const product = patrons.productIn(slot);
      if (world.products.department[product] !== department) continue;
      if (store.stock.carried[product] === 0) continue;
      const elapsedDays = (this.day - patrons.lastDayOf(slot)) & 0xffff;
      if (stream.unit() * cycleDays[product] >= elapsedDays) continue;
      const offered = store.merchandise.reach[product] >= this.reach;
      const chance = takes(this.nature, offered) * (offered ? 1 : this.stockUp);
      if (stream.chance(chance)) return product;
    }
    return -1;
  }

  private seesOffer(product: number): boolean {
    if (this.store.merchandise.displayed[product] < this.reach) return false;
    return seesDisplay(this.nature, product, this.week);
  }

  /** Whether a product that the customer looks at is taken at its price of the day. */
  private likes(product: number): boolean {
    const reach = this.store.merchandise.reach[product];
    const offered = reach >= this.reach;
    if (!this.stream.chance(takes(this.nature, offered))) return false;
    return offered || reach === REACH.nobody || this.stream.chance(CARD_OFFER_CHANCE);
  }
}
