/**
 * A small world made by hand, consistent in every respect: two and a half days of two stores that buy,
 * sell, ship, advertise and take back. Nothing of the simulation takes part.
 */
import { idBase } from '../../src/domain/ids.ts';
import { SHELF_REACTION } from '../../src/domain/values.ts';
import { DISPOSITION } from '../../src/policy/returns.ts';
import { TinyFiles } from './tiny-files.ts';
import { type At, makeTrip, placeOrder } from './tiny-goods.ts';
import { END_MS, START_MS, writeMasters } from './tiny-masters.ts';
import { TinyStock } from './tiny-stock.ts';
import {
  HOME_GARDEN,
  receiptIdOf,
  STEPS,
  sessionIdOf,
  TinyVisits,
  type Visit,
} from './tiny-visits.ts';

const MINUTE_MS = 60_000;
const on = (text: string) => Date.parse(`2024-03-${text}Z`);

/** Visits of the first day in each store, five minutes apart; store 2 has one more. */
const FIRST_DAY_VISITS = 110;

/** Visits of store 1 that look for chairs after the last ones were sold. */
const WANTS: readonly (readonly [
  sequence: number,
  reaction: keyof typeof SHELF_REACTION,
  substituteId?: number,
])[] = [
  [56, 'otherSize', 2],
  [57, 'delay'],
];

/** Writes the world into a folder. */
export function writeTinyWorld(folder: string): void {
  const files = new TinyFiles();
  writeMasters(files);
  const stock = new TinyStock(files);
  const visits = new TinyVisits(files, stock);
  const calendar: { atMs: number; act: (atMs: number) => void }[] = [];
  const at: At = (atMs, act) => {
    if (atMs < END_MS) calendar.push({ atMs, act });
  };

  openStores(files);
  for (const visit of allVisits()) {
    visits.walk(visit);
    if (visit.basket !== undefined)
      at(visit.enterMs + STEPS.payment * MINUTE_MS, () => visits.pay(visit));
  }
  orderGoods(files, stock, at);
  sellOnline(files, stock, at);
  countAndTakeBack(files, stock, at);
  keepShelves(files, stock, at);
  advertise(files);
  breakDown(files);
  observe(files);

  calendar.sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, act } of calendar) act(atMs);
  stock.close();
  files.write(folder, START_MS, END_MS);
}

function openStores(files: TinyFiles): void {
  // From 8:00 to 23:00 local time; store 3 is an hour behind, and nobody comes there.
  for (const storeId of [1, 2, 3]) {
    const times = ['04T13:00', '05T04:05', '05T13:00', '06T04:05', '06T13:00']
      .map((time) => on(`${time}:00`) + (storeId === 3 ? 60 * MINUTE_MS : 0))
      .filter((eventMs) => eventMs < END_MS);
    times.forEach((eventMs, index) => {
      files.fact('store_ops', {
        traceId: idBase('storeOperation', storeId) + index,
        eventMs: eventMs + storeId,
        storeId,
        operation: index % 2,
      });
    });
  }
}

function allVisits(): Visit[] {
  const visits: Visit[] = [];
  for (const storeId of [1, 2]) {
    let sequence = 0;
    const add = (enterMs: number, customerId: number, more: Partial<Visit> = {}) =>
      visits.push({ storeId, customerId, sequence: sequence++, enterMs, ...more });
    const from = on('04T13:10:00');
    for (let visit = 0; visit < FIRST_DAY_VISITS; visit++) {
      const enterMs = from + visit * 5 * MINUTE_MS + ((visit * 7919) % 10_000);
      const basket: [number, number][] = [[1, 1]];
      if (visit % 4 === 0) basket.push([2, 1]);
      // The last two chairs of store 1.
      if (storeId === 1 && visit === 11) basket.push([4, 2]);
      const isWanting = storeId === 1 && WANTS.some(([sequence]) => sequence === visit);
      add(enterMs, 1 + visit + (storeId - 1) * FIRST_DAY_VISITS, {
        basket,
        count: 1 + (visit % 2),
        ...(isWanting ? { zone: HOME_GARDEN } : {}),
      });
    }
    // Only in store 2: one shopper more, and one who was in store 1 in the morning.
    if (storeId === 2) {
      add(from + 552 * MINUTE_MS + 500, 225, { basket: [[2, 1]] });
      add(on('04T23:10:00'), 1);
    }
    for (let visit = 0; visit < 5; visit++) {
      const basket: [number, number][] = [
        [3, 1],
        [1, 1],
      ];
      add(on('05T14:00:00') + visit * 30 * MINUTE_MS + 137 * visit, 10 + visit + storeId * 20, {
        basket: visit === 4 ? undefined : basket,
      });
    }
    // Still inside when the run ends.
    add(END_MS - 3 * MINUTE_MS, 100 + storeId, { basket: [[1, 1]] });
  }
  return visits;
}

