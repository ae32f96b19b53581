/**
 * The products on sale today with their prices and appeal: one for each region, or one for each
 * store if scenarios treat the stores' products differently.
 *
 * A pure function of time, recomputed when it expires (daily at 10:00 UTC, when every store is
 * closed, and when a scenario changes something), so checkpoints don't contain it.
 */
import { DEPARTMENTS, DISCOUNT } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { AliasTable } from '../engine/variates.ts';
import {
  type Markdown,
  markdownOf,
  SEASONAL_GOODS,
  seasonalAppeal,
  seasonalGoodsOf,
} from '../policy/clearance.ts';
import { complements } from '../policy/complements.ts';
import type { Effects } from '../policy/effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import {
  discountedCents,
  discountTypeOf,
  DISPLAYED_FROM_PERCENT,
  offerLift,
  percentOff,
  PRICES_TURN_MS,
  promotionCode,
  promotionWeek,
} from '../policy/promotions.ts';
import type { Products } from '../world/world.ts';
import type { RegionWeather } from './region-weather.ts';

/** Customers that an offer is for. Customers with a loyalty card also get the offers for everybody. */
export const REACH = { nobody: 0, members: 1, everybody: 2 } as const;

export interface MerchandiseOptions {
  readonly seed: number;
  readonly products: Products;
  readonly effects: Effects;
  readonly weather: RegionWeather;
  /** Of the region: weather is that of its local day. */
  readonly timeZone: string;
  readonly dcId: number;
  /** The store whose scenario effects apply; undefined if scenarios don't change products. */
  readonly storeId?: number | undefined;
}

export class Merchandise {
  /** Price for every customer, and price with a loyalty card: cents, by product index. */
  readonly publicPriceCents: Int32Array;
  readonly memberPriceCents: Int32Array;
  /** Code of the promotion that lowers a price below SalePrice, or ''. */
  readonly publicCode: string[];
  readonly memberCode: string[];
  /** By product: the customers that today's offer is for, a value of `REACH`. */
  readonly reach: Uint8Array;
  /** The same if the offer stands on a display and in the flyer, else nobody. */
  readonly displayed: Uint8Array;
  /** Index into DISCOUNT_TYPES of the promotion of the price with a loyalty card. */
  readonly discountType: Uint8Array;
  /** Product indices of each department, and the appeal of each. */
  readonly departmentProducts: readonly Int32Array[];
  /**
   * By product: chance that who comes across it wants it now, whatever they are used to, since scenarios raise its demand;
   * undefined if they raise none.
   */
  rush: Float64Array | undefined;
  private readonly appeal: (AliasTable | undefined)[] = [];
  /** The same by category; built when needed. */
  private readonly categories: Categories;
  private readonly categoryAppeal: (AliasTable | undefined)[] = [];
  /** By product: popularity times what prices and scenarios make of it today; 0 before the launch. */
  private readonly weight: Float64Array;
  private readonly seed: number;
  private readonly products: Products;
  private readonly effects: Effects;
  private readonly weather: RegionWeather;
  private readonly zone: ZoneTime;
  private readonly dcId: number;
  private readonly storeId: number;
  private validUntilMs = Number.NEGATIVE_INFINITY;
  private readonly codes = new Map<number, string>();
  /** Number of the seasonal goods of each product, -1 for goods for all the year. */
  private readonly seasonal: Int8Array;
  /** By number of the seasonal goods: today's markdown, and their appeal with it. */
  private readonly markdowns: (Markdown | undefined)[] = [];
  private readonly seasonAppeal: number[] = [];

