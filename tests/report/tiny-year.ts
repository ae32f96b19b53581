/**
 * A year of a few customers made by hand, so simple that every statistic of it is known: two stores in the zone of New
 * York, who buys what on which days is a list.
 */
import { idBase } from '../../src/domain/ids.ts';
import { ZONE } from '../../src/domain/values.ts';
import { TinyFiles } from '../verify/tiny-files.ts';
import { addDimension, addFact } from './rows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2024-01-01T00:00:00Z');
const END_MS = Date.parse('2025-01-01T00:00:00Z');
/** Daylight saving of 2024. */
const SUMMER_MS = [Date.parse('2024-03-10T07:00:00Z'), Date.parse('2024-11-03T06:00:00Z')];
const TAX_BASIS_POINTS = 956;
export const DAYS = 366;
/** Days whose whole local day lies in the year: the last evening is cut off. */
export const COMPLETE_DAYS = 365;

export interface Product {
  readonly department: number;
  readonly category: string;
  readonly cents: number;
  readonly taxable: number;
}

/** Milk, bread, soap, a television, a shirt, a hose, cereal. */
export const PRODUCTS: readonly Product[] = [
  { department: 0, category: 'Dairy', cents: 400, taxable: 0 },
  { department: 0, category: 'Bakery', cents: 200, taxable: 0 },
  { department: 3, category: 'Bath', cents: 500, taxable: 1 },
  { department: 1, category: 'Televisions', cents: 10_000, taxable: 1 },
  { department: 2, category: 'Shirts', cents: 2000, taxable: 1 },
  { department: 4, category: 'Garden', cents: 1000, taxable: 1 },
  { department: 0, category: 'Cereal', cents: 500, taxable: 0 },
];
const [MILK, BREAD, SOAP, TV, , HOSE, CEREAL] = [1, 2, 3, 4, 5, 6, 7];
const PROMOTION = { code: 'GR240103-25', percentOff: 25 };

export interface Purchase {
  readonly day: number;
  readonly hour: number;
  readonly store: number;
  readonly customer: number;
  /** Index into TENDERS. */
  readonly tender: number;
  readonly lines: readonly (readonly [product: number, qty: number, promoted?: true])[];
}

/** 0 is 1 January, a Monday. */
const dayOf = (date: string) => (Date.parse(`2024-${date}T00:00:00Z`) - START_MS) / DAY_MS;
export const THANKSGIVING = dayOf('11-28');
export const CHRISTMAS = dayOf('12-25');
/** Ten weeks from a Wednesday. */
const PROMOTED = [dayOf('04-03'), dayOf('06-11')];

export const PURCHASES: readonly Purchase[] = [...purchases()].sort(
  (a, b) => a.day - b.day || a.hour - b.hour,
);

function* purchases(): Generator<Purchase> {
  for (let day = 0; day < DAYS; day++) {
    const feast = day === THANKSGIVING ? 0.5 : day === CHRISTMAS - 2 ? 2 : 1;
    const lines = [[MILK, 2 * feast] as const, ...(feast < 1 ? [] : [[BREAD, 2 * feast] as const])];
    yield { day, hour: 8, store: 1, customer: 1, tender: 1, lines };
    const greatWeek = day > THANKSGIVING - 6 && day <= THANKSGIVING + 1;
    const sets = greatWeek ? 2 : day >= CHRISTMAS - 7 && day < CHRISTMAS ? 3 : 1;
    yield { day, hour: 12, store: 2, customer: 2, tender: 2, lines: [[TV, sets]] };
    if (day % 7 === 0) {
      const all = PRODUCTS.slice(0, 6).map((_, at) => [at + 1, 1] as const);
      const store = 1 + ((day / 7) % 2);
      yield { day, hour: 18, store, customer: 3, tender: 4, lines: all };
    }
    if (day >= 2 && day < dayOf('12-25')) {
      const promoted = day >= PROMOTED[0] && day <= PROMOTED[1];
      const line = promoted ? ([CEREAL, 4, true] as const) : ([CEREAL, 2] as const);
      yield { day, hour: 10, store: 1, customer: 5, tender: 0, lines: [line] };
    }
  }
  const ten = [BREAD, BREAD, BREAD, BREAD, BREAD, SOAP, SOAP, SOAP, SOAP, SOAP];
  const lines = ten.map((product) => [product, 1] as const);
  yield { day: dayOf('07-02'), hour: 20, store: 2, customer: 4, tender: 3, lines };
}

