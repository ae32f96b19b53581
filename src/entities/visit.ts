/** One visit of a customer to a store: what the shopper wants, takes, pays and leaves traces of. */
import { NULL } from '../domain/columns.ts';
import type { CustomerSession } from '../domain/ports.ts';
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
  OTHER_STORE_CHANCE,
  OWN_NETWORK_CHANCE,
  SUBSTITUTE_CHANCE,
} from '../policy/shopping.ts';
import type { Floor } from './floor.ts';
import { lookElsewhere } from './planned-visits.ts';
import { ringUp } from './receipt.ts';

/** What a visit came from. */
export const PURPOSE = { shopping: 0, ad: 1, pickup: 2, elsewhere: 3 } as const;

/** Nobody lingers in one department longer than this. */
const MAX_ZONE_MS = 45 * MINUTE_MS;
/** Lines that list and cart have room for at first; few shoppers want more. */
const FIRST_LINES = 24;

export class Visit implements CustomerSession {
  // What every ping needs comes first: records of visits lie cold in memory.
  floor!: Floor;
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
  wantProduct!: Int32Array;
  wantQty!: Int32Array;
  /** At most as many as were wanted. */
  cartCount = 0;
  cartProduct!: Int32Array;
  cartQty!: Int32Array;
  cartUnits = 0;
  /** Department zones still to walk, from routeAt on. */
  readonly route: number[] = [];
  routeAt = 0;
  entranceSeconds = 0;
  exitSeconds = 0;
  hasLane = false;
  receiptId = 0.5;
  subtotalCents = 0;

  constructor() {
    this.makeRoom(FIRST_LINES);
  }

  /** Adds a line to the shopping list. */
  want(product: number, qty: number): void {
    if (this.wantCount === this.wantProduct.length) this.makeRoom(this.wantCount * 2);
    this.wantProduct[this.wantCount] = product;
    this.wantQty[this.wantCount] = qty;
    this.wantCount++;
  }