  constructor(options: MerchandiseOptions) {
    const { products } = options;
    this.seed = options.seed;
    this.products = products;
    this.effects = options.effects;
    this.weather = options.weather;
    this.zone = new ZoneTime(options.timeZone);
    this.dcId = options.dcId;
    this.storeId = options.storeId ?? 0;
    const { count } = products;
    this.publicPriceCents = new Int32Array(count);
    this.memberPriceCents = new Int32Array(count);
    this.publicCode = new Array(count).fill('');
    this.memberCode = new Array(count).fill('');
    this.reach = new Uint8Array(count);
    this.displayed = new Uint8Array(count);
    this.discountType = new Uint8Array(count);
    this.departmentProducts = productsByDepartment(products);
    this.categories = categoriesOf(products);
    this.weight = new Float64Array(count);
    this.seasonal = Int8Array.from(products.department, (department, index) =>
      seasonalGoodsOf(department, products.subcategory[index]),
    );
  }

  /** Updates prices and appeal to `nowMs`. Call it before reading them. */
  refresh(nowMs: number): void {
    if (nowMs < this.validUntilMs) return;
    const turnMs = Math.floor((nowMs - PRICES_TURN_MS) / DAY_MS) * DAY_MS + PRICES_TURN_MS;
    const nextTurnMs = turnMs + DAY_MS;
    let sinceMs = turnMs;
    this.validUntilMs = nextTurnMs;
    for (const changeMs of this.effects.changesMs(turnMs, nextTurnMs, this.dcId)) {
      if (changeMs <= nowMs) sinceMs = changeMs;
      else {
        this.validUntilMs = changeMs;
        break;
      }
    }
    this.reprice(sinceMs, turnMs);
  }

