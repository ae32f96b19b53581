/** Scenarios compiled for a world: their effects by place and time, fast to look up. */
import { InputError } from '../domain/errors.ts';
import {
  type Effects,
  type HoldingEffect,
  NO_EFFECTS,
  type ScenarioPromotion,
} from '../policy/effects.ts';
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

function effectsOf(places: ScenarioPlaces): Effects {
  const traffic = places.timelines('traffic');
  const purchase = places.timelines('purchase');
  const closure = places.timelines('closure');
  const online = places.timelines('online');
  const adImpressions = places.timelines('adImpressions');
  const adResponse = places.timelines('adResponse');
  const adClicks = places.timelines('adClicks');
  const departmentDemand = places.timelines('departmentDemand');
  const productDemand = places.timelines('productDemand');
  const price = places.timelines('price');
  const promotion = places.timelines('promotion');
  const dcCapacity = places.timelines('dcCapacity');
  const supply = places.timelines('supply');
  const leadTime = places.timelines('leadTime');
  const travelTime = places.timelines('travelTime');
  const breakdown = places.timelines('breakdown');
  const disruptions = places.disruptions();
  const promotions = places.promotions();
  const changes = places.changesMs();
  const own = new Map([...extensionEffects().keys()].map((kind) => [kind, places.timelines(kind)]));
  const holding = (kind: string, placeId: number, atMs: number): readonly HoldingEffect[] => {
    const holds = own.get(kind)?.(placeId).at(atMs) ?? [];
    if (holds.length === 0) return NOTHING;
    return holds.map((stretch) => ({
      settings: stretch.effect.settings,
      strength: strength(stretch, atMs),
    }));
  };
  return withChanges({
    traffic: (storeId, atMs) => factorOf(traffic(storeId), atMs),
    purchase: (storeId, atMs) => factorOf(purchase(storeId), atMs),
    closed: (storeId, atMs) => closure(storeId).at(atMs).length > 0,
    online: (dcId, atMs) => factorOf(online(dcId), atMs),
    adImpressions: (dcId, channel, atMs) => factorOf(adImpressions(dcId), atMs, channel),
    adResponse: (dcId, channel, atMs) => factorOf(adResponse(dcId), atMs, channel),
    adClicks: (dcId, channel, atMs) => factorOf(adClicks(dcId), atMs, channel),
    departmentDemand: (storeId, department, atMs) =>
      factorOf(departmentDemand(storeId), atMs, department),
    productDemand: (storeId, productId, atMs) =>
      factorOf(productDemand(storeId), atMs, productId - 1),
    price: (storeId, productId, atMs) => factorOf(price(storeId), atMs, productId - 1),
    promotion: (storeId, productId, atMs) =>
      deepestPromotion(promotion(storeId), atMs, productId - 1),
    dcCapacity: (dcId, atMs) => factorOf(dcCapacity(dcId), atMs),
    supply: (dcId, productId, atMs) => factorOf(supply(dcId), atMs, productId - 1),
    leadTime: (dcId, atMs) => factorOf(leadTime(dcId), atMs),
    travelTime: (dcId, atMs) => factorOf(travelTime(dcId), atMs),
    breakdown: (dcId, truckId, atMs) => factorOf(breakdown(dcId), atMs, truckId - 1),
    disruptions: (dcId) => disruptions.get(dcId) ?? [],
    promotions: () => promotions,
    changesMs: (fromMs, toMs, dcId = ALL_REGIONS) => {
      const instants = changes.get(dcId) ?? [];
      return instants.slice(firstAfter(instants, fromMs - 1), firstAfter(instants, toMs - 1));
    },
    touchesAds: places.has('adImpressions'),
    touchesProducts: places.has('productDemand') || places.has('price') || places.has('promotion'),
    holding,
  });
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