function orderGoods(files: TinyFiles, stock: TinyStock, at: At): void {
  const [order1, order2, order3, order4] = [
    idBase('storeOrder', 1),
    idBase('storeOrder', 2),
    idBase('storeOrder', 1) + 1,
    idBase('storeOrder', 2) + 1,
  ];
  const purchase = idBase('purchaseOrder', 1);
  at(on('05T02:30:00'), (atMs) => stock.review(atMs, 'S1', 1, order1));
  at(on('05T02:40:00'), (atMs) => stock.review(atMs, 'S2', 1, order2));
  at(on('05T03:00:00'), (atMs) => stock.review(atMs, 'D1', 1, purchase));
  at(on('06T02:30:00'), (atMs) => stock.review(atMs, 'S1', 1, order3));
  at(on('06T02:40:00'), (atMs) => stock.review(atMs, 'S2', 1, order4));
  makeTrip(files, stock, at, {
    truckId: 1,
    sequence: 0,
    dcId: 1,
    storeId: 1,
    orderRef: order1,
    goods: [
      [1, 90],
      [4, 6],
    ],
    miscounts: 1,
    scheduledMs: on('05T03:30:00'),
    loadingMs: on('05T04:00:00'),
    loadMs: on('05T04:30:00'),
    departMs: on('05T05:00:00'),
    late: true,
    arriveMs: on('05T06:10:00'),
    unloadingMs: on('05T06:20:00'),
    completeMs: on('05T07:00:00'),
    homeMs: on('05T08:00:00'),
  });
  makeTrip(files, stock, at, {
    truckId: 1,
    sequence: 1,
    dcId: 1,
    storeId: 2,
    orderRef: order2,
    goods: [[1, 60]],
    scheduledMs: on('05T19:00:00'),
    loadingMs: on('05T19:30:00'),
    loadMs: on('05T20:00:00'),
    departMs: on('05T20:30:00'),
    arriveMs: on('05T21:40:00'),
    unloadingMs: on('05T21:50:00'),
    completeMs: on('05T22:30:00'),
    homeMs: on('05T23:50:00'),
  });
  // On the road when the run ends.
  makeTrip(files, stock, at, {
    truckId: 1,
    sequence: 2,
    dcId: 1,
    storeId: 2,
    orderRef: order2,
    goods: [[1, 24]],
    scheduledMs: on('06T10:00:00'),
    loadingMs: on('06T12:30:00'),
    loadMs: on('06T13:00:00'),
    departMs: on('06T13:40:00'),
    arriveMs: on('06T14:45:00'),
    unloadingMs: on('06T15:00:00'),
    completeMs: on('06T15:30:00'),
    homeMs: on('06T17:00:00'),
  });
  makeTrip(files, stock, at, {
    truckId: 3,
    sequence: 0,
    dcId: 1,
    orderRef: purchase,
    goods: [
      [1, 120],
      [4, 20],
    ],
    scheduledMs: on('05T08:00:00'),
    loadingMs: on('05T09:00:00'),
    loadMs: on('05T10:00:00'),
    departMs: on('05T10:30:00'),
    arriveMs: on('05T12:40:00'),
    unloadingMs: on('05T14:10:00'),
    completeMs: on('05T15:00:00'),
    homeMs: on('05T19:00:00'),
  });
}

