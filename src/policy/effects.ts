/**
 * The effects of scenarios on the world, as pure functions of target and simulated time.
 *
 * Factors multiply; a factor is 1 where no scenario applies. They are piecewise smooth: callers sample them
 * as finely as they need (an arrival process by the quarter hour, a review once). The instants where a
 * window opens or closes are in `changesMs`.
 */
export interface Effects {
  /** Factor on shopper arrivals at a store. */
  traffic(storeId: number, atMs: number): number;
  /** Factor on the share of a store's visits that end in a purchase, whether an ad led to them or not. */
  purchase(storeId: number, atMs: number, segment: number): number;
  /** Factor on the lines of the lists of a segment's customers (index into SEGMENTS). */
  basket(storeId: number, atMs: number, segment: number): number;
  /** Whether the store stays shut. */
  closed(storeId: number, atMs: number): boolean;
  /** Factor on the work of the crew that fills a store's shelves. */
  shelfFilling(storeId: number, atMs: number): number;
  /** Share of a store's checkout lanes that is staffed, 0 to 1. */
  lanes(storeId: number, atMs: number): number;
  /** Factor on the units stolen or broken for each unit sold. */
  shrink(storeId: number, atMs: number): number;
  /** Factor on the chances of slips at the till and at receiving. */
  recordErrors(storeId: number, atMs: number): number;
  /** Factor on the chance that a line of a department (index into DEPARTMENTS) comes back. */
  returns(storeId: number, department: number, atMs: number): number;
  /** Factor on the share of a tender (index into TENDERS). */
  tender(storeId: number, tender: number, atMs: number): number;
  /** Factor on the chance that a card payment fails at the first attempt. */
  declines(storeId: number, atMs: number): number;
  /** Share of the goods on a product's shelf that is written off in an hour, 0 to 1. */
  spoilage(storeId: number, productId: number, atMs: number): number;
  /** The same of what is in a DC. */
  dcSpoilage(dcId: number, productId: number, atMs: number): number;
  /** Factor on the share of online orders that are fulfilled in a mode (index into FULFILLMENT_MODES). */
  fulfillment(dcId: number, mode: number, atMs: number): number;
  /** Sky (index into SKIES) that a scenario sets at an instant; -1 if none does. */
  sky(dcId: number, atMs: number): number;
  /** Whether a truck of a DC stays where it is loaded. */
  truckOut(dcId: number, truckId: number, atMs: number): boolean;
  /** Factor on online orders of a region. */
  online(dcId: number, atMs: number): number;
  /** Factors on the impressions of a channel (index into CHANNELS) in a region, on the response to them, and on clicks. */
  adImpressions(dcId: number, channel: number, atMs: number): number;
  /** Factor on the share of a channel's impressions that lead to a visit or an order. */
  adResponse(dcId: number, channel: number, atMs: number): number;
  /** Factor on the share of a channel's impressions that are clicked. */
  adClicks(dcId: number, channel: number, atMs: number): number;
  /** Factor on demand for a department (index into DEPARTMENTS) at a store. */
  departmentDemand(storeId: number, department: number, atMs: number): number;
  /** Factor on demand for one product (id); 1 unless a scenario names products. */
  productDemand(storeId: number, productId: number, atMs: number): number;
  /** Factor on SalePrice; at least 1 (lower prices are promotions). */
  price(storeId: number, productId: number, atMs: number): number;
  /** The deepest scenario promotion on a product at a store, or undefined. */
  promotion(storeId: number, productId: number, atMs: number): ScenarioPromotion | undefined;
  /** Share of a DC's capacity that is available: 1 normal, 0 a full outage. */
  dcCapacity(dcId: number, atMs: number): number;
  /** Share of ordered goods that suppliers deliver to a DC: 1 normal, 0 nothing. */
  supply(dcId: number, productId: number, atMs: number): number;
  /** Factor on a supplier's lead times towards a DC. */
  leadTime(dcId: number, atMs: number, supplierId: number): number;
  /** Factor on travel times from and to a DC. */
  travelTime(dcId: number, atMs: number): number;
  /** Factor on the breakdown rate of a truck. */
  breakdown(dcId: number, truckId: number, atMs: number): number;
  /** Disruptions that scenarios declare for a DC, by start; rows of supply_chain_disruption. */
  disruptions(dcId: number): readonly ScenarioDisruption[];
  /** All promotions that scenarios declare, for the promotion calendar. */
  promotions(): readonly ScenarioPromotion[];
  /**
   * Instants in [fromMs, toMs) at which a window opens or closes, ascending, without repeats: of the
   * effects on one region (given by its DC's id), or of all.
   */
  changesMs(fromMs: number, toMs: number, dcId?: number): readonly number[];
  /** What is watched in stores while the world runs: effects that hold while it is so. */
  readonly conditions: readonly WatchedCondition[];
  /** The effects of a region that knows which conditions hold. @param isMet by the number of a condition */
  under(isMet: (condition: number) => boolean): Effects;
  /** Effects of an extension's kind that hold at a place, given by the id of its store or DC. */
  holding(kind: string, placeId: number, atMs: number): readonly HoldingEffect[];
  /**
   * True if some scenario changes product-level demand, prices or promotions at the store. Hot code skips the
   * lookups if not.
   */
  readonly touchesProducts: boolean;
  /** True if some scenario changes the number of impressions. */
  readonly touchesAds: boolean;
  /** Which further parts of the world some scenario changes; code that runs often skips the lookups of the others. */
  readonly touches: Touched;
}

