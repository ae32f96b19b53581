/** The online shop towards one region's customers: its orders by the hour, and its campaigns. */
import type { OnlineShop } from '../domain/ports.ts';
import { FULFILLMENT } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { DAY_MS, HOUR_MS } from '../engine/time.ts';
import { AliasTable, exponential, negativeBinomial } from '../engine/variates.ts';
import { ONLINE_HOUR_SHARES, onlineIndex } from '../policy/calendar-effects.ts';
import { type Campaign, campaignsBetween } from '../policy/campaigns.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { MISSION } from '../policy/missions.ts';
import { AdRun } from './ad-run.ts';
import type { Floor } from './floor.ts';
import type { OrderLine } from './online-orders.ts';
import type { Region } from './region.ts';
import { drawProduct, unitsWanted } from './shopping-list.ts';

const SHOP = purposeKey('online', 'orders');
/** Mean order of 10 lines, median 8 (Instacart). */
const MORE_LINES_MEAN = 9.6;
const LINES_DISPERSION = 1.7;
const MAX_LINES = 60;
const MODE_SHARES = [0.55, 0.35, 0.1];

export class WebShop implements OnlineShop {
  readonly region: Region;
  handle = 0;
  stream: Substream;
  /** False while a day without orders passes. */
  orderDue = false;
  private readonly zone: ZoneTime;
  private readonly shoppers: AliasTable | undefined;

  constructor(region: Region) {
    this.region = region;
    this.stream = Substream.of(region.seed, SHOP, region.plan.id);
    this.zone = new ZoneTime(region.plan.dc.timeZone);
    const { firstCustomerId, customerCount } = region.plan;
    const rates = region.world.customers.rate.subarray(
      firstCustomerId - 1,
      firstCustomerId - 1 + customerCount,
    );
    this.shoppers = customerCount > 0 ? new AliasTable(rates) : undefined;
  }

  /**
   * Time to the next order: a Poisson process whose rate is constant within a clock hour. Where no order
   * falls into an hour the draw starts afresh at the next one (the exponential has no memory).
   */
  nextOrderMs(): number {
    const { nowMs } = this.region;
    let atMs = nowMs;
    this.orderDue = this.shoppers !== undefined;
    while (this.orderDue && atMs < nowMs + DAY_MS) {
      const hourEndMs = (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;
      const perMs = this.ordersPerMs(hourEndMs - HOUR_MS);
      const nextMs = perMs > 0 ? atMs + exponential(this.stream, 1 / perMs) : hourEndMs;
      if (nextMs < hourEndMs) return Math.max(1, Math.ceil(nextMs - nowMs));
      atMs = hourEndMs;
    }
    this.orderDue = false;
    return DAY_MS;
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
    const { region, stream } = this;
    if (!this.orderDue || this.shoppers === undefined) return;
    const patron = this.shoppers.draw(stream);
    const customerId = region.patrons.firstCustomerId + patron;
    const floor = region.homeFloor(customerId);
    floor.refreshDemand();
    const wish = stream.weighted(MODE_SHARES, 1);
    const fromDc = wish === FULFILLMENT.shipFromDc;
    let lines = this.fillCart(patron, customerId, floor, fromDc);
    let mode = wish;
    if (lines.length === 0 && wish === FULFILLMENT.shipFromStore) {
      mode = FULFILLMENT.shipFromDc;
      lines = this.fillCart(patron, customerId, floor, true);
    }
    if (lines.length === 0) return;
    region.orders.place(patron, mode, mode === FULFILLMENT.shipFromDc ? -1 : floor.index, lines);
  }

  /** The lines that the fulfilling node can serve from stock at the moment. */
  private fillCart(patron: number, customerId: number, floor: Floor, fromDc: boolean): OrderLine[] {
    const { region, stream } = this;
    const stock = fromDc ? region.warehouse.stock : floor.stock;
    const { merchandise } = floor;
    const blocked = fromDc ? region.trouble.blocked : undefined;
    const { salePriceCents } = region.world.products;
    const member = region.world.customers.loyalty[customerId - 1] === 1;
    const prices = member ? merchandise.memberPriceCents : merchandise.publicPriceCents;
    const codes = member ? merchandise.memberCode : merchandise.publicCode;
    const weights = floor.departmentWeights(MISSION.family);
    const total = floor.departmentTotal(MISSION.family);
    const wanted = Math.min(
      MAX_LINES,
      1 + negativeBinomial(stream, MORE_LINES_MEAN, LINES_DISPERSION),
    );
    const lines: OrderLine[] = [];
    for (let line = 0; line < wanted; line++) {
      const department = stream.weighted(weights, total);
      const product = drawProduct(floor, patron, department, stream);
      if (product < 0 || lines.some((other) => other.product === product)) continue;
      const qty = unitsWanted(floor, product, stream);
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

  // Campaigns

  untilPlanningMs(): number {
    const { nowMs } = this.region;
    return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS - nowMs;
  }

  /** Sets up the campaigns that start before the next UTC midnight. */
  planCampaigns(): void {
    const { region } = this;
    const untilMs = region.nowMs + this.untilPlanningMs();
    for (const campaign of campaignsBetween(region.seed, region.world.startMs, untilMs)) {
      if (campaign.startMs >= region.nowMs) this.startCampaign(campaign);
    }
    region.touches.forget(region.nowMs);
  }

  private startCampaign(campaign: Campaign): void {
    const run = new AdRun(this.region, campaign);
    run.handle = this.region.start('campaign', run);
    this.region.adRuns.set(run.handle, run);
  }
}