function sellOnline(files: TinyFiles, stock: TinyStock, at: At): void {
  placeOrder(files, stock, at, {
    sequence: 0,
    // Who is in the store when the order is collected.
    customerId: 72,
    mode: 'bopis',
    storeId: 1,
    lines: [[2, 2]],
    createdMs: on('04T15:00:00.100'),
    steps: [
      ['picked', on('04T15:20:00.100')],
      ['readyForPickup', on('04T15:30:00')],
      ['collected', on('04T19:07:30')],
    ],
  });
  placeOrder(files, stock, at, {
    sequence: 1,
    customerId: 235,
    mode: 'shipFromDc',
    lines: [
      [2, 1],
      [1, 3],
    ],
    createdMs: on('04T16:00:00.200'),
    steps: [
      ['picked', on('04T16:20:00.200')],
      ['shipped', on('04T17:00:00')],
      ['delivered', on('06T09:00:00')],
    ],
  });
  placeOrder(files, stock, at, {
    sequence: 2,
    customerId: 203,
    mode: 'shipFromStore',
    storeId: 2,
    lines: [[2, 1]],
    createdMs: on('04T18:00:00.300'),
    steps: [
      ['picked', on('04T18:20:00.300')],
      ['cancelled', on('04T18:40:00.300')],
    ],
  });
  placeOrder(files, stock, at, {
    sequence: 3,
    customerId: 207,
    mode: 'shipFromStore',
    storeId: 2,
    lines: [[2, 1]],
    createdMs: on('04T18:30:00.400'),
    steps: [['cancelled', on('04T18:35:00.400')]],
  });
  // Picked a day late: committed at both reviews of store 2.
  placeOrder(files, stock, at, {
    sequence: 4,
    customerId: 205,
    mode: 'bopis',
    storeId: 2,
    lines: [[1, 5]],
    createdMs: on('05T02:35:00.500'),
    steps: [
      ['picked', on('06T03:00:00.500')],
      ['readyForPickup', on('06T03:08:00')],
    ],
  });
}

function keepShelves(files: TinyFiles, stock: TinyStock, at: At): void {
  const fillRound = idBase('fillRound', 1);
  const count = idBase('stockCount', 1);
  const loss = idBase('storeAdjustment', 1) + 2;
  // The record knew of a chair that was not there.
  at(on('05T00:05:00'), (atMs) => stock.count(atMs, 1, 4, 'zeroBalance', count));
  at(on('05T03:30:00.700'), (atMs) => {
    stock.move(atMs, 'S1', 2, -1, 'lost', 'floor', loss, 0);
    stock.misrecord(atMs, 1, 2, 'theft', 1, loss);
  });
  at(on('05T08:00:00'), (atMs) => {
    stock.fill(atMs, 1, 1, 80, fillRound);
    stock.fill(atMs, 1, 4, 4, fillRound);
  });
  at(on('06T04:30:00'), (atMs) => stock.count(atMs, 1, 2, 'cycle', count + 1));
  for (const [sequence, reaction, substituteId] of WANTS) {
    const visit = allVisits().find((one) => one.storeId === 1 && one.sequence === sequence)!;
    const sessionId = sessionIdOf(1, sequence);
    files.fact('unmet_demand', {
      ...{ traceId: sessionId, eventMs: visit.enterMs + STEPS.checkout * MINUTE_MS, storeId: 1 },
      ...{ productId: 4, qty: 1, reaction: SHELF_REACTION[reaction], sessionId },
      ...(substituteId === undefined ? {} : { substituteId }),
    });
  }
}

/** The weather of four local days in both regions; the world begins in the evening of the first. */
function observe(files: TinyFiles): void {
  for (const [dcId, hour] of [
    [1, '05'],
    [2, '06'],
  ] as const) {
    for (let number = 0; number < 4; number++) {
      files.fact('weather', {
        traceId: idBase('weather', dcId) + number,
        eventMs: number === 0 ? START_MS + 1 : on(`0${3 + number}T${hour}:00:00`),
        dcId,
        localDateMs: on(`0${3 + number}T00:00:00`),
        sky: number === 2 ? 2 : 0,
        highC: number === 2 ? 9 : 13,
        lowC: 2,
        precipitationMm: number === 2 ? 5 : 0,
        visitsPercent: number === 2 ? 93 : 103,
      });
    }
  }
}