/** Visits without a receipt, one a day. */
export const LOOKERS = 100;
/** Visits of customer 1, and of those who only look, that an ad brought. */
export const MARKETED = { buyers: 220, lookers: 30 } as const;
/** Impressions of each channel, and the visits that they brought: SEARCH, EMAIL, SOCIAL, DISPLAY, VIDEO. */
export const IMPRESSIONS = 1000;
export const BROUGHT = [100, 60, 30, 20, 40] as const;
/** Hours of the online orders, in turn, every five days. */
export const ORDER_HOURS = [10, 11, 12, 13, 14, 15, 3] as const;
export const ORDERS = 74;

const stayMinutes = ({ lines }: Pick<Purchase, 'lines'>) => 10 + 5 * lines.length;
export { stayMinutes };

export function priceCents([product, , promoted]: Purchase['lines'][number]): number {
  const { cents } = PRODUCTS[product - 1];
  return promoted ? (cents * (100 - PROMOTION.percentOff)) / 100 : cents;
}

/** The instant of an hour of a local day. */
function localMs(day: number, hour: number): number {
  const wallMs = START_MS + day * DAY_MS + hour * HOUR_MS;
  const summer = wallMs >= SUMMER_MS[0] && wallMs < SUMMER_MS[1];
  return wallMs + (summer ? 4 : 5) * HOUR_MS;
}

/** Writes the year into a folder. */
export function writeTinyYear(folder: string): void {
  const files = new TinyFiles();
  writeMasters(files);
  const sequences = [0, 0, 0];
  const marketed: number[] = [];
  for (const purchase of PURCHASES) {
    const sequence = sequences[purchase.store]++;
    buy(files, purchase, sequence);
    if (purchase.customer === 1 && marketed.length < MARKETED.buyers) {
      marketed.push(idBase('session', 1) + sequence);
    }
  }
  for (let day = 0; day < LOOKERS; day++) {
    const sessionId = idBase('session', 1) + sequences[1]++;
    look(files, sessionId, day);
    if (day < MARKETED.lookers) marketed.push(sessionId);
  }
  moveStock(files);
  orderOnline(files);
  takeBack(files);
  advertise(files, marketed);
  drive(files);
  ping(files);
  // One part a table: a thousand files take longer to read than what is in them.
  files.write(folder, START_MS, END_MS, DAYS * DAY_MS);
}

function buy(files: TinyFiles, purchase: Purchase, sequence: number): void {
  const { day, hour, store, customer, tender, lines } = purchase;
  const eventMs = localMs(day, hour);
  const sessionId = idBase('session', store) + sequence;
  const receiptId = idBase('receipt', store) + sequence;
  const common = { traceId: sessionId, eventMs, storeId: store };
  let [subtotalCents, taxCents, units] = [0, 0, 0];
  const movedUnits = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    const [productId, qty, promoted] = line;
    const unitPriceCents = priceCents(line);
    const extPriceCents = unitPriceCents * qty;
    const tax = lineTax(productId, extPriceCents);
    subtotalCents += extPriceCents;
    taxCents += tax;
    units += qty;
    movedUnits.set(productId, (movedUnits.get(productId) ?? 0) + qty);
    const promoCode = promoted ? PROMOTION.code : '';
    addFact(files, 'receipt_lines', {
      ...common,
      receiptId,
      line: at + 1,
      productId,
      qty,
      unitPriceCents,
      extPriceCents,
      promoCode,
      taxCents: tax,
    });
    if (promoted) {
      const discountCents = (PRODUCTS[productId - 1].cents - unitPriceCents) * qty;
      addFact(files, 'promotions', { ...common, receiptId, promoCode, discountCents, productId });
    }
  }
  for (const [productId, qty] of movedUnits) {
    addFact(files, 'store_inventory_txn', {
      ...common,
      productId,
      qtyDelta: -qty,
      reason: 5,
      balance: 100,
    });
  }
  const totalCents = subtotalCents + taxCents;
  addFact(files, 'receipts', {
    ...common,
    customerId: customer,
    receiptId,
    subtotalCents,
    taxCents,
    totalCents,
    tender,
    sessionId,
  });
  const transactionId = idBase('receiptPayment', store) + sequence;
  const payment = { ...common, receiptId, tender, amountCents: totalCents, transactionId };
  addFact(files, 'payments', payment);
  const enterMs = eventMs + (2 - stayMinutes(purchase)) * MINUTE_MS;
  count(files, { ...common, sessionId, eventMs: enterMs, zone: ZONE.entrance });
  count(files, { ...common, sessionId, zone: ZONE.checkout, dwellSeconds: 41 + 3 * units });
  count(files, { ...common, sessionId, eventMs: eventMs + 2 * MINUTE_MS, zone: ZONE.exit });
}

