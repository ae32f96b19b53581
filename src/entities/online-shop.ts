/** The online shop for one region's customers: its orders by the hour, and its campaigns. */
import type { Sections } from '../domain/plain-data.ts';
import type { OnlineShopPort } from '../domain/ports.ts';
import { FULFILLMENT } from '../domain/values.ts';
import { nextInHoursMs } from '../engine/hourly-process.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { negativeBinomial } from '../engine/variates.ts';
import { ONLINE_HOUR_SHARES, onlineIndex } from '../policy/calendar-effects.ts';
import { drawChanged } from '../policy/shares.ts';
import { type Campaign as CampaignPlan, campaignsBetween } from '../policy/campaigns.ts';
import type { Advertising } from '../policy/advertising.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { MODE_SHARES } from '../policy/fulfillment.ts';
import { MISSION } from '../policy/missions.ts';
import type { Households } from './households.ts';
import type { OrderLine, OrderPlan } from './online-order.ts';
import type { RegionServices } from './services.ts';
import { Chooser } from './product-choice.ts';
import { REDRAWS, type ShoppedStore, unitsWanted } from './shopping-list.ts';
import type { SavedState, StatefulPart } from './state.ts';
import type { StockLedger } from './stock-ledger.ts';

const SHOP = purposeKey('online', 'orders');
/** Orders because of an ad, by impression: they do not shift the draws of others. */
const AD_ORDER = purposeKey('online', 'ad order');
/** Mean order of 10 lines, median 8 (Instacart). */
const MORE_LINES_MEAN = 9.6;
const LINES_DISPERSION = 1.7;
const MAX_LINES = 60;

/** The parts of its region that the online shop uses. */
export interface ShopRegion extends RegionServices {
  readonly patrons: { readonly firstCustomerId: number };
  readonly households: Households;
  readonly dc: { readonly stock: StockLedger };
  /** By product index, 1 if the DC's stock can't be promised; undefined if all of it can. */
  readonly trouble: { readonly blocked: Uint8Array | undefined };
  readonly orders: { place(order: OrderPlan): void };
  readonly campaigns: { start(plan: CampaignPlan): void };
  readonly advertising: Advertising;
  readonly adResponses: { recordClick(slot: number): void; order(slot: number): void };
  readonly wishes: { forget(nowMs: number): void };
  /** Returns a customer's home store. */
  homeStore(customerId: number): ShoppedStore & { readonly index: number };
}

type SavedShop = { handle: number; orderDue: boolean; stream: number[] };

export class OnlineShop implements OnlineShopPort, StatefulPart {
  private readonly region: ShopRegion;
  handle = 0;
  private stream: Substream;
  /** False on a day without orders. */
  private orderDue = false;
  private readonly zone: ZoneTime;

  constructor(region: ShopRegion) {
    this.region = region;
    this.stream = Substream.of(region.seed, SHOP, region.plan.id);
    this.zone = new ZoneTime(region.plan.dc.timeZone);
  }

  /** Returns the time to the next order, ms. */
  nextOrderMs(): number {
    const { nowMs, households } = this.region;
    const nextMs =
      households.onlineBuyers(nowMs) === undefined
        ? undefined
        : nextInHoursMs(nowMs, this.stream, (hourMs) => this.ordersPerMs(hourMs));
    this.orderDue = nextMs !== undefined;
    return nextMs ?? DAY_MS;
  }

  /** Expected orders per ms in the hour that begins at an instant: hour × weekday × year × scenarios. */
  private ordersPerMs(hourMs: number): number {
    const { region, zone } = this;
    const localMs = hourMs + zone.offsetMs(hourMs);
    const day = Math.floor(localMs / DAY_MS);
    const hour = Math.floor((localMs - day * DAY_MS) / HOUR_MS);
    const perDay = region.world.config.volume.online_orders_per_day * region.plan.customerShare;
    const factor = onlineIndex(day) * region.effects.online(region.plan.id, hourMs);
    return (perDay * ONLINE_HOUR_SHARES[hour] * factor) / HOUR_MS;
  }

  takeOrder(): void {
    const buyers = this.region.households.onlineBuyers(this.region.nowMs);
    if (!this.orderDue || buyers === undefined) return;
    this.order(buyers.draw(this.stream), 0, this.stream);
  }

  orderAfterAd(patron: number, impressionId: number): boolean {
    return this.order(patron, impressionId, Substream.of(this.region.seed, AD_ORDER, impressionId));
  }

