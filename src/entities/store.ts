/** A store at work: doors, arrivals, lanes, planned visits, returns. */
import type { Sections } from '../domain/plain-data.ts';
import type { StorePort } from '../domain/ports.ts';
import { STORE_OPERATION } from '../domain/values.ts';
import { purposeKey, Substream } from '../engine/substream.ts';
import { HOUR_MS, MINUTE_MS } from '../engine/time.ts';
import { ZoneTime } from '../policy/local-time.ts';
import { drawMiscount } from '../policy/stock-records.ts';
import type { Store as StoreMaster } from '../world/world.ts';
import { CheckoutLanes, type SavedLanes } from './checkout-lanes.ts';
import type { Conditions } from './conditions.ts';
import { type CountedStore, countByCycle } from './cycle-count.ts';
import type { CustomerSession, SessionRegion, VisitedStore } from './customer-session.ts';
import { type ChoosingShopper, substituteOnShelf } from './empty-shelf.ts';
import type { Households } from './households.ts';
import type { Merchandise } from './merchandise.ts';
import { recordErrorFactor } from './mis-scan.ts';
import { beginVisit } from './new-visit.ts';
import { type Occasion, SHOPPING } from './occasion.ts';
import type { PlannedVisits, VisitableStore } from './planned-visits.ts';
import type { RegionWeather } from './region-weather.ts';
import { ringUp, type TillStore } from './receipt.ts';
import type { ReturnsDesk, ReturnsStore, SoldLine } from './returns-desk.ts';
import type { RegionServices } from './services.ts';
import type { SessionPool } from './session-pool.ts';
import { fillBeforeOpening, fillHourly, type StaffedStore, walkShelves } from './shelf-crew.ts';
import type { ShoppedStore, ShoppingRegion } from './shopping-list.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { discardSpoiled, spoilGoods } from './spoilage.ts';
import { type LosingStore, loseGoods } from './stock-losses.ts';
import { StoreArrivals } from './store-arrivals.ts';
import { StoreDemand } from './store-demand.ts';
import { nextTradingDay, UNLOCK_LEAD_MS } from './store-hours.ts';
import { type SavedStoreIds, StoreIds } from './store-ids.ts';
import { type ReviewedStore, reviewStoreStock } from './store-review.ts';
import type { StoreStock } from './store-stock.ts';
import { drawVisitor } from './visitor-draw.ts';

const ARRIVALS = purposeKey('store', 'arrivals');
const OPERATIONS = purposeKey('store', 'operations');
const CLERKS = purposeKey('store', 'clerks');
/** Time after closing within which shoppers finish; and the minimum time they have for their present activity. */
const STRAGGLER_MS = 12 * MINUTE_MS;
const LAST_CALL_MS = MINUTE_MS;
/** The crew that fills shelves before opening is done by then. */
const MORNING_LEAD_MS = 20 * MINUTE_MS;
/** When the shelves are walked, after opening: in the evening, before stock is reviewed. */
const WALK_MS = 11 * HOUR_MS;

/** The parts of its region that a store uses. */
export type StoreRegion = RegionServices &
  SessionRegion &
  ShoppingRegion &
  ReviewedStore['region'] & {
    readonly sessions: SessionPool;
    readonly plannedVisits: PlannedVisits;
    readonly returns: ReturnsDesk;
    readonly households: Households;
    readonly weather: RegionWeather;
    readonly conditions: Conditions | undefined;
    /** Product indices by category. */
    readonly categoryProducts: readonly Int32Array[];
    /** Products (indices) that go out of date. */
    readonly perishables: readonly number[];
    /** Returns a customer's travel time between two stores of the region, given by index, ms. */
    travelMs(from: number, to: number): number;
    /** The longest such time. */
    readonly longestTravelMs: number;
  };

/** State of a store in a checkpoint, besides its stock. */
type SavedStore = {
  handle: number;
  inside: number;
  unitsSold: number;
  tradingDayNumber: number;
  doorsOpen: boolean;
  arrivals: number[];
  operationsStream: number[];
  clerks: number[];
} & SavedStoreIds &
  SavedLanes;