/** What a condition looks at: the share of a store's products whose shelf is empty, parties inside, shoppers waiting for a lane. */
export type ConditionMetric = 'stockoutRate' | 'visitors' | 'waiting';

/** A condition at one store. */
export interface WatchedCondition {
  /** The store that is watched. */
  readonly storeId: number;
  /** What is measured there. */
  readonly metric: ConditionMetric;
  /** Whether the metric must be above the threshold, or below it. */
  readonly isAbove: boolean;
  /** Whether the threshold itself is enough. */
  readonly includes: boolean;
  /** In the unit of the metric: a share, parties or shoppers. */
  readonly threshold: number;
  /** How long it must have been so. */
  readonly forMs: number;
}

/** Parts of the world that scenarios change. */
export interface Touched {
  /** Checkout lanes of stores. */
  readonly lanes: boolean;
  /** Whether payments go through, and how customers pay. */
  readonly payments: boolean;
  /** How often records of stock go wrong. */
  readonly recordErrors: boolean;
  /** How much comes back. */
  readonly returns: boolean;
  /** What goes out of date or is recalled in stores. */
  readonly spoilage: boolean;
  /** The same in distribution centers. */
  readonly dcSpoilage: boolean;
  /** How online orders are fulfilled. */
  readonly fulfillment: boolean;
  /** The weather. */
  readonly weather: boolean;
  /** Whether trucks may leave. */
  readonly trucks: boolean;
}

/** An effect of an extension's kind, as a scenario file has it. */
export interface HoldingEffect {
  /** Its settings by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** 1, less within a ramp. */
  readonly strength: number;
}

export interface ScenarioPromotion {
  readonly code: string;
  /** Department name, or '' if it spans several. */
  readonly department: string;
  readonly percentOff: number;
  readonly startMs: number;
  readonly endMs: number;
}

export interface ScenarioDisruption {
  /** Index into DISRUPTION_TYPES. */
  readonly type: number;
  /** Index into SEVERITIES. */
  readonly severity: number;
  readonly description: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly impactPercent: number;
}

/** A world without scenarios. */
export const NO_EFFECTS: Effects = {
  traffic: () => 1,
  purchase: () => 1,
  closed: () => false,
  basket: () => 1,
  shelfFilling: () => 1,
  lanes: () => 1,
  shrink: () => 1,
  recordErrors: () => 1,
  returns: () => 1,
  tender: () => 1,
  declines: () => 1,
  spoilage: () => 0,
  dcSpoilage: () => 0,
  fulfillment: () => 1,
  sky: () => -1,
  truckOut: () => false,
  online: () => 1,
  adImpressions: () => 1,
  adResponse: () => 1,
  adClicks: () => 1,
  departmentDemand: () => 1,
  productDemand: () => 1,
  price: () => 1,
  promotion: () => undefined,
  dcCapacity: () => 1,
  supply: () => 1,
  leadTime: () => 1,
  travelTime: () => 1,
  breakdown: () => 1,
  disruptions: () => [],
  promotions: () => [],
  changesMs: () => [],
  conditions: [],
  under: () => NO_EFFECTS,
  holding: () => [],
  touchesProducts: false,
  touchesAds: false,
  touches: {
    lanes: false,
    payments: false,
    recordErrors: false,
    returns: false,
    spoilage: false,
    dcSpoilage: false,
    fulfillment: false,
    weather: false,
    trucks: false,
  },
};