function countAndTakeBack(files: TinyFiles, stock: TinyStock, at: At): void {
  at(on('05T02:10:00'), (atMs) =>
    stock.move(atMs, 'S1', 2, -1, 'damaged', 'count', idBase('storeAdjustment', 1)),
  );
  at(on('05T02:10:00'), (atMs) =>
    stock.move(atMs, 'S1', 1, 1, 'adjustment', 'count', idBase('storeAdjustment', 1) + 1),
  );
  at(on('05T02:20:00'), (atMs) =>
    stock.move(atMs, 'D1', 2, -1, 'lost', 'count', idBase('dcAdjustment', 1)),
  );
  // The lamp of the first receipt of store 1.
  at(on('05T16:00:00.600'), (eventMs) => {
    const traceId = idBase('return', 1);
    const receiptId = receiptIdOf(1, 0);
    files.fact('returns', {
      traceId,
      eventMs,
      receiptId,
      line: 2,
      storeId: 1,
      productId: 2,
      qty: 1,
      refundCents: 1999,
      reason: 0,
      withReceipt: 1,
      disposition: DISPOSITION.restocked,
    });
    files.fact('payments', {
      traceId,
      eventMs,
      receiptId,
      tender: 1,
      amountCents: 2164,
      transactionId: idBase('refund', 1),
      status: 2,
    });
    stock.move(eventMs, 'S1', 2, 1, 'return', 'returns', traceId);
  });
  // One of the two lamps of the first order, by someone who has lost the receipt.
  at(on('05T16:30:00.700'), (eventMs) => {
    const traceId = idBase('return', 1) + 1;
    const orderId = idBase('order', 1);
    files.fact('returns', {
      traceId,
      eventMs,
      orderId,
      line: 1,
      storeId: 1,
      productId: 2,
      qty: 1,
      refundCents: 1999,
      reason: 1,
      withReceipt: 0,
      disposition: DISPOSITION.resold,
    });
    files.fact('payments', {
      traceId,
      eventMs,
      orderId,
      tender: 1,
      amountCents: 2164,
      transactionId: idBase('refund', 1) + 1,
      status: 2,
    });
  });
}

/**
 * Customer 40 saw two ads before the visit, customer 41 one, customer 42 one that led to nothing although it was clicked,
 * customer 72 one before an order.
 */
function advertise(files: TinyFiles): void {
  const ads: [atMs: number, customerId: number][] = [
    [on('04T06:00:00'), 40],
    [on('04T09:00:00'), 40],
    [on('04T10:00:00'), 41],
    [on('04T11:00:00'), 42],
    [on('04T12:00:00'), 72],
  ];
  ads.forEach(([eventMs, adCustomerId], sequence) => {
    const impressionId = idBase('impression', 1) + sequence;
    files.fact('marketing', {
      traceId: impressionId,
      eventMs,
      channel: 0,
      campaignId: 1,
      creativeId: 1,
      adCustomerId,
      impressionId,
      costCents: 15,
      device: 0,
    });
  });
  const clicks: [ad: number, atMs: number, customerId: number][] = [
    [1, on('04T09:00:05.300'), 40],
    [3, on('04T11:00:09.700'), 42],
  ];
  for (const [ad, eventMs, adCustomerId] of clicks) {
    const impressionId = idBase('impression', 1) + ad;
    files.fact('ad_clicks', {
      traceId: impressionId,
      eventMs,
      clickId: idBase('click', 1) + ad,
      impressionId,
      adCustomerId,
      channel: 0,
      campaignId: 1,
      device: 0,
      landing: 2,
      dwellSeconds: 40,
    });
  }
  files.fact('attributions', {
    traceId: idBase('order', 1),
    eventMs: on('04T15:00:00.100'),
    impressionId: idBase('impression', 1) + 4,
    customerId: 72,
    revenueCents: 3998,
    orderId: idBase('order', 1),
  });
  for (const [ad, customerId, revenueCents] of [
    [1, 40, 300],
    [2, 41, 2299],
  ]) {
    const visit = allVisits().find(
      (candidate) => candidate.customerId === customerId && candidate.storeId === 1,
    )!;
    const sessionId = sessionIdOf(1, visit.sequence);
    files.fact('attributions', {
      traceId: sessionId,
      eventMs: visit.enterMs + STEPS.exit * MINUTE_MS,
      impressionId: idBase('impression', 1) + ad,
      customerId,
      storeId: 1,
      sessionId,
      receiptId: receiptIdOf(1, visit.sequence),
      revenueCents,
    });
  }
}

function breakDown(files: TinyFiles): void {
  const [startMs, endMs] = [on('05T11:00:00'), on('05T12:00:00')];
  for (const [status, eventMs] of [
    [0, startMs],
    [1, endMs],
  ]) {
    files.fact('supply_chain_disruption', {
      traceId: idBase('disruption', 1),
      eventMs,
      dcId: 1,
      type: 5,
      severity: 2,
      description: 'Power cut, all docks dark',
      startMs,
      endMs,
      impactPercent: 100,
      affectedProducts: 4,
      status,
    });
  }
}