export class Store
  implements
    StorePort,
    VisitedStore,
    VisitableStore,
    ShoppedStore,
    TillStore,
    ReturnsStore,
    ReviewedStore,
    CountedStore,
    LosingStore,
    StaffedStore,
    StatefulPart
{
  readonly region: StoreRegion;
  readonly master: StoreMaster;
  /** Place among the region's stores. */
  readonly index: number;
  readonly stock: StoreStock;
  readonly merchandise: Merchandise;
  readonly ids: StoreIds;
  readonly sensorBase: number;
  readonly beaconBase: number;
  readonly lanes: CheckoutLanes;
  readonly zone: ZoneTime;
  handle = 0;
  inside = 0;
  /** Units sold since the last round through the aisles. */
  unitsSold = 0;
  /** Local day number of the present trading day, or of the last one. */
  tradingDayNumber = 0;
  doorsOpen = false;
  arrivals: Substream;
  /** Random numbers of the store's operations: unlocking, counting, returns. */
  operationsStream: Substream;
  /** Random numbers of what its people do wrong: losses, slips at the till, miscounts, gaps that nobody sees. */
  clerks: Substream;
  readonly casesPerDay: number;
  private day: StoreArrivals | undefined;
  private readonly demand: StoreDemand;

  constructor(options: {
    region: StoreRegion;
    master: StoreMaster;
    index: number;
    stock: StoreStock;
    merchandise: Merchandise;
  }) {
    const { region, master } = options;
    this.region = region;
    this.master = master;
    this.index = options.index;
    this.stock = options.stock;
    this.merchandise = options.merchandise;
    this.zone = new ZoneTime(master.timeZone);
    this.demand = new StoreDemand(master.id, this.zone, region);
    this.ids = new StoreIds(master.id);
    this.sensorBase = this.ids.bases.sensor;
    this.beaconBase = this.ids.bases.beacon;
    const itemsPerTicket = region.world.config.volume.items_per_ticket_mean;
    this.lanes = new CheckoutLanes(region, master, itemsPerTicket);
    this.arrivals = Substream.of(region.seed, ARRIVALS, master.id);
    this.operationsStream = Substream.of(region.seed, OPERATIONS, master.id);
    this.clerks = Substream.of(region.seed, CLERKS, master.id);
    this.casesPerDay = casesPerDay(options.stock.forecast, region.world.products.casePack);
  }

  // The store's day

  untilOpeningMs(): number {
    const next = nextTradingDay(this.zone, this.region.nowMs + UNLOCK_LEAD_MS);
    return next.openMs - UNLOCK_LEAD_MS - this.region.nowMs;
  }

  mayOpen(): boolean {
    const opensMs = this.region.nowMs + UNLOCK_LEAD_MS;
    return !this.region.effects.closed(this.master.id, opensMs);
  }

  unlockingMs(): number {
    return UNLOCK_LEAD_MS + this.operationsStream.below(2 * MINUTE_MS);
  }

  openDoors(): void {
    this.doorsOpen = true;
    this.tradingDayNumber = this.zone.localDay(this.region.nowMs);
    this.day = undefined;
    this.recordOperation(STORE_OPERATION.opened);
  }

  untilClosingMs(): number {
    const { closeMs } = this.today().trading;
    return Math.max(1, closeMs - this.region.nowMs + this.operationsStream.below(MINUTE_MS));
  }

  /** Returns how long a shopper inside may still browse, ms: after closing, staff ask shoppers to finish. */
  patienceMs(): number {
    const { closeMs } = this.today().trading;
    return Math.max(LAST_CALL_MS, closeMs + STRAGGLER_MS - this.region.nowMs);
  }

  shutDoors(): void {
    this.doorsOpen = false;
  }

  deserted(): boolean {
    return this.inside === 0;
  }

  lockUp(): void {
    this.recordOperation(STORE_OPERATION.closed);
  }

  stockCountMs(): number {
    return 20 * MINUTE_MS + this.operationsStream.below(20 * MINUTE_MS);
  }

  countStock(): void {
    loseGoods(this);
    discardSpoiled(this);
    countByCycle(this);
  }

  stockReviewMs(): number {
    return 5 * MINUTE_MS + this.operationsStream.below(30 * MINUTE_MS);
  }

  reviewStock(): void {
    reviewStoreStock(this);
  }

  // Shelves

  untilMorningRoundMs(): number {
    const { nowMs } = this.region;
    const next = nextTradingDay(this.zone, nowMs + UNLOCK_LEAD_MS);
    const jitterMs = this.clerks.below(20 * MINUTE_MS);
    return Math.max(1, next.openMs - MORNING_LEAD_MS - jitterMs - nowMs);
  }

  fillBeforeOpening(): void {
    fillBeforeOpening(this);
  }

  untilFillRoundMs(): number {
    return HOUR_MS - (this.region.nowMs % HOUR_MS) + this.clerks.below(10 * MINUTE_MS);
  }

  loseGoods(): void {
    loseGoods(this);
  }

  fillShelves(): void {
    fillHourly(this);
    if (this.region.effects.touches.spoilage) spoilGoods(this);
    if (this.region.conditions?.look(this)) this.prepareAgain();
  }

  /** Prepares again what is prepared by hour or day, when a scenario's condition begins or ceases to be met. */
  private prepareAgain(): void {
    this.day = undefined;
    this.demand.expire();
    this.merchandise.expire();
  }

  untilWalkMs(): number {
    return WALK_MS + this.clerks.below(40 * MINUTE_MS);
  }

  walkShelves(): void {
    walkShelves(this);
  }

  private recordOperation(operation: number): void {
    const row = this.region.scratch.store_ops;
    row.traceId = this.ids.nextOperation();
    row.eventMs = this.region.nowMs;
    row.storeId = this.master.id;
    row.operation = operation;
    this.region.facts.store_ops(row);
  }

  // Arrivals

  nextArrivalMs(): number {
    return this.today().nextMs(this.region.nowMs, this.arrivals);
  }

  admitArrival(): void {
    const visitor = drawVisitor(this);
    if (visitor >= 0) this.admit(visitor, SHOPPING);
  }

  /** Whether a customer can visit now: not on another visit, and with the time to travel since the last one. */
  isFree(patron: number): boolean {
    const { patrons, nowMs, longestTravelMs } = this.region;
    const freeAtMs = patrons.freeAtMs[patron];
    if (freeAtMs > nowMs) return false;
    // Most were last out days ago, wherever that was.
    if (freeAtMs + longestTravelMs <= nowMs) return true;
    const last = patrons.lastStore[patron];
    return last < 0 || freeAtMs + this.region.travelMs(last, this.index) <= nowMs;
  }

  /** Starts the visit of a free customer. */
  admit(patron: number, occasion: Occasion): void {
    const { region } = this;
    const { patrons } = region;
    const session = beginVisit(this, patron, occasion);
    patrons.freeAtMs[patron] = Number.POSITIVE_INFINITY;
    patrons.lastStore[patron] = this.index;
    this.inside++;
    session.handle = region.start('customerSession', session);
  }

  visitEnded(session: CustomerSession): void {
    const { region } = this;
    region.patrons.freeAtMs[session.patron] = region.nowMs + 15 * MINUTE_MS;
    region.sessions.giveBack(session);
    this.inside--;
    if (this.inside === 0 && !this.doorsOpen) region.send(this.handle, 'SHOPPER_LEFT');
  }

  // Planned visits

  admitPlannedVisit(slot: number): void {
    this.region.plannedVisits.admit(this, slot);
  }

  postponeVisit(slot: number): void {
    this.region.plannedVisits.postpone(this, slot);
  }

  lookElsewhere(patron: number, product: number): void {
    this.region.plannedVisits.lookElsewhere(this, patron, product);
  }

  // Checkout

  ringUp(session: CustomerSession): void {
    ringUp(session, this);
  }

  // Demand

  refreshDemand(): void {
    const { nowMs } = this.region;
    this.merchandise.refresh(nowMs);
    this.demand.refresh(nowMs);
  }

  departmentWeights(mission: number): Float64Array {
    return this.demand.weights(mission);
  }

  departmentTotal(mission: number): number {
    return this.demand.total(mission);
  }

  drawMission(nature: number, segment: number, stream: Substream): number {
    return this.demand.drawMission(nature, segment, stream);
  }

  substituteFor(product: number, otherSize: boolean, shopper: ChoosingShopper): number {
    return substituteOnShelf(this, product, otherSize, shopper);
  }

  // Returns

  planReturn(sold: SoldLine, stream: Substream): void {
    this.region.returns.plan(this, sold, stream);
  }

  takeBack(slot: number): void {
    this.region.returns.take(this, slot);
  }

  postponeReturn(slot: number): void {
    this.region.returns.postpone(this, slot);
  }

  // Goods

  /** Receives units of a shipment; some are miscounted. */
  receive(product: number, units: number, shipmentId: number): void {
    const casePack = this.region.world.products.casePack[product];
    const miscount = drawMiscount(this.clerks, units, casePack, recordErrorFactor(this));
    const { nowMs } = this.region;
    this.stock.receiveMiscounted(nowMs, product, { units, miscount }, shipmentId);
  }

  // State

  /** Returns hours and arrivals of the present trading day, or of the last one. */
  private today(): StoreArrivals {
    this.day ??= new StoreArrivals(this.region, this.master, this.zone, this.tradingDayNumber);
    return this.day;
  }

  save(): Sections {
    const { id } = this.master;
    const { busyLanes, tillFreeAtMs, queue } = this.lanes.save();
    const plain: SavedStore = {
      handle: this.handle,
      ...this.ids.save(),
      inside: this.inside,
      busyLanes,
      unitsSold: this.unitsSold,
      tradingDayNumber: this.tradingDayNumber,
      tillFreeAtMs,
      doorsOpen: this.doorsOpen,
      queue,
      arrivals: this.arrivals.state(),
      operationsStream: this.operationsStream.state(),
      clerks: this.clerks.state(),
    };
    return { [`floor/${id}`]: plain, ...this.stock.save(`stock/store/${id}`) };
  }

  restore(saved: SavedState): void {
    const { id } = this.master;
    const floor = saved.json<SavedStore>(`floor/${id}`);
    this.handle = floor.handle;
    this.inside = floor.inside;
    this.unitsSold = floor.unitsSold;
    this.tradingDayNumber = floor.tradingDayNumber;
    this.doorsOpen = floor.doorsOpen;
    this.ids.restore(floor);
    this.lanes.restore(floor, (slot) => this.region.sessions.bySlot(slot));
    this.arrivals = Substream.restore(floor.arrivals);
    this.operationsStream = Substream.restore(floor.operationsStream);
    this.clerks = Substream.restore(floor.clerks);
    this.stock.restore(saved, `stock/store/${id}`);
  }

  actors(): Store[] {
    return [this];
  }
}

/** Returns the cases that a store sells in a mean day, by its opening forecast. */
function casesPerDay(forecast: Float64Array, casePack: Int32Array): number {
  return forecast.reduce((sum, perDay, product) => sum + perDay / casePack[product], 0);
}
