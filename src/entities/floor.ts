/** A store at work: doors, arrivals, lanes, planned visits, goods brought back. */
import { idOf } from '../domain/ids.ts';
import type { StoreFloor } from '../domain/ports.ts';
import { DEPARTMENTS, STORE_OPERATION } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { type AliasTable, exponential } from '../engine/variates.ts';
import { departmentIndex } from '../policy/calendar-effects.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { DEPARTMENT_MIX, MISSIONS } from '../policy/missions.ts';
import { authorisationGapMs, laneCount } from '../policy/shopping.ts';
import type { Store } from '../world/world.ts';
import type { Merchandise } from './merchandise.ts';
import { admitPlannedVisit, postponeVisit } from './planned-visits.ts';
import { storeIdBases } from './receipt.ts';
import type { Region } from './region.ts';
import { planGoodsBack, postponeGoodsBack, takeGoodsBack } from './returns-desk.ts';
import { planVisit } from './shopping-list.ts';
import type { StockLedger } from './stock-ledger.ts';
import {
  arrivalRates,
  LAST_ENTRY_MS,
  nextTradingDay,
  type TradingDay,
  tradingDay,
} from './store-hours.ts';
import { countStoreStock, reviewStoreStock } from './store-review.ts';
import { PURPOSE, type Visit } from './visit.ts';

const ARRIVALS = purposeKey('store', 'arrivals');
const OPERATIONS = purposeKey('store', 'operations');
const VISIT = purposeKey('session', 'visit');
const NEVER_MS = 48 * HOUR_MS;
/** Staff unlock this long before the doors open. */
export const UNLOCK_LEAD_MS = 10 * MINUTE_MS;
const CUSTOMER_DRAWS = 8;
/** Shoppers wind up within so long after closing; what they are at may take this much at least. */
const STRAGGLER_MS = 12 * MINUTE_MS;
const LAST_CALL_MS = MINUTE_MS;

export class Floor implements StoreFloor {
  readonly region: Region;
  readonly store: Store;
  /** Place among the region's stores. */
  readonly index: number;
  readonly stock: StockLedger;
  readonly merchandise: Merchandise;
  /** Who comes here: indices of patrons, and the odds of each. */
  readonly catchment: Int32Array;
  readonly catchmentOdds: AliasTable;
  readonly lanes: number;
  readonly sensorBase: number;
  readonly beaconBase: number;
  readonly receiptBase: number;
  readonly paymentBase: number;
  readonly bases: ReturnType<typeof storeIdBases>;
  readonly zone: ZoneTime;
  handle = 0;
  sessions = 0;
  orders = 0;
  adjustments = 0;
  returns = 0;
  operations = 0;
  inside = 0;
  busyLanes = 0;
  unitsSoldToday = 0;
  /** Local day number of the trading day under way or the last one. */
  tradingDayNumber = 0;
  tillFreeAtMs = 0.5;
  doorsOpen = false;
  queue: Visit[] = [];
  arrivals: Substream;
  /** Draws of the store's own running: unlocking, counting, shrink. */
  operationsStream: Substream;
  private trading: TradingDay | undefined;
  private rates: Float64Array = new Float64Array(0);
  private peakRate = 0;
  private readonly authorisationGap: number;
  private demandValidUntilMs = Number.NEGATIVE_INFINITY;
  private readonly mix = MISSIONS.map(() => new Float64Array(DEPARTMENTS.length));
  private readonly mixTotal = new Float64Array(MISSIONS.length);

  constructor(options: {
    region: Region;
    store: Store;
    index: number;
    stock: StockLedger;
    merchandise: Merchandise;
    catchment: Int32Array;
    catchmentOdds: AliasTable;
  }) {
    const { region, store } = options;
    this.region = region;
    this.store = store;
    this.index = options.index;
    this.stock = options.stock;
    this.merchandise = options.merchandise;
    this.catchment = options.catchment;
    this.catchmentOdds = options.catchmentOdds;
    this.zone = new ZoneTime(store.timeZone);
    this.bases = storeIdBases(store.id);
    this.sensorBase = this.bases.sensor;
    this.beaconBase = this.bases.beacon;
    this.receiptBase = this.bases.receipt;
    this.paymentBase = this.bases.payment;
    this.lanes = laneCount(store.visitsPerDay, region.world.config.volume.items_per_ticket_mean);
    this.authorisationGap = authorisationGapMs(store.visitsPerDay);
    this.arrivals = Substream.of(region.seed, ARRIVALS, store.id);
    this.operationsStream = Substream.of(region.seed, OPERATIONS, store.id);
  }