function lineTax(productId: number, cents: number): number {
  const { taxable } = PRODUCTS[productId - 1];
  return taxable ? Math.floor((cents * TAX_BASIS_POINTS + 5000) / 10_000) : 0;
}

function look(files: TinyFiles, sessionId: number, day: number): void {
  const eventMs = localMs(day, 16);
  const common = { traceId: sessionId, storeId: 1, sessionId };
  count(files, { ...common, eventMs, zone: ZONE.entrance });
  count(files, { ...common, eventMs: eventMs + 10 * MINUTE_MS, zone: ZONE.exit });
}

interface Count {
  readonly traceId: number;
  readonly eventMs: number;
  readonly storeId: number;
  readonly sessionId: number;
  readonly zone: number;
  readonly dwellSeconds?: number;
}

function count(files: TinyFiles, row: Count): void {
  addFact(files, 'foot_traffic', { dwellSeconds: 30, count: 1, ...row });
}

/** Soap is gone in store 2 from 1 August, noon, to 3 August, noon; some goods are written off. */
function moveStock(files: TinyFiles): void {
  const day = dayOf('08-01');
  const rows = [
    [day, 12, 2, SOAP, -1, 4, 0],
    [day + 2, 12, 2, SOAP, 50, 0, 50],
    [day, 13, 1, MILK, -3, 3, 97],
    [day, 14, 1, MILK, 1, 2, 98],
  ];
  for (const [at, [on, hour, storeId, productId, qtyDelta, reason, balance]] of rows.entries()) {
    addFact(files, 'store_inventory_txn', {
      traceId: idBase('storeAdjustment', storeId) + at,
      eventMs: localMs(on, hour),
      storeId,
      productId,
      qtyDelta,
      reason,
      source: 3,
      balance,
      shelfDelta: productId === SOAP ? Math.min(qtyDelta, 0) : 0,
    });
  }
  const filledMs = localMs(day + 2, 12);
  addFact(files, 'shelf_fills', { eventMs: filledMs, storeId: 2, productId: SOAP, qty: 50 });
}

/** Customer 6 orders milk and bread, and once a hose. */
function orderOnline(files: TinyFiles): void {
  for (let order = 0; order < ORDERS; order++) {
    const orderId = idBase('order', 1) + order;
    const eventMs = localMs(5 * order, ORDER_HOURS[order % ORDER_HOURS.length]);
    const common = { traceId: orderId, eventMs, orderId };
    const products = order === 20 ? [MILK, BREAD, HOSE] : [MILK, BREAD];
    let subtotalCents = 0;
    for (const [at, productId] of products.entries()) {
      const { cents } = PRODUCTS[productId - 1];
      subtotalCents += cents;
      const line = { line: at + 1, productId, qty: 1, unitPriceCents: cents, extPriceCents: cents };
      addFact(files, 'online_order_lines', { ...common, ...line });
    }
    const totalCents = subtotalCents;
    addFact(files, 'online_orders', { ...common, customerId: 6, subtotalCents, totalCents });
  }
}