  /** Gives list and cart room for so many lines, all in one buffer, and keeps what they hold. */
  private makeRoom(lines: number): void {
    const { wantProduct, wantQty, cartProduct, cartQty } = this;
    const buffer = new ArrayBuffer(4 * lines * Int32Array.BYTES_PER_ELEMENT);
    const column = (number: number, held: Int32Array | undefined) => {
      const start = number * lines * Int32Array.BYTES_PER_ELEMENT;
      const values = new Int32Array(buffer, start, lines);
      if (held !== undefined) values.set(held);
      return values;
    };
    this.wantProduct = column(0, wantProduct);
    this.wantQty = column(1, wantQty);
    this.cartProduct = column(2, cartProduct);
    this.cartQty = column(3, cartQty);
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
      if (this.zoneOf(this.wantProduct[want]) === this.zone) lines++;
    }
    const passing = lines === 0 && this.wantCount > 0;
    const minutes = passing ? 0.4 : ZONE_MINUTES[this.mission] + LINE_MINUTES * lines;
    const dwellMs = lognormal(this.stream, minutes * this.stay * MINUTE_MS, 0.45) + 1000;
    const zonesLeft = this.route.length - this.routeAt + 1;
    return Math.round(Math.min(dwellMs, MAX_ZONE_MS, this.floor.patienceMs() / zonesLeft));
  }

  takeGoods(): void {
    for (let want = 0; want < this.wantCount; want++) {
      const product = this.wantProduct[want];
      if (this.zoneOf(product) === this.zone) this.take(product, this.wantQty[want]);
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
    this.floor.joinQueue(this);
  }

  laneAssigned(): boolean {
    return this.hasLane;
  }

  collectOrder(): void {
    if (this.order < 0) return;
    this.floor.region.orders.collect(this.order);
    this.order = -1;
  }

  checkoutServiceMs(): number {
    const seconds = CHECKOUT_BASE_SECONDS + CHECKOUT_ITEM_SECONDS * this.cartUnits;
    return Math.round(lognormal(this.stream, seconds * 1000, CHECKOUT_SIGMA));
  }

  authorisationMs(): number {
    return this.floor.authorisationMs(1500 + this.stream.below(3000));
  }

  pay(): void {
    ringUp(this);
  }

  freeLane(): void {
    this.hasLane = false;
    this.floor.passLaneOn();
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
    this.floor.visitEnded(this);
  }

  ping(): void {
    const { floor } = this;
    // A phone is heard once at an instant: leaving and the beat of the phone may coincide.
    if (this.lastPingMs === floor.region.nowMs) return;
    this.lastPingMs = floor.region.nowMs;
    this.shadowing = nextShadowing(this.shadowing, this.stream);
    const row = floor.region.scratch.ble_pings;
    row.traceId = this.sessionId;
    row.eventMs = floor.region.nowMs;
    row.storeId = floor.store.id;
    row.beaconId = floor.beaconBase + this.zone;
    row.bleCustomerId = this.customerId;
    row.rssiDbm = rssi(this.shadowing, this.stream);
    row.zone = this.zone;
    row.sessionId = this.sessionId;
    floor.region.facts.ble_pings(row);
  }

  pingIntervalMs(): number {
    // Phones advertise unevenly; beacons report a phone every three to four minutes.
    return 60_000 + this.stream.below(300_000);
  }

  private moveTo(zone: number): void {
    const { region, store } = this.floor;
    const nowMs = region.nowMs;
    if (this.zone !== ZONE.entrance) {
      this.countFootTraffic(this.zone, Math.round((nowMs - this.zoneSinceMs) / 1000));
    }
    const row = region.scratch.zone_changes;
    row.traceId = this.sessionId;
    row.eventMs = nowMs;
    row.storeId = store.id;
    row.bleCustomerId = this.customerId;
    row.fromZone = this.zone;
    row.toZone = zone;
    row.sessionId = this.sessionId;
    region.facts.zone_changes(row);
    this.zone = zone;
    this.zoneSinceMs = nowMs;
  }

  private countFootTraffic(zone: number, dwellSeconds: number): void {
    const { region, store, sensorBase } = this.floor;
    const row = region.scratch.foot_traffic;
    row.traceId = this.sessionId;
    row.eventMs = region.nowMs;
    row.storeId = store.id;
    row.sensorId = sensorBase + zone;
    row.zone = zone;
    row.dwellSeconds = dwellSeconds;
    row.count = this.party;
    row.sessionId = this.sessionId;
    row.causeId = zone === ZONE.entrance ? this.causeId() : NULL;
    region.facts.foot_traffic(row);
  }

  /** The ad or the online order that brings the shopper here, or NULL. */
  private causeId(): number {
    if (this.purpose === PURPOSE.ad) return this.impressionId;
    return this.order >= 0 ? this.floor.region.orders.orderBase + this.order : NULL;
  }

  private zoneOf(product: number): number {
    return this.floor.region.productZone[product];
  }

  private take(product: number, qty: number): void {
    const { stock } = this.floor;
    stock.demandToday[product] += qty;
    const available = stock.available(product);
    if (available > 0) this.putInCart(product, Math.min(qty, available));
    else this.faceStockout(product, qty);
  }

  private faceStockout(product: number, qty: number): void {
    const choice = this.stream.unit();
    if (choice < SUBSTITUTE_CHANCE) {
      const substitute = this.floor.substituteFor(product, this.stream);
      if (substitute < 0 || this.inCart(substitute)) return;
      const available = this.floor.stock.available(substitute);
      this.putInCart(substitute, Math.min(qty, available));
    } else if (choice < SUBSTITUTE_CHANCE + OTHER_STORE_CHANCE) {
      if (this.stream.chance(OWN_NETWORK_CHANCE)) lookElsewhere(this.floor, this.patron, product);
    }
  }

  private inCart(product: number): boolean {
    for (let line = 0; line < this.cartCount; line++) {
      if (this.cartProduct[line] === product) return true;
    }
    for (let want = 0; want < this.wantCount; want++) {
      if (this.wantProduct[want] === product) return true;
    }
    return false;
  }

  private putInCart(product: number, qty: number): void {
    this.floor.stock.held[product] += qty;
    this.cartProduct[this.cartCount] = product;
    this.cartQty[this.cartCount] = qty;
    this.cartUnits += qty;
    this.cartCount++;
  }

  private attribute(): void {
    const { region, store } = this.floor;
    const row = region.scratch.attributions;
    row.traceId = this.sessionId;
    row.eventMs = region.nowMs;
    row.impressionId = this.impressionId;
    row.customerId = this.customerId;
    row.storeId = store.id;
    row.sessionId = this.sessionId;
    row.receiptId = this.receiptId > 0 ? this.receiptId : NULL;
    row.revenueCents = this.receiptId > 0 ? this.subtotalCents : 0;
    region.facts.attributions(row);
  }

  /** What a checkpoint keeps of a visit under way. */
  save(): Record<string, unknown> {
    const { floor: _floor, stream, wantProduct, wantQty, cartProduct, cartQty, ...plain } = this;
    return {
      ...plain,
      store: this.floor.index,
      stream: stream.state(),
      wantProduct: [...wantProduct.subarray(0, this.wantCount)],
      wantQty: [...wantQty.subarray(0, this.wantCount)],
      cartProduct: [...cartProduct.subarray(0, this.cartCount)],
      cartQty: [...cartQty.subarray(0, this.cartCount)],
    };
  }

  /** Becomes the visit that was saved. */
  restore(floor: Floor, saved: Record<string, unknown>): void {
    const {
      store: _store,
      stream,
      wantProduct,
      wantQty,
      cartProduct,
      cartQty,
      route,
      ...plain
    } = saved as Record<string, number[]>;
    Object.assign(this, plain);
    this.floor = floor;
    this.stream = Substream.restore(stream);
    if (wantProduct.length > this.wantProduct.length) this.makeRoom(wantProduct.length);
    this.wantProduct.set(wantProduct);
    this.wantQty.set(wantQty);
    this.cartProduct.set(cartProduct);
    this.cartQty.set(cartQty);
    this.route.length = 0;
    this.route.push(...route);
  }
}