  // The store's day

  untilOpeningMs(): number {
    const next = nextTradingDay(this.zone, this.region.nowMs + UNLOCK_LEAD_MS);
    return next.openMs - UNLOCK_LEAD_MS - this.region.nowMs;
  }

  mayOpen(): boolean {
    const opensMs = this.region.nowMs + UNLOCK_LEAD_MS;
    return !this.region.effects.closed(this.store.id, opensMs);
  }

  unlockingMs(): number {
    return UNLOCK_LEAD_MS + this.operationsStream.below(2 * MINUTE_MS);
  }

  openDoors(): void {
    this.doorsOpen = true;
    this.tradingDayNumber = this.zone.localDay(this.region.nowMs);
    this.prepareDay();
    this.recordOperation(STORE_OPERATION.opened);
  }

  untilClosingMs(): number {
    const { closeMs } = this.today();
    return Math.max(1, closeMs - this.region.nowMs + this.operationsStream.below(MINUTE_MS));
  }

  /** How long a shopper who is inside may still browse: staff ask for the last purchases after closing. */
  patienceMs(): number {
    const { closeMs } = this.today();
    return Math.max(LAST_CALL_MS, closeMs + STRAGGLER_MS - this.region.nowMs);
  }

  deserted(): boolean {
    this.doorsOpen = false;
    return this.inside === 0;
  }

  lockUp(): void {
    this.recordOperation(STORE_OPERATION.closed);
  }

  stockCountMs(): number {
    return 20 * MINUTE_MS + this.operationsStream.below(20 * MINUTE_MS);
  }

  countStock(): void {
    countStoreStock(this);
  }

  stockReviewMs(): number {
    return 5 * MINUTE_MS + this.operationsStream.below(30 * MINUTE_MS);
  }

  reviewStock(): void {
    reviewStoreStock(this);
  }

  private recordOperation(operation: number): void {
    const row = this.region.scratch.store_ops;
    row.traceId = this.bases.operation + this.operations++;
    row.eventMs = this.region.nowMs;
    row.storeId = this.store.id;
    row.operation = operation;
    this.region.facts.store_ops(row);
  }

  // Arrivals

  /** Time to the next arrival of a nonhomogeneous Poisson process, by thinning. */
  nextArrivalMs(): number {
    const { openMs, closeMs } = this.today();
    const nowMs = this.region.nowMs;
    let atMs = nowMs;
    if (this.peakRate === 0) return NEVER_MS;
    for (;;) {
      atMs += exponential(this.arrivals, 1 / this.peakRate);
      if (atMs >= closeMs - LAST_ENTRY_MS) return NEVER_MS;
      const rate = this.rates[Math.max(0, Math.floor((atMs - openMs) / HOUR_MS))];
      if (this.arrivals.unit() * this.peakRate < rate) return Math.max(1, Math.ceil(atMs - nowMs));
    }
  }

  admitArrival(): void {
    for (let draw = 0; draw < CUSTOMER_DRAWS; draw++) {
      const patron = this.catchment[this.catchmentOdds.draw(this.arrivals)];
      if (this.isFree(patron)) {
        this.admit(patron, PURPOSE.shopping, 0, -1, -1);
        return;
      }
    }
  }

  /** Whether a customer could be here now: not in a visit, and back from the last one. */
  isFree(patron: number): boolean {
    const { patrons } = this.region;
    const last = patrons.lastStore[patron];
    const travelMs = last < 0 ? 0 : this.region.travelMs(last, this.index);
    return patrons.freeAtMs[patron] + travelMs <= this.region.nowMs;
  }

  /** Lets a customer in who is free. */
  admit(
    patron: number,
    purpose: number,
    impressionId: number,
    order: number,
    product: number,
  ): void {
    const { region } = this;
    const { patrons, world } = region;
    const visit = region.visits.take();
    const sessionId = idOf(this.bases.session, this.sessions++);
    const customerId = patrons.firstCustomerId + patron;
    visit.floor = this;
    visit.sessionId = sessionId;
    visit.stream = Substream.of(region.seed, VISIT, sessionId);
    visit.patron = patron;
    visit.customerId = customerId;
    visit.member = world.customers.loyalty[customerId - 1] === 1;
    visit.purpose = purpose;
    visit.impressionId = impressionId;
    visit.order = order;
    visit.receiptId = 0;
    visit.subtotalCents = 0;
    visit.hasLane = false;
    visit.entranceSeconds = 0;
    visit.exitSeconds = 0;
    visit.shadowing = 0;
    visit.zoneSinceMs = region.nowMs;
    visit.lastPingMs = 0;
    planVisit(visit, world.customers.segment[customerId - 1], product);
    patrons.freeAtMs[patron] = Number.POSITIVE_INFINITY;
    patrons.lastStore[patron] = this.index;
    this.inside++;
    visit.handle = region.start('customerSession', visit);
  }

