/** Scenarios compiled for a world: what they do where and when, quick to ask. */
import { InputError } from '../domain/errors.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import {
  type Effects,
  NO_EFFECTS,
  type ScenarioDisruption,
  type ScenarioPromotion,
} from '../policy/effects.ts';
import type { Scenario, ScenarioEffect } from './scenario.ts';
import { disruptionOf, effectOfDisruption } from './scenario-disruptions.ts';
import { PromotionBook } from './scenario-promotions.ts';
import type { EffectKind } from './scenario-shape.ts';
import {
  type Choice,
  type Targets,
  targetDcs,
  targetDepartments,
  targetProducts,
  targetStores,
} from './scenario-targets.ts';
import { ascending, firstAfter, type Stretch, strength, Timeline } from './scenario-timeline.ts';
import { rampMs, type Span, spansOf } from './scenario-windows.ts';
import type { World } from './world.ts';

/** One effect of one scenario, ready to be asked. */
interface Compiled {
  readonly factor: number;
  /** Departments, products or trucks that it is about, by index; all if undefined. */
  readonly choice: Choice;
  readonly promotion: ScenarioPromotion | undefined;
}

type Stretches = Stretch<Compiled>[];

/** Kinds of effects on stores; all others are on distribution centers. */
export const STORE_KINDS: ReadonlySet<EffectKind> = new Set([
  'traffic',
  'departmentDemand',
  'productDemand',
  'price',
  'promotion',
  'closure',
]);
const PRODUCT_KINDS: readonly EffectKind[] = ['productDemand', 'price', 'promotion'];
const ALL_REGIONS = 0;
const UNTOUCHED = new Timeline<Compiled>([]);

/**
 * Compiles scenarios for a world. Factors of several effects multiply; of promotions the deepest
 * counts; a store is shut if any effect shuts it.
 * @throws InputError if a target does not exist in the world, or a scenario is given twice
 */
export function compileEffects(scenarios: readonly Scenario[], world: World): Effects {
  if (scenarios.every(({ effects }) => effects.length === 0)) return NO_EFFECTS;
  const compiler = new Compiler(world);
  for (const [index, scenario] of scenarios.entries()) {
    if (scenarios.findIndex(({ name }) => name === scenario.name) !== index) {
      throw new InputError(`Cannot use scenario "${scenario.name}" twice: leave one out`);
    }
    for (const [number, effect] of scenario.effects.entries()) {
      compiler.add(scenario, number, effect);
    }
  }
  return compiler.finish();
}

class Compiler {
  private readonly world: World;
  /** By kind and place (store or DC id). */
  private readonly stretches = new Map<EffectKind, Map<number, Stretches>>();
  private readonly promotions = new PromotionBook();
  private readonly disruptions = new Map<number, ScenarioDisruption[]>();
  /** Starts and ends of all stretches by region; region 0 stands for all of them. */
  private readonly edgesMs = new Map<number, Set<number>>();

  constructor(world: World) {
    this.world = world;
  }

  add(scenario: Scenario, number: number, effect: ScenarioEffect): void {
    const { world } = this;
    const targets: Targets = effect.targets ?? {};
    const place = { scenario, effect: number };
    const inStores = STORE_KINDS.has(effect.kind);
    const sites = inStores ? targetStores(world, targets, place) : targetDcs(world, targets, place);
    const { kind, factor } =
      effect.kind === 'disruption' ? effectOfDisruption(effect) : { factor: 1, ...effect };
    const choice = this.choiceOf(scenario, number, effect, targets);
    const ramp = rampMs('ramp' in effect ? effect.ramp : undefined);
    const byZone = new Map<string, Stretches>();
    for (const site of sites) {
      const { id, timeZone } = site;
      let stretches = byZone.get(timeZone);
      if (stretches === undefined) {
        const spans = spansOf(effect.window, world.startMs, timeZone);
        stretches = spans.map((span) => {
          const promotion = this.promotionOf(scenario, effect, span);
          return { ...span, ...ramp, effect: { factor, choice, promotion } };
        });
        byZone.set(timeZone, stretches);
      }
      this.put(kind, id, stretches);
      this.noteEdges('dcId' in site ? site.dcId : id, stretches);
      if (effect.kind === 'disruption') {
        const declared = stretches.map((stretch) => disruptionOf(effect, stretch));
        this.disruptions.set(id, [...(this.disruptions.get(id) ?? []), ...declared]);
      }
    }
  }

