/** One visit of a customer to a store: the shopping list, the cart, the payment, and the pings and counts of sensors. */
import { NULL } from '../domain/columns.ts';
import type { CustomerSessionPort } from '../domain/ports.ts';
import { ZONE } from '../domain/values.ts';
import { Substream } from '../engine/substream.ts';
import { MINUTE_MS } from '../engine/time.ts';
import { lognormal } from '../engine/variates.ts';
import { LINE_MINUTES, ZONE_MINUTES } from '../policy/missions.ts';
import { nextShadowing, rssi } from '../policy/sensing.ts';
import {
  CHECKOUT_BASE_SECONDS,
  CHECKOUT_ITEM_SECONDS,
  CHECKOUT_SIGMA,
} from '../policy/shopping.ts';
import type { CheckoutLanes } from './checkout-lanes.ts';
import { type ChoosingShopper, faceEmptyShelf } from './empty-shelf.ts';
import { PURPOSE } from './occasion.ts';
import type { Recorder } from './services.ts';
import type { PostponedWishes } from './postponed-wishes.ts';
import type { StoreStock } from './store-stock.ts';

/** Maximum dwell time in one department. */
const MAX_ZONE_MS = 45 * MINUTE_MS;
/** Initial capacity of list and cart, in lines; few shoppers want more. */
const FIRST_LINES = 24;
/** Fields of a line: what is wanted, and what is in the cart. */
const LINE_WIDTH = 5;
const WANT_PRODUCT = 0;
const WANT_QTY = 1;
const WANT_ZONE = 2;
const CART_PRODUCT = 3;
const CART_QTY = 4;

/** The parts of the region that a shopper uses. */
export interface SessionRegion extends Recorder {
  /** Zone of each product's department. */
  readonly productZone: Uint8Array;
  readonly orders: { readonly orderBase: number; collect(slot: number): void };
  readonly wishes: PostponedWishes;
}

/** The parts of a store that a shopper inside uses. */
export interface VisitedStore {
  readonly region: SessionRegion;
  readonly master: { readonly id: number };
  /** Place among the region's stores. */
  readonly index: number;
  readonly stock: StoreStock;
  readonly sensorBase: number;
  readonly beaconBase: number;
  readonly lanes: CheckoutLanes;
  /** Returns how long a shopper may still browse, ms. */
  patienceMs(): number;
  /** Returns another product (index) that is on the shelf, in another size or variety or of another brand, or -1. */
  substituteFor(product: number, otherSize: boolean, shopper: ChoosingShopper): number;
  /** Called when the shopper will look for a product in another store. */
  lookElsewhere(patron: number, product: number): void;
  /** Sells what is in the cart. */
  ringUp(session: CustomerSession): void;
  visitEnded(session: CustomerSession): void;
}

/** State of a visit under way in a checkpoint; the used parts of its list and cart. */
export type SavedSession = {
  sessionId: number;
  lastPingMs: number;
  shadowing: number;
  customerId: number;
  zone: number;
  zoneSinceMs: number;
  party: number;
  handle: number;
  slot: number;
  patron: number;
  member: boolean;
  purpose: number;
  mission: number;
  stay: number;
  impressionId: number;
  order: number;
  wantCount: number;
  cartCount: number;
  cartUnits: number;
  route: number[];
  routeAt: number;
  entranceSeconds: number;
  exitSeconds: number;
  hasLane: boolean;
  receiptId: number;
  subtotalCents: number;
  /** Index of the store. */
  store: number;
  stream: number[];
  wantProduct: number[];
  wantQty: number[];
  cartProduct: number[];
  cartQty: number[];
};

export class CustomerSession implements CustomerSessionPort {
  // The fields that every ping needs come first, since records of visits are rarely in the CPU's cache.
  store!: VisitedStore;
  stream!: Substream;
  sessionId = 0.5;
  lastPingMs = 0.5;
  shadowing = 0.5;
  customerId = 0;
  zone = 0;
  zoneSinceMs = 0.5;
  party = 1;
  handle = 0;
  slot = 0;
  /** Index in the region's patrons. */
  patron = 0;
  member = false;
  purpose = 0;
  mission = 0;
  stay = 1;
  impressionId = 0.5;
  /** Online order to collect: slot in the region's orders, or -1. */
  order = -1;
  wantCount = 0;
  /** Lines in the cart: at most as many as were wanted. */
  cartCount = 0;
  cartUnits = 0;
  /** List and cart, line by line. */
  private lines = new Int32Array(FIRST_LINES * LINE_WIDTH);
  /** Department zones still to walk, from routeAt on. */
  readonly route: number[] = [];
  routeAt = 0;
  entranceSeconds = 0;
  exitSeconds = 0;
  hasLane = false;
  receiptId = 0.5;
  subtotalCents = 0;