  /** Lets prices and appeal be computed again when they are next asked for. */
  expire(): void {
    this.validUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** Draws a product (index) of the department by appeal among the launched ones; -1 if there is none. */
  drawProduct(department: number, stream: Substream): number {
    const appeal = this.appeal[department];
    return appeal === undefined ? -1 : this.departmentProducts[department][appeal.draw(stream)];
  }

  /** Returns today's odds of the products of a department, as places in `departmentProducts`; undefined if there are none. */
  oddsOf(department: number): AliasTable | undefined {
    return this.appeal[department];
  }

  /** Draws a product of a category that goes with a product, by appeal; -1 if there is none. */
  drawComplement(product: number, stream: Substream): number {
    const { members, complements: partners } = this.categories;
    const choices = partners[this.products.categoryIndex[product]];
    if (choices.length === 0) return -1;
    const category = choices[stream.below(choices.length)];
    let appeal = this.categoryAppeal[category];
    if (appeal === undefined) {
      const weights = members[category].map((member) => this.weight[member]);
      if (!weights.some((weight) => weight > 0)) return -1;
      appeal = new AliasTable(weights);
      this.categoryAppeal[category] = appeal;
    }
    return members[category][appeal.draw(stream)];
  }

  private reprice(atMs: number, turnMs: number): void {
    this.categoryAppeal.length = 0;
    this.rush = undefined;
    const week = promotionWeek(turnMs);
    const { products } = this;
    // Prices turn at night, so all stores of the region are in the same local day.
    const day = this.zone.localDay(turnMs);
    for (const goods of SEASONAL_GOODS.keys()) {
      this.markdowns[goods] = markdownOf(goods, Math.floor(turnMs / DAY_MS));
      this.seasonAppeal[goods] = seasonalAppeal(goods, Math.floor(turnMs / DAY_MS));
    }
    for (let department = 0; department < this.departmentProducts.length; department++) {
      const members = this.departmentProducts[department];
      const weights = new Float64Array(members.length);
      for (let place = 0; place < members.length; place++) {
        const index = members[place];
        const lift = this.priceOf(index, department, week, atMs);
        const launched = products.launchMs[index] <= turnMs;
        const weather = this.weather.category(products.category[index], day);
        weights[place] = launched ? products.popularity[index] * lift * weather : 0;
        this.weight[index] = weights[place];
      }
      this.appeal[department] = weights.some((weight) => weight > 0)
        ? new AliasTable(weights)
        : undefined;
    }
  }

  /** Sets a product's prices and returns the factor on its demand. */
  private priceOf(index: number, department: number, week: number, atMs: number): number {
    const salePriceCents = this.products.salePriceCents[index];
    const productId = index + 1;
    let listCents = salePriceCents;
    let lift = 1;
    let percent = percentOff(this.seed, week, productId, department);
    let type = percent > 0 ? discountTypeOf(this.seed, week, productId) : DISCOUNT.percentOff;
    let code = percent > 0 ? this.code(week, department, percent, type) : '';
    let appeal = percent > 0 ? offerLift(percent) : 1;
    const goods = this.seasonal[index];
    if (goods >= 0) {
      const markdown = this.markdowns[goods];
      appeal =
        markdown === undefined ? appeal * this.seasonAppeal[goods] : this.seasonAppeal[goods];
      // Goods after their season have no other offer, whatever the week's would be.
      if (markdown !== undefined) {
        percent = markdown.percent;
        type = DISCOUNT.clearance;
        code = markdown.code;
      }
    }
    if (this.effects.touchesProducts) {
      listCents = Math.round(salePriceCents * this.effects.price(this.storeId, productId, atMs));
      lift = this.effects.productDemand(this.storeId, productId, atMs);
      if (lift > 1) {
        this.rush ??= new Float64Array(this.products.count);
        this.rush[index] = 1 - 1 / lift;
      }
      const offer = this.effects.promotion(this.storeId, productId, atMs);
      if (offer !== undefined && offer.percentOff > percent) {
        percent = offer.percentOff;
        type = DISCOUNT.percentOff;
        code = offer.code;
        appeal = offerLift(percent);
      }
    }
    const memberOnly = type === DISCOUNT.loyalty;
    const offerCents = percent > 0 ? discountedCents(salePriceCents, percent) : listCents;
    this.memberPriceCents[index] = offerCents;
    this.memberCode[index] = code;
    this.publicPriceCents[index] = memberOnly ? listCents : offerCents;
    this.publicCode[index] = memberOnly ? '' : code;
    this.reach[index] = code === '' ? REACH.nobody : memberOnly ? REACH.members : REACH.everybody;
    this.displayed[index] = percent >= DISPLAYED_FROM_PERCENT ? this.reach[index] : REACH.nobody;
    this.discountType[index] = type;
    return lift * appeal;
  }

  private code(week: number, department: number, percent: number, type: number): string {
    const key = ((week * 16 + department) * 128 + percent) * 2 + type;
    let code = this.codes.get(key);
    if (code === undefined) {
      if (this.codes.size > 1000) this.codes.clear();
      code = promotionCode(week, department, percent, type);
      this.codes.set(key, code);
    }
    return code;
  }
}

const grouped = new WeakMap<Products, readonly Int32Array[]>();

/** Returns the product indices of each department: the same arrays for each call with the same products. */
function productsByDepartment(products: Products): readonly Int32Array[] {
  let groups = grouped.get(products);
  if (groups === undefined) {
    groups = DEPARTMENTS.map((_, department) => {
      const members: number[] = [];
      for (let index = 0; index < products.count; index++) {
        if (products.department[index] === department) members.push(index);
      }
      return Int32Array.from(members);
    });
    grouped.set(products, groups);
  }
  return groups;
}

/** Product indices of each category, and the categories that go with it. */
interface Categories {
  readonly members: readonly Float64Array[];
  readonly complements: readonly (readonly number[])[];
}

const categorised = new WeakMap<Products, Categories>();

/** Returns the same object for each call with the same products. */
function categoriesOf(products: Products): Categories {
  let categories = categorised.get(products);
  if (categories === undefined) {
    const groups: number[][] = [];
    const names: string[] = [];
    for (let index = 0; index < products.count; index++) {
      const category = products.categoryIndex[index];
      groups[category] ??= [];
      groups[category].push(index);
      names[category] = products.category[index];
    }
    categories = {
      members: groups.map((members) => Float64Array.from(members)),
      complements: complements(names),
    };
    categorised.set(products, categories);
  }
  return categories;
}
