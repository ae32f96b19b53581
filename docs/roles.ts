/**
 * What the statecharts can't say themselves: what each stands for, who starts it, who sends its events
 * and why, and which facts its entity brings forth. What it is called follows from its id: see `namesOf`.
 */
import type { Role } from '../actors/cast.ts';
import type { FactName } from '../src/domain/facts.ts';

/** A role, or the region when it opens. */
export type Source = Role | 'region';

export interface RoleGuide {
  readonly about: string;
  readonly startedBy: readonly Source[];
  /** By type of event: who sends it, and what it means. */
  readonly events: Readonly<Record<string, readonly [from: readonly Source[], about: string]>>;
  /** By table: which facts of it the entity brings forth. */
  readonly facts: Readonly<Partial<Record<FactName, string>>>;
}

/** What a role is called everywhere: `onlineOrder` is the file online-order.ts, `OnlineOrder`, `OnlineOrderPort`. */
export interface RoleNames {
  /** Of its statechart in actors, and of its entity in src/entities. */
  readonly file: string;
  /** Class of the entity. */
  readonly entity: string;
  /** Interface in src/domain/ports.ts. */
  readonly port: string;
}

export function namesOf(role: Role): RoleNames {
  const entity = role.charAt(0).toUpperCase() + role.slice(1);
  const file = `${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
  return { file, entity, port: `${entity}Port` };
}

export const ROLES: Readonly<Record<Role, RoleGuide>> = {
  store: {
    about:
      'A store, day after day: it unlocks, opens, lets shoppers in, shuts its doors, waits for the last shopper to leave, counts some of its stock and orders what runs low by its record. Crews fill shelves before opening and in every hour; once a day somebody walks along them and looks for gaps. Visits that were planned and goods that come back are put off to the next opening while it is shut.',
    startedBy: ['region'],
    events: {
      VISIT_DUE: [
        ['campaign', 'customerSession', 'onlineOrder', 'store'],
        'A customer wanted to come now: after an ad, to pick up an order, or for what another store had run out of. The argument is the slot of the plan.',
      ],
      RETURN_DUE: [
        ['customerSession', 'onlineOrder', 'store'],
        'Goods come back, as was planned when they were sold or delivered. The argument is the slot of the plan.',
      ],
      SHOPPER_LEFT: [['customerSession'], 'The last shopper has left after the doors were shut.'],
      EVENING_REVIEW_DUE: [
        ['region'],
        'The world opens on the evening of a day on which the store has traded: it counts and reviews its stock as on every evening.',
      ],
    },
    facts: {
      store_ops: 'The doors open; the store is locked up.',
      store_inventory_txn: 'Losses since the last round; returned goods that can be sold again.',
      stockouts: 'The last unit of a shelf is lost.',
      shelf_fills: 'A crew fills a shelf.',
      stock_counts: 'A product is counted at night, or because its shelf was seen empty.',
      record_errors: 'Goods are lost unseen.',
      reorders: 'The evening review orders from the DC.',
      returns: 'Goods are taken back.',
      payments: 'The refund of goods taken back.',
    },
  },
  customerSession: {
    about:
      'One visit of a customer to a store, from door to door: zone after zone, the queue, the till, the exit. Meanwhile the phone makes itself heard.',
    startedBy: ['store'],
    events: {
      CALLED: [
        ['customerSession'],
        'A shopper has freed a lane, and this one is next in the queue.',
      ],
    },
    facts: {
      foot_traffic:
        'A sensor counts the shopper at the entrance, on leaving each zone, and at the exit.',
      zone_changes: 'The shopper walks to another zone.',
      ble_pings: 'A beacon hears the phone.',
      receipts: 'The basket is paid.',
      receipt_lines: 'The basket is paid: each product in it.',
      promotions: 'The basket is paid: each promotion on it.',
      payments: 'A card is declined; the payment is approved.',
      store_inventory_txn: 'The basket is paid: what was sold leaves the stock.',
      stockouts: 'The last unit of a shelf is sold.',
      record_errors: 'A line is scanned as another product.',
      unmet_demand: 'What the shopper wants is not on the shelf.',
      attributions: 'A shopper whom an ad has brought leaves.',
    },
  },
  distributionCenter: {
    about:
      'A distribution center (DC): it unloads supplier trucks, picks what stores have ordered, gives loads to idle trucks, and orders from suppliers once a day. Disruptions slow or halt its docks.',
    startedBy: ['region'],
    events: {
      CAPACITY_CHANGED: [
        ['region', 'distributionCenter', 'disruption'],
        'A disruption strikes or ends, or a scenario changes something: the docks may have to halt or resume.',
      ],
      DISRUPTION_DUE: [
        ['region', 'distributionCenter'],
        'A disruption that a scenario declares begins. The argument is its number there.',
      ],
      WORLD_OPENED: [
        ['region'],
        'The world opens: what is on order and on the road is brought forward into the books.',
      ],
      STORE_ORDERED: [
        ['store', 'distributionCenter'],
        'A store has ordered, or had ordered when the world opens: there is more to dispatch.',
      ],
      GOODS_PUT_AWAY: [
        ['distributionCenter'],
        'Goods from suppliers are in stock: what was short may be dispatched.',
      ],
      GOODS_RELEASED: [
        ['disruption'],
        'A shortage is over, or another one has begun: what was blocked may be dispatched.',
      ],
      TRUCK_READY: [
        ['truck', 'disruption'],
        'A truck is back home, or one that stood there broken down can go again.',
      ],
      PICK_REQUESTED: [['distributionCenter'], 'A load was planned and has to be picked.'],
      SUPPLIER_TRUCK_ARRIVED: [['truck'], 'A supplier truck waits in the yard.'],
    },
    facts: {
      reorders:
        'The daily review orders from suppliers; what nodes have on order when the world opens is brought forward.',
      dc_inventory_txn: 'Shrink is written off.',
      stockouts: 'Shrink takes away the last unit.',
    },
  },
  truck: {
    about:
      'A truck with its driver: loading, the road with its breakdowns, unloading, the way back, and the rests that the law asks for. Trucks of a DC go to stores; trucks of suppliers bring goods to the DC.',
    startedBy: ['region'],
    events: {
      ASSIGNED: [
        ['distributionCenter', 'supplier', 'truck'],
        'It has got a load: from the DC, or from suppliers once enough is ready or a supplier truck is free again.',
      ],
      STAGED: [['distributionCenter', 'supplier', 'truck'], 'The load is picked and at the dock.'],
      DOCKS_RESUMED: [['distributionCenter'], 'The DC works again after an outage.'],
      ROAD_CHANGED: [
        ['disruption'],
        'Weather or a breakdown from outside slows it down, stops it, or is over.',
      ],
      DOCK_FREE: [['distributionCenter'], 'The DC begins to unload it.'],
      UNLOADED: [['distributionCenter'], 'The DC has unloaded it.'],
    },
    facts: {
      truck_moves: 'Each step of the trip, and a delay when it is late.',
      truck_inventory: 'Goods are loaded or unloaded.',
      dc_inventory_txn: 'Goods leave the DC at loading, or come in from suppliers.',
      store_inventory_txn: 'Goods come in at the store.',
      record_errors: 'The store miscounts what comes in.',
      stockouts: 'Loading takes the last unit from the DC.',
    },
  },
  supplier: {
    about:
      'A supplier towards one DC: it takes orders and has the goods ready after its lead time, some of them later since it fills orders in part, supply is short or a delay from outside holds it up. What is ready waits for a supplier truck.',
    startedBy: ['region'],
    events: {
      ORDER_PLACED: [
        ['distributionCenter'],
        'The DC has ordered, or had ordered when the world opens. The argument is the slot of the order.',
      ],
      GOODS_READY: [
        ['supplier'],
        'The lead time of an order is over. The argument is the slot of the order.',
      ],
    },
    facts: {},
  },
  onlineOrder: {
    about:
      'An online order, from the click to the doorstep or the pickup desk. It waits while its DC is down or what it asks for is blocked there, and may be cancelled: on second thoughts, for want of patience, or because nobody picks it up.',
    startedBy: ['onlineShop'],
    events: {
      COLLECTED: [['customerSession'], 'The customer asks for it at the till.'],
    },
    facts: {
      online_orders: 'It is placed.',
      attributions: 'It is placed because of an ad.',
      online_order_lines: 'It is placed: each product.',
      promotions: 'It is placed: each promotion.',
      online_order_status: 'Each step.',
      payments: 'It is paid when placed, and refunded when cancelled.',
      store_inventory_txn: 'A store picks it, or puts back what was picked.',
      dc_inventory_txn: 'The DC picks it, or puts back what was picked.',
      stockouts: 'Picking takes the last unit.',
    },
  },
  onlineShop: {
    about:
      'The online shop of a region: orders and clicks on ads come in around the clock, and each day the campaigns that begin are set up.',
    startedBy: ['region'],
    events: {
      CLICK_DUE: [
        ['campaign'],
        'A customer clicks on an ad. The argument is the slot of the click.',
      ],
      AD_ORDER_DUE: [
        ['campaign', 'onlineShop'],
        'A customer orders because of an ad, or tries again. The argument is the slot of the plan.',
      ],
    },
    facts: { ad_clicks: 'A customer clicks on an ad.' },
  },
  campaign: {
    about:
      'An ad campaign towards the customers of one region: impressions as long as time and budget last. Some of those who see one click, come to the store, or order.',
    startedBy: ['region', 'onlineShop'],
    events: {},
    facts: { marketing: 'An ad is shown to a customer.' },
  },
  disruption: {
    about:
      'A disruption of a DC: it strikes, lasts, and is recovered from. It comes by chance, because a scenario declares it, or from outside while the world runs; then it may be cancelled.',
    startedBy: ['distributionCenter', 'region'],
    events: { CANCELLED: [['region'], 'It was cancelled from outside.'] },
    facts: { supply_chain_disruption: 'It strikes; it is over.' },
  },
  weatherStation: {
    about:
      'The weather station of a region: at local midnight it records the weather of the day that begins, which decides how many shoppers come and what they want.',
    startedBy: ['region'],
    events: {},
    facts: { weather: 'A day begins.' },
  },
};