  /** Adds a line to the shopping list. */
  want(product: number, qty: number): void {
    const at = this.wantCount * LINE_WIDTH;
    if (at === this.lines.length) {
      const { lines } = this;
      this.lines = new Int32Array(lines.length * 2);
      this.lines.set(lines);
    }
    this.lines[at + WANT_PRODUCT] = product;
    this.lines[at + WANT_QTY] = qty;
    this.lines[at + WANT_ZONE] = this.store.region.productZone[product];
    this.wantCount++;
  }

  wantProduct(line: number): number {
    return this.lines[line * LINE_WIDTH + WANT_PRODUCT];
  }

  wantQty(line: number): number {
    return this.lines[line * LINE_WIDTH + WANT_QTY];
  }

  /** Returns the zone of a product on the list. */
  wantZone(line: number): number {
    return this.lines[line * LINE_WIDTH + WANT_ZONE];
  }

  cartProduct(line: number): number {
    return this.lines[line * LINE_WIDTH + CART_PRODUCT];
  }

  cartQty(line: number): number {
    return this.lines[line * LINE_WIDTH + CART_QTY];
  }

  /** Adds a line to the cart. */
  private putLine(product: number, qty: number): void {
    const at = this.cartCount * LINE_WIDTH;
    this.lines[at + CART_PRODUCT] = product;
    this.lines[at + CART_QTY] = qty;
    this.cartCount++;
    this.cartUnits += qty;
  }

  enter(): void {
    this.countFootTraffic(ZONE.entrance, this.entranceSeconds);
    this.ping();
  }

  entranceDwellMs(): number {
    const dwellMs = Math.round(lognormal(this.stream, 25_000, 0.6)) + 2000;
    this.entranceSeconds = Math.round(dwellMs / 1000);
    return dwellMs;
  }

  zonesLeft(): boolean {
    return this.routeAt < this.route.length;
  }

  walkOn(): void {
    this.moveTo(this.route[this.routeAt++]);
  }

  zoneDwellMs(): number {
    let lines = 0;
    for (let want = 0; want < this.wantCount; want++) {
      if (this.wantZone(want) === this.zone) lines++;
    }
    const passing = lines === 0 && this.wantCount > 0;
    const minutes = passing ? 0.4 : ZONE_MINUTES[this.mission] + LINE_MINUTES * lines;
    const dwellMs = lognormal(this.stream, minutes * this.stay * MINUTE_MS, 0.45) + 1000;
    const zonesLeft = this.route.length - this.routeAt + 1;
    return Math.round(Math.min(dwellMs, MAX_ZONE_MS, this.store.patienceMs() / zonesLeft));
  }

  takeGoods(): void {
    for (let want = 0; want < this.wantCount; want++) {
      if (this.wantZone(want) !== this.zone) continue;
      this.take(this.wantProduct(want), this.wantQty(want));
    }
  }

  needsTill(): boolean {
    return this.cartCount > 0 || this.order >= 0;
  }

  hasGoods(): boolean {
    return this.cartCount > 0;
  }

  joinQueue(): void {
    this.moveTo(ZONE.checkout);
    this.store.lanes.join(this);
  }

  laneAssigned(): boolean {
    return this.hasLane;
  }

  collectOrder(): void {
    if (this.order < 0) return;
    this.store.region.orders.collect(this.order);
    this.order = -1;
  }

  checkoutServiceMs(): number {
    const seconds = CHECKOUT_BASE_SECONDS + CHECKOUT_ITEM_SECONDS * this.cartUnits;
    return Math.round(lognormal(this.stream, seconds * 1000, CHECKOUT_SIGMA));
  }

  authorisationMs(): number {
    return this.store.lanes.authorisationMs(1500 + this.stream.below(3000));
  }

  pay(): void {
    this.store.ringUp(this);
  }

  freeLane(): void {
    this.hasLane = false;
    this.store.lanes.passOn();
  }

  headForExit(): void {
    this.moveTo(ZONE.exit);
  }

  exitWalkMs(): number {
    const walkMs = 5000 + Math.round(lognormal(this.stream, 20_000, 0.5));
    this.exitSeconds = Math.round(walkMs / 1000);
    return walkMs;
  }

  leave(): void {
    this.countFootTraffic(ZONE.exit, this.exitSeconds);
    if (this.purpose === PURPOSE.ad) this.attribute();
    this.store.visitEnded(this);
  }

  ping(): void {
    const { store } = this;
    // One ping of a phone at an instant: the shopper may leave at the time of a regular ping.
    if (this.lastPingMs === store.region.nowMs) return;
    this.lastPingMs = store.region.nowMs;
    this.shadowing = nextShadowing(this.shadowing, this.stream);
    const row = store.region.scratch.ble_pings;
    row.traceId = this.sessionId;
    row.eventMs = store.region.nowMs;
    row.storeId = store.master.id;
    row.beaconId = store.beaconBase + this.zone;
    row.bleCustomerId = this.customerId;
    row.rssiDbm = rssi(this.shadowing, this.stream);
    row.zone = this.zone;
    row.sessionId = this.sessionId;
    store.region.facts.ble_pings(row);
  }

  pingIntervalMs(): number {
    // Phones advertise at irregular intervals; beacons report a phone every three to four minutes.
    return 60_000 + this.stream.below(300_000);
  }