/** The milk of Christmas comes back a day later, the television of 30 June on 1 July. */
function takeBack(files: TinyFiles): void {
  const [milk, television] = [
    [1, CHRISTMAS, MILK, 2, 800],
    [2, dayOf('06-30'), TV, 1, 10_000],
  ];
  for (const [storeId, day, productId, qty, refundCents] of [milk, television]) {
    const wanted = PURCHASES.filter(({ store }) => store === storeId);
    const sequence = wanted.findIndex(
      (purchase) => purchase.day === day && purchase.lines[0][0] === productId,
    );
    const traceId = idBase('return', storeId);
    const receiptId = idBase('receipt', storeId) + sequence;
    const eventMs = localMs(day + 1, 11);
    const row = { traceId, eventMs, receiptId, line: 1, storeId, productId, qty, refundCents };
    addFact(files, 'returns', row);
  }
}

function advertise(files: TinyFiles, sessions: readonly number[]): void {
  let brought = 0;
  for (const [channel, visits] of BROUGHT.entries()) {
    for (let at = 0; at < IMPRESSIONS; at++) {
      const impressionId = idBase('impression', 1) + channel * IMPRESSIONS + at;
      const eventMs = START_MS + HOUR_MS + at * MINUTE_MS;
      const row = { traceId: impressionId, eventMs, channel, campaignId: channel + 1 };
      addFact(files, 'marketing', { ...row, impressionId, adCustomerId: 1, costCents: 10 });
      if (at >= visits) continue;
      const sessionId = sessions[brought++];
      const common = { traceId: sessionId, sessionId, impressionId, customerId: 1, storeId: 1 };
      addFact(files, 'attributions', { ...common, eventMs: END_MS - HOUR_MS });
    }
  }
}

/** A truck is loaded in 30 minutes, drives 96 and is unloaded in 90. */
function drive(files: TinyFiles): void {
  const shipmentId = idBase('shipment', 1);
  const steps = [
    [1, 0, 10],
    [2, 30, 10],
    [3, 126, 106],
    [5, 216, 106],
  ];
  for (const [status, minutes, dutyDrivingMinutes] of steps) {
    const eventMs = START_MS + DAY_MS + minutes * MINUTE_MS;
    const row = { traceId: shipmentId, eventMs, truckId: 1, dcId: 1, storeId: 1, shipmentId };
    addFact(files, 'truck_moves', { ...row, status, dutyDrivingMinutes });
  }
}

/** The first visit is heard 2,400 times, six times 6 dB above the mean and six times below it in turn. */
function ping(files: TinyFiles): void {
  for (let at = 0; at < 2400; at++) {
    addFact(files, 'ble_pings', {
      traceId: idBase('session', 1),
      eventMs: localMs(0, 8) - 5 * MINUTE_MS + at * 100,
      storeId: 1,
      bleCustomerId: 1,
      rssiDbm: at % 12 < 6 ? -54 : -66,
      sessionId: idBase('session', 1),
    });
  }
}

function writeMasters(files: TinyFiles): void {
  const timeZone = 'America/New_York';
  const place = { timeZone, latitude: 40, longitude: -75, geographyId: 1 };
  addDimension(files, 'geographies_master', { ...place, id: 1, state: 'TN' });
  addDimension(files, 'distribution_centers', { ...place, id: 1 });
  for (const id of [1, 2]) addDimension(files, 'stores', { ...place, id, dcId: 1, latitude: 41 });
  addDimension(files, 'trucks', { id: 1, dcId: 1, capacityPallets: 26 });
  for (let id = 1; id <= 6; id++) {
    addDimension(files, 'customers', { id, geographyId: 1, bleCustomerId: id, adCustomerId: id });
  }
  for (const [at, { cents, ...product }] of PRODUCTS.entries()) {
    addDimension(files, 'products_master', { ...product, id: at + 1, salePriceCents: cents });
    for (const nodeId of [1, 2]) {
      const isLast = nodeId === 2 && at + 1 === SOAP;
      const stock = { nodeId, productId: at + 1, quantity: 100, shelf: isLast ? 1 : 50 };
      addDimension(files, 'store_inventory_snapshots', stock);
    }
  }
  const whole = { startMs: START_MS - DAY_MS, endMs: END_MS + DAY_MS };
  addDimension(files, 'promotion_calendar', { ...PROMOTION, department: 'Grocery', ...whole });
  for (let channel = 0; channel < BROUGHT.length; channel++) {
    const campaign = { id: channel + 1, channel, costPerImpressionCents: 10 };
    addDimension(files, 'campaigns', { ...campaign, ...whole });
  }
}