  finish(): Effects {
    const edgesMs = new Map([...this.edgesMs].map(([dcId, list]) => [dcId, ascending(list)]));
    const traffic = this.timelines('traffic');
    const closure = this.timelines('closure');
    const online = this.timelines('online');
    const departmentDemand = this.timelines('departmentDemand');
    const productDemand = this.timelines('productDemand');
    const price = this.timelines('price');
    const promotion = this.timelines('promotion');
    const dcCapacity = this.timelines('dcCapacity');
    const supply = this.timelines('supply');
    const leadTime = this.timelines('leadTime');
    const travelTime = this.timelines('travelTime');
    const breakdown = this.timelines('breakdown');
    const promotions = this.promotions.list();
    const disruptions = new Map(
      [...this.disruptions].map(([dcId, list]) => [
        dcId,
        list.sort((a, b) => a.startMs - b.startMs),
      ]),
    );
    return {
      traffic: (storeId, atMs) => factorOf(traffic(storeId), atMs),
      closed: (storeId, atMs) => closure(storeId).at(atMs).length > 0,
      online: (dcId, atMs) => factorOf(online(dcId), atMs),
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
        const edges = edgesMs.get(dcId) ?? [];
        return edges.slice(firstAfter(edges, fromMs - 1), firstAfter(edges, toMs - 1));
      },
      touchesProducts: PRODUCT_KINDS.some((kind) => this.stretches.has(kind)),
    };
  }

  private choiceOf(
    scenario: Scenario,
    number: number,
    { kind }: ScenarioEffect,
    targets: Targets,
  ): Choice {
    if (kind === 'departmentDemand') return targetDepartments(targets);
    if (kind === 'breakdown' && targets.truckShare !== undefined) {
      const { trucks, seed } = this.world;
      const share = targets.truckShare;
      const key = purposeKey('scenario', `${scenario.name}/${number}`);
      return Uint8Array.from(trucks, ({ id }) => (hashUnit(seed, key, id) < share ? 1 : 0));
    }
    return targetProducts(this.world, targets, { scenario, effect: number });
  }

  private promotionOf(
    scenario: Scenario,
    effect: ScenarioEffect,
    span: Span,
  ): ScenarioPromotion | undefined {
    return effect.kind === 'promotion'
      ? this.promotions.declare(scenario, effect, span)
      : undefined;
  }

  private put(kind: EffectKind, id: number, stretches: Stretches): void {
    let places = this.stretches.get(kind);
    if (places === undefined) {
      places = new Map();
      this.stretches.set(kind, places);
    }
    places.set(id, [...(places.get(id) ?? []), ...stretches]);
  }

  private noteEdges(dcId: number, stretches: Stretches): void {
    for (const region of [dcId, ALL_REGIONS]) {
      const edges = this.edgesMs.get(region) ?? new Set();
      for (const { startMs, endMs } of stretches) edges.add(startMs).add(endMs);
      this.edgesMs.set(region, edges);
    }
  }

  /** The timelines of a kind of effect, by place. */
  private timelines(kind: EffectKind): (id: number) => Timeline<Compiled> {
    const places: Timeline<Compiled>[] = [];
    for (const [id, stretches] of this.stretches.get(kind) ?? []) {
      places[id] = new Timeline(stretches);
    }
    return (id) => places[id] ?? UNTOUCHED;
  }
}

function factorOf(timeline: Timeline<Compiled>, atMs: number, index = -1): number {
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
  timeline: Timeline<Compiled>,
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