  private moveTo(zone: number): void {
    const { region, master } = this.store;
    const nowMs = region.nowMs;
    if (this.zone !== ZONE.entrance) {
      this.countFootTraffic(this.zone, Math.round((nowMs - this.zoneSinceMs) / 1000));
    }
    const row = region.scratch.zone_changes;
    row.traceId = this.sessionId;
    row.eventMs = nowMs;
    row.storeId = master.id;
    row.bleCustomerId = this.customerId;
    row.fromZone = this.zone;
    row.toZone = zone;
    row.sessionId = this.sessionId;
    region.facts.zone_changes(row);
    this.zone = zone;
    this.zoneSinceMs = nowMs;
  }

  private countFootTraffic(zone: number, dwellSeconds: number): void {
    const { region, master, sensorBase } = this.store;
    const row = region.scratch.foot_traffic;
    row.traceId = this.sessionId;
    row.eventMs = region.nowMs;
    row.storeId = master.id;
    row.sensorId = sensorBase + zone;
    row.zone = zone;
    row.dwellSeconds = dwellSeconds;
    row.count = this.party;
    row.sessionId = this.sessionId;
    row.causeId = zone === ZONE.entrance ? this.causeId() : NULL;
    region.facts.foot_traffic(row);
  }

  /** Returns the id of the ad impression or online order that caused the visit, or NULL. */
  private causeId(): number {
    if (this.purpose === PURPOSE.ad) return this.impressionId;
    return this.order >= 0 ? this.store.region.orders.orderBase + this.order : NULL;
  }

  private take(product: number, qty: number): void {
    const there = this.store.stock.onShelf(product);
    if (there > 0) this.putInCart(product, Math.min(qty, there));
    else faceEmptyShelf(this, product, qty);
  }

  /** Whether a product is in the cart or on the list. */
  inCart(product: number): boolean {
    for (let line = 0; line < this.cartCount; line++) {
      if (this.cartProduct(line) === product) return true;
    }
    for (let want = 0; want < this.wantCount; want++) {
      if (this.wantProduct(want) === product) return true;
    }
    return false;
  }

  putInCart(product: number, qty: number): void {
    const { stock } = this.store;
    stock.held.add(product, qty);
    stock.demandToday.add(product, qty);
    this.putLine(product, qty);
  }

  private attribute(): void {
    const { region, master } = this.store;
    const row = region.scratch.attributions;
    row.traceId = this.sessionId;
    row.eventMs = region.nowMs;
    row.impressionId = this.impressionId;
    row.customerId = this.customerId;
    row.storeId = master.id;
    row.sessionId = this.sessionId;
    row.receiptId = this.receiptId > 0 ? this.receiptId : NULL;
    row.revenueCents = this.receiptId > 0 ? this.subtotalCents : 0;
    row.orderId = NULL;
    region.facts.attributions(row);
  }

  /** Returns a field of the first lines. */
  private column(field: number, count: number): number[] {
    return Array.from({ length: count }, (_, line) => this.lines[line * LINE_WIDTH + field]);
  }

  save(): SavedSession {
    return {
      sessionId: this.sessionId,
      lastPingMs: this.lastPingMs,
      shadowing: this.shadowing,
      customerId: this.customerId,
      zone: this.zone,
      zoneSinceMs: this.zoneSinceMs,
      party: this.party,
      handle: this.handle,
      slot: this.slot,
      patron: this.patron,
      member: this.member,
      purpose: this.purpose,
      mission: this.mission,
      stay: this.stay,
      impressionId: this.impressionId,
      order: this.order,
      wantCount: this.wantCount,
      cartCount: this.cartCount,
      cartUnits: this.cartUnits,
      route: [...this.route],
      routeAt: this.routeAt,
      entranceSeconds: this.entranceSeconds,
      exitSeconds: this.exitSeconds,
      hasLane: this.hasLane,
      receiptId: this.receiptId,
      subtotalCents: this.subtotalCents,
      store: this.store.index,
      stream: this.stream.state(),
      wantProduct: this.column(WANT_PRODUCT, this.wantCount),
      wantQty: this.column(WANT_QTY, this.wantCount),
      cartProduct: this.column(CART_PRODUCT, this.cartCount),
      cartQty: this.column(CART_QTY, this.cartCount),
    };
  }

  /** Restores a saved visit in its store. */
  restore(store: VisitedStore, saved: SavedSession): void {
    const { store: _index, stream, wantProduct, wantQty, cartProduct, cartQty, ...rest } = saved;
    const { route, ...plain } = rest;
    Object.assign(this, plain);
    this.store = store;
    this.stream = Substream.restore(stream);
    this.wantCount = 0;
    for (const [line, product] of wantProduct.entries()) this.want(product, wantQty[line]);
    this.cartCount = 0;
    this.cartUnits = 0;
    for (const [line, product] of cartProduct.entries()) this.putLine(product, cartQty[line]);
    this.route.length = 0;
    this.route.push(...route);
  }
}