  takeAdOrder(slot: number): void {
    this.region.adResponses.order(slot);
  }

  recordClick(slot: number): void {
    this.region.adResponses.recordClick(slot);
  }

  /**
   * Places an order of a customer; false if the shop has nothing of what they want now.
   * @param impressionId of the ad that led to it, or 0
   */
  private order(patron: number, impressionId: number, stream: Substream): boolean {
    const { region } = this;
    const customerId = region.patrons.firstCustomerId + patron;
    const store = region.homeStore(customerId);
    store.refreshDemand();
    const { effects, nowMs } = region;
    const wish = effects.touches.fulfillment
      ? drawChanged(MODE_SHARES, (mode) => effects.fulfillment(region.plan.id, mode, nowMs), stream)
      : stream.weighted(MODE_SHARES, 1);
    const fromDc = wish === FULFILLMENT.shipFromDc;
    let lines = this.fillCart(patron, store, fromDc, stream);
    let mode = wish;
    if (lines.length === 0 && wish === FULFILLMENT.shipFromStore) {
      mode = FULFILLMENT.shipFromDc;
      lines = this.fillCart(patron, store, true, stream);
    }
    if (lines.length === 0) return false;
    const storeIndex = mode === FULFILLMENT.shipFromDc ? -1 : store.index;
    region.orders.place({ patron, mode, storeIndex, lines, impressionId });
    return true;
  }

  /** Fills the cart with the lines that the fulfilling node can serve from stock now. */
  private fillCart(
    patron: number,
    store: ShoppedStore,
    fromDc: boolean,
    stream: Substream,
  ): OrderLine[] {
    const { region } = this;
    const stock: StockLedger = fromDc ? region.dc.stock : store.stock;
    const { merchandise } = store;
    const blocked = fromDc ? region.trouble.blocked : undefined;
    const { salePriceCents } = region.world.products;
    const customerId = region.patrons.firstCustomerId + patron;
    const member = region.world.customers.loyalty[customerId - 1] === 1;
    const prices = member ? merchandise.memberPriceCents : merchandise.publicPriceCents;
    const codes = member ? merchandise.memberCode : merchandise.publicCode;
    const weights = store.departmentWeights(MISSION.family);
    const total = store.departmentTotal(MISSION.family);
    const wanted = Math.min(
      MAX_LINES,
      1 + negativeBinomial(stream, MORE_LINES_MEAN, LINES_DISPERSION),
    );
    const chooser = new Chooser(store, patron, stream, true);
    const lines: OrderLine[] = [];
    for (let line = 0; line < wanted; line++) {
      const department = stream.weighted(weights, total);
      const product = this.another(chooser, department, lines);
      if (product < 0) continue;
      const qty = unitsWanted(region, product, stream);
      if (stock.available(product) < qty || blocked?.[product] === 1) continue;
      const unitPriceCents = prices[product];
      lines.push({
        product,
        qty,
        unitPriceCents,
        promoCode: unitPriceCents < salePriceCents[product] ? codes[product] : '',
        discountType: merchandise.discountType[product],
      });
    }
    return lines;
  }

  /** Draws a product of a department that is not in the cart yet; -1 if none comes to mind. */
  private another(chooser: Chooser, department: number, cart: readonly OrderLine[]): number {
    for (let attempt = 0; attempt < REDRAWS; attempt++) {
      const product = chooser.draw(department);
      if (product < 0 || !cart.some((line) => line.product === product)) return product;
    }
    return -1;
  }

  // Campaigns

  untilPlanningMs(): number {
    const { nowMs } = this.region;
    return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS - nowMs;
  }

  /** Sets up the campaigns that start before the next UTC midnight. */
  planCampaigns(): void {
    const { region } = this;
    const untilMs = region.nowMs + this.untilPlanningMs();
    const { seed, world, advertising, nowMs } = region;
    for (const campaign of campaignsBetween(seed, world.startMs, untilMs, advertising)) {
      if (campaign.startMs >= nowMs) region.campaigns.start(campaign);
    }
    region.wishes.forget(region.nowMs);
  }

  save(): Sections {
    const shop: SavedShop = {
      handle: this.handle,
      orderDue: this.orderDue,
      stream: this.stream.state(),
    };
    return { shop };
  }

  restore(saved: SavedState): void {
    const shop = saved.json<SavedShop>('shop');
    this.handle = shop.handle;
    this.orderDue = shop.orderDue;
    this.stream = Substream.restore(shop.stream);
  }

  actors(): OnlineShop[] {
    return [this];
  }
}
