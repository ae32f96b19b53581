/** Scenarios compiled for a world: their effects by place and time, fast to look up. */
import { InputError } from '../domain/errors.ts';
import { type Effects, NO_EFFECTS, type ScenarioPromotion } from '../policy/effects.ts';
import { extensionEffects } from './extension-effects.ts';
import type { Scenario } from './scenario.ts';
import { ALL_REGIONS, type PlacedEffect, ScenarioPlaces } from './places.ts';
import { firstAfter, strength, type Timeline } from './timeline.ts';
import type { World } from '../world/world.ts';

/**
 * Compiles scenarios for a world. Factors of several effects multiply; the deepest of several promotions
 * counts; a store is closed if any effect closes it.
 * @throws InputError if a target does not exist in the world, or a scenario is given twice
 */
export function compileEffects(scenarios: readonly Scenario[], world: World): Effects {
  if (scenarios.every(({ effects }) => effects.length === 0)) return NO_EFFECTS;
  const places = new ScenarioPlaces(world);
  for (const [index, scenario] of scenarios.entries()) {
    if (scenarios.findIndex(({ name }) => name === scenario.name) !== index) {
      throw new InputError(`Cannot use scenario "${scenario.name}" twice: leave one out`);
    }
    for (const [number, effect] of scenario.effects.entries()) {
      places.add(scenario, number, effect);
    }
  }
  return effectsOf(places);
}

/** @param isMet whether a condition holds, by its number; none does before a region watches */
function effectsOf(
  places: ScenarioPlaces,
  isMet: (condition: number) => boolean = () => false,
): Effects {
  places.watch(isMet);
  const disruptions = places.disruptions();
  const promotions = places.promotions();
  const changes = places.changesMs();
  return withChanges({
    ...shopperEffects(places),
    ...storeWorkEffects(places),
    ...goodsEffects(places),
    ...onlineEffects(places),
    ...supplyEffects(places),
    disruptions: (dcId) => disruptions.get(dcId) ?? [],
    promotions: () => promotions,
    changesMs: (fromMs, toMs, dcId = ALL_REGIONS) => {
      const instants = changes.get(dcId) ?? [];
      return instants.slice(firstAfter(instants, fromMs - 1), firstAfter(instants, toMs - 1));
    },
    touchesAds: places.has('adImpressions'),
    touchesProducts: places.has('productDemand') || places.has('price') || places.has('promotion'),
    touches: {
      lanes: places.has('lanes'),
      payments: places.has('tender') || places.has('declines'),
      recordErrors: places.has('recordErrors'),
      returns: places.has('returns'),
      spoilage: places.has('spoilage'),
      dcSpoilage: places.has('dcSpoilage'),
      fulfillment: places.has('fulfillment'),
      weather: places.has('weather'),
      trucks: places.has('trucksOut'),
    },
    conditions: places.conditions,
    under: (met) => effectsOf(places, met),
    holding: extensionHoldings(places),
  });
}

/** Who comes to stores, who buys, and how much. */
function shopperEffects(places: ScenarioPlaces) {
  const traffic = places.timelines('traffic');
  const purchase = places.timelines('purchase');
  const basket = places.timelines('basket');
  const closure = places.timelines('closure');
  const departmentDemand = places.timelines('departmentDemand');
  const weather = places.timelines('weather');
  return {
    traffic: (storeId, atMs) => factorOf(traffic(storeId), atMs),
    purchase: (storeId, atMs, segment) => factorOf(purchase(storeId), atMs, segment),
    basket: (storeId, atMs, segment) => factorOf(basket(storeId), atMs, segment),
    closed: (storeId, atMs) => closure(storeId).at(atMs).length > 0,
    departmentDemand: (storeId, department, atMs) =>
      factorOf(departmentDemand(storeId), atMs, department),
    sky: (dcId, atMs) => weather(dcId).at(atMs)[0]?.effect.factor ?? -1,
  } satisfies Partial<Effects>;
}

/** What the people of a store do, at the till and at the shelves. */
function storeWorkEffects(places: ScenarioPlaces) {
  const shelfFilling = places.timelines('shelfFilling');
  const lanes = places.timelines('lanes');
  const shrink = places.timelines('shrink');
  const recordErrors = places.timelines('recordErrors');
  const returns = places.timelines('returns');
  const tender = places.timelines('tender');
  const declines = places.timelines('declines');
  return {
    shelfFilling: (storeId, atMs) => factorOf(shelfFilling(storeId), atMs),
    lanes: (storeId, atMs) => factorOf(lanes(storeId), atMs),
    shrink: (storeId, atMs) => factorOf(shrink(storeId), atMs),
    recordErrors: (storeId, atMs) => factorOf(recordErrors(storeId), atMs),
    returns: (storeId, department, atMs) => factorOf(returns(storeId), atMs, department),
    tender: (storeId, way, atMs) => factorOf(tender(storeId), atMs, way),
    declines: (storeId, atMs) => factorOf(declines(storeId), atMs),
  } satisfies Partial<Effects>;
}