  visitEnded(visit: Visit): void {
    const { region } = this;
    region.patrons.freeAtMs[visit.patron] = region.nowMs + 15 * MINUTE_MS;
    region.visits.giveBack(visit);
    this.inside--;
    if (this.inside === 0 && !this.doorsOpen) region.send(this.handle, 'SHOPPER_LEFT');
  }

  // Planned visits

  admitPlannedVisit(slot: number): void {
    admitPlannedVisit(this, slot);
  }

  postponeVisit(slot: number): void {
    postponeVisit(this, slot);
  }

  // Lanes and payments

  joinQueue(visit: Visit): void {
    if (this.busyLanes < this.lanes) {
      this.busyLanes++;
      visit.hasLane = true;
    } else {
      this.queue.push(visit);
    }
  }

  passLaneOn(): void {
    const next = this.queue.shift();
    if (next === undefined) {
      this.busyLanes--;
      return;
    }
    next.hasLane = true;
    this.region.send(next.handle, 'CALLED');
  }

  /** Until a payment asked for now is authorised; the store's payment host takes one at a time. */
  authorisationMs(processingMs: number): number {
    const { nowMs } = this.region;
    const atMs = Math.max(nowMs + processingMs, this.tillFreeAtMs);
    this.tillFreeAtMs = atMs + this.authorisationGap;
    return atMs - nowMs;
  }

  // Demand

  /** Brings the department weights to the present hour. */
  refreshDemand(): void {
    const { nowMs, effects } = this.region;
    this.merchandise.refresh(nowMs);
    if (nowMs < this.demandValidUntilMs) return;
    const hourMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
    const day = this.zone.localDay(hourMs);
    this.demandValidUntilMs = hourMs + HOUR_MS;
    for (let department = 0; department < DEPARTMENTS.length; department++) {
      const factor =
        departmentIndex(department, day) *
        effects.departmentDemand(this.store.id, department, hourMs);
      for (let mission = 0; mission < MISSIONS.length; mission++) {
        this.mix[mission][department] = DEPARTMENT_MIX[mission][department] * factor;
      }
    }
    for (let mission = 0; mission < MISSIONS.length; mission++) {
      this.mixTotal[mission] = this.mix[mission].reduce((sum, weight) => sum + weight, 0);
    }
  }

  departmentWeights(mission: number): Float64Array {
    return this.mix[mission];
  }

  departmentTotal(mission: number): number {
    return this.mixTotal[mission];
  }

  /** Another product of the same category with stock on the shelf, or -1. */
  substituteFor(product: number, stream: Substream): number {
    const rivals = this.region.categoryProducts[this.region.world.products.categoryIndex[product]];
    const { launchMs } = this.region.world.products;
    for (let draw = 0; draw < 6; draw++) {
      const rival = rivals[stream.below(rivals.length)];
      if (
        rival !== product &&
        launchMs[rival] <= this.region.nowMs &&
        this.stock.available(rival) > 0
      ) {
        return rival;
      }
    }
    return -1;
  }

  // Goods brought back

  planReturn(
    receiptId: number,
    line: number,
    product: number,
    qty: number,
    extPriceCents: number,
    taxCents: number,
    stream: Substream,
  ): void {
    planGoodsBack(this, receiptId, line, product, qty, extPriceCents, taxCents, stream);
  }

  takeBack(slot: number): void {
    takeGoodsBack(this, slot);
  }

  postponeReturn(slot: number): void {
    postponeGoodsBack(this, slot);
  }

  // State

  private today(): TradingDay {
    if (this.trading === undefined) this.prepareDay();
    return this.trading as TradingDay;
  }

  /** Hours and arrival rates of the trading day: a pure function of the day, so never saved. */
  private prepareDay(): void {
    this.trading = tradingDay(this.zone, this.tradingDayNumber);
    if (this.trading === undefined) {
      throw new Error(
        `Cannot trade on day ${this.tradingDayNumber}: store ${this.store.id} is shut`,
      );
    }
    this.rates = arrivalRates(this.region.seed, this.store, this.trading, this.region.effects);
    this.peakRate = this.rates.reduce((peak, rate) => Math.max(peak, rate), 0);
  }
}