/** What products cost, how much they are wanted, and what becomes of them. */
function goodsEffects(places: ScenarioPlaces) {
  const productDemand = places.timelines('productDemand');
  const price = places.timelines('price');
  const promotion = places.timelines('promotion');
  const spoilage = places.timelines('spoilage');
  const dcSpoilage = places.timelines('dcSpoilage');
  return {
    productDemand: (storeId, productId, atMs) =>
      factorOf(productDemand(storeId), atMs, productId - 1),
    price: (storeId, productId, atMs) => factorOf(price(storeId), atMs, productId - 1),
    promotion: (storeId, productId, atMs) =>
      deepestPromotion(promotion(storeId), atMs, productId - 1),
    spoilage: (storeId, productId, atMs) => 1 - factorOf(spoilage(storeId), atMs, productId - 1),
    dcSpoilage: (dcId, productId, atMs) => 1 - factorOf(dcSpoilage(dcId), atMs, productId - 1),
  } satisfies Partial<Effects>;
}

/** The web shop and its ads. */
function onlineEffects(places: ScenarioPlaces) {
  const online = places.timelines('online');
  const fulfillment = places.timelines('fulfillment');
  const adImpressions = places.timelines('adImpressions');
  const adResponse = places.timelines('adResponse');
  const adClicks = places.timelines('adClicks');
  return {
    online: (dcId, atMs) => factorOf(online(dcId), atMs),
    fulfillment: (dcId, mode, atMs) => factorOf(fulfillment(dcId), atMs, mode),
    adImpressions: (dcId, channel, atMs) => factorOf(adImpressions(dcId), atMs, channel),
    adResponse: (dcId, channel, atMs) => factorOf(adResponse(dcId), atMs, channel),
    adClicks: (dcId, channel, atMs) => factorOf(adClicks(dcId), atMs, channel),
  } satisfies Partial<Effects>;
}

/** Suppliers, distribution centers and trucks. */
function supplyEffects(places: ScenarioPlaces) {
  const dcCapacity = places.timelines('dcCapacity');
  const supply = places.timelines('supply');
  const leadTime = places.timelines('leadTime');
  const travelTime = places.timelines('travelTime');
  const breakdown = places.timelines('breakdown');
  const trucksOut = places.timelines('trucksOut');
  return {
    dcCapacity: (dcId, atMs) => factorOf(dcCapacity(dcId), atMs),
    supply: (dcId, productId, atMs) => factorOf(supply(dcId), atMs, productId - 1),
    leadTime: (dcId, atMs, supplierId) => factorOf(leadTime(dcId), atMs, supplierId - 1),
    travelTime: (dcId, atMs) => factorOf(travelTime(dcId), atMs),
    breakdown: (dcId, truckId, atMs) => factorOf(breakdown(dcId), atMs, truckId - 1),
    truckOut: (dcId, truckId, atMs) => holds(trucksOut(dcId), atMs, truckId - 1),
  } satisfies Partial<Effects>;
}

/** Finds the effects of extensions' kinds that hold at a place. */
function extensionHoldings(places: ScenarioPlaces): Effects['holding'] {
  const own = new Map([...extensionEffects().keys()].map((kind) => [kind, places.timelines(kind)]));
  return (kind, placeId, atMs) => {
    const holds = own.get(kind)?.(placeId).at(atMs) ?? [];
    if (holds.length === 0) return NOTHING;
    return holds.map((stretch) => ({
      settings: stretch.effect.settings,
      strength: strength(stretch, atMs),
    }));
  };
}

/** Whether some effect applies to one item of a place, by index. */
function holds(timeline: Timeline<PlacedEffect>, atMs: number, index: number): boolean {
  return timeline.at(atMs).some(({ effect: { choice } }) => choice?.[index] !== 0);
}

const NOTHING: readonly never[] = [];

/** What the extensions' kinds of effects change of the others. */
function withChanges(effects: Effects): Effects {
  let changed = effects;
  for (const [kind, { changes }] of extensionEffects()) {
    if (changes === undefined) continue;
    const holding = (placeId: number, atMs: number) => effects.holding(kind, placeId, atMs);
    changed = { ...changed, ...changes(changed, holding) };
  }
  return changed;
}

/** Product of the factors that apply to one item of a place (by index), or to the place itself. */
function factorOf(timeline: Timeline<PlacedEffect>, atMs: number, index = -1): number {
  const holding = timeline.at(atMs);
  let factor = 1;
  for (let number = 0; number < holding.length; number++) {
    const { effect } = holding[number];
    if (effect.choice !== undefined && effect.choice[index] !== 1) continue;
    factor *= 1 + (effect.factor - 1) * strength(holding[number], atMs);
  }
  return factor;
}

function deepestPromotion(
  timeline: Timeline<PlacedEffect>,
  atMs: number,
  index: number,
): ScenarioPromotion | undefined {
  let deepest: ScenarioPromotion | undefined;
  for (const { effect } of timeline.at(atMs)) {
    const { choice, promotion } = effect;
    if (promotion === undefined || (choice !== undefined && choice[index] !== 1)) continue;
    if (deepest === undefined || promotion.percentOff > deepest.percentOff) deepest = promotion;
  }
  return deepest;
}
