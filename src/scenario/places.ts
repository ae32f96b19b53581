/** The effects of scenarios by place and time in a world. */
import { CHANNELS, FULFILLMENT_MODES, SEGMENTS, SKIES, TENDERS } from '../domain/values.ts';
import { hashUnit, purposeKey } from '../engine/substream.ts';
import type { ScenarioDisruption, ScenarioPromotion, WatchedCondition } from '../policy/effects.ts';
import { conditionOf } from './condition.ts';
import type { Scenario, ScenarioEffect } from './scenario.ts';
import { disruptionOf, effectOfDisruption } from './disruptions.ts';
import { PromotionBook } from './promotions.ts';
import { extensionEffects } from './extension-effects.ts';
import { type EffectKind, isOnStores } from './shape.ts';
import {
  type Choice,
  type TargetPlace,
  targetDcs,
  targetDepartments,
  targetNames,
  targetProducts,
  type Targets,
  targetStores,
  targetSuppliers,
} from './targets.ts';
import { ascending, ConditionalTimeline, type Stretch, Timeline } from './timeline.ts';
import { InputError } from '../domain/errors.ts';
import { formatInstant } from '../engine/time.ts';
import { whereText } from './origins.ts';
import { isKnown, spansAt, type WindowSite } from './site-windows.ts';
import { rampMs, type Span } from './windows.ts';
import type { Window } from './window-shape.ts';
import type { World } from '../world/world.ts';

/** What one effect of one scenario does where it applies. */
export interface PlacedEffect {
  readonly factor: number;
  /** The departments, products or trucks that it applies to, by index; all if undefined. */
  readonly choice: Choice;
  readonly promotion: ScenarioPromotion | undefined;
  /** Number of the condition under which it holds. */
  readonly condition?: number;
  /** Of an extension's kind: what the file says besides window, targets and ramp. */
  readonly settings: Readonly<Record<string, unknown>>;
}

type Stretches = Stretch<PlacedEffect>[];

export const ALL_REGIONS = 0;
/** The length of some windows depends on the opening of the world. */
function requireOrder(
  { scenario, effect }: { readonly scenario: Scenario; readonly effect: number },
  spans: readonly Span[],
  { upMs, downMs }: { readonly upMs: number; readonly downMs: number },
  openingMs: number,
): void {
  const wrong = spans.find(({ startMs, endMs }) => endMs - startMs < Math.max(1, upMs + downMs));
  if (wrong === undefined) return;
  const fallback = { file: scenario.file, index: effect };
  const { file, at } = whereText(scenario.effects[effect], ['window'], fallback);
  throw new InputError(
    `Cannot use scenario ${file} in this world: ${at} goes from ${formatInstant(wrong.startMs)} ` +
      `to ${formatInstant(wrong.endMs)} as the world opens ${formatInstant(openingMs)}: expected it to end after it ` +
      'begins, and to have room for its ramp',
  );
}

const UNTOUCHED = new Timeline<PlacedEffect>([]);

export class ScenarioPlaces {
  private readonly world: World;
  private readonly promotionBook = new PromotionBook();
  /** By kind and place (store or DC id). */
  private readonly stretches = new Map<EffectKind, Map<number, Stretches>>();
  /** By number: what is watched at stores. */
  readonly conditions: WatchedCondition[] = [];
  private isMet: (condition: number) => boolean = () => false;
  private readonly declared = new Map<number, ScenarioDisruption[]>();
  /** Starts and ends of all periods by region; region 0 stands for all regions. */
  private readonly changes = new Map<number, Set<number>>();

  constructor(world: World) {
    this.world = world;
  }

  /**
   * Places one effect of a scenario in the world.
   * @throws InputError if a target does not exist in the world
   */
  add(scenario: Scenario, number: number, effect: ScenarioEffect): void {
    const { world } = this;
    const targets: Targets = effect.targets ?? {};
    const file = { scenario, effect: number };
    const sites = isOnStores(effect.kind)
      ? targetStores(world, targets, file)
      : targetDcs(world, targets, file);
    const { kind, factor } = strengthOf(effect);
    const choice = this.choiceOf(scenario, number, effect);
    const ramp = rampMs('ramp' in effect ? effect.ramp : undefined);
    const settings = settingsOf(effect);
    const known = new Map<string, Stretches>();
    for (const site of sites) {
      const regionId = 'dcId' in site ? site.dcId : site.id;
      const { timeZone } = site;
      // What the calendar alone decides is alike in a zone, all else in a region.
      const alike = isKnown(effect.window) ? timeZone : `${timeZone}/${regionId}`;
      let stretches = known.get(alike);
      if (stretches === undefined) {
        const spans = spansAt(effect.window, this.windowSite(timeZone, regionId), scenario.name);
        requireOrder(file, spans, ramp, world.startMs);
        stretches = spans.map((span) => {
          const promotion =
            effect.kind === 'promotion'
              ? this.promotionBook.declare(scenario, effect, span)
              : undefined;
          return { ...span, ...ramp, effect: { factor, choice, promotion, settings } };
        });
        known.set(alike, stretches);
      }
      stretches = this.conditional(effect.window, site.id, stretches);
      if (kind === 'weather') this.requireOneSky(file, site.id, stretches);
      append(placesOf(this.stretches, kind), site.id, stretches);
      this.noteChanges(regionId, stretches);
      if (effect.kind === 'disruption') {
        const rows = stretches.map((stretch) => disruptionOf(effect, stretch));
        append(this.declared, site.id, rows);
      }
    }
  }

  /** Returns whether there is any effect of a kind. */
  has(kind: EffectKind): boolean {
    return this.stretches.has(kind);
  }

  /** Returns the timelines of a kind of effect, by place. */
  timelines(kind: string): (id: number) => Timeline<PlacedEffect> {
    const timelines: Timeline<PlacedEffect>[] = [];
    for (const [id, stretches] of this.stretches.get(kind as EffectKind) ?? []) {
      timelines[id] = this.timelineOf(stretches);
    }
    return (id) => timelines[id] ?? UNTOUCHED;
  }

  /** Tells which conditions hold, for the timelines that are asked for from now on. */
  watch(isMet: (condition: number) => boolean): void {
    this.isMet = isMet;
  }

  private timelineOf(stretches: Stretches): Timeline<PlacedEffect> {
    const { isMet } = this;
    if (stretches.every(({ effect }) => effect.condition === undefined)) {
      return new Timeline(stretches);
    }
    return new ConditionalTimeline(
      stretches,
      ({ condition }) => condition === undefined || isMet(condition),
    );
  }

  /** Notes the condition of a window at a store. */
  private conditional(window: Window, storeId: number, stretches: Stretches): Stretches {
    const said = 'when' in window ? conditionOf(window.when) : undefined;
    if (said === undefined) return stretches;
    const condition = this.conditions.push({ ...said, storeId }) - 1;
    return stretches.map((stretch) => ({ ...stretch, effect: { ...stretch.effect, condition } }));
  }

  /** Returns the disruptions by DC, each list sorted by start. */
  disruptions(): ReadonlyMap<number, readonly ScenarioDisruption[]> {
    for (const rows of this.declared.values()) rows.sort((a, b) => a.startMs - b.startMs);
    return this.declared;
  }

  promotions(): readonly ScenarioPromotion[] {
    return this.promotionBook.list();
  }

  /** Returns starts and ends by region (DC id, or ALL_REGIONS), ascending. */
  changesMs(): ReadonlyMap<number, readonly number[]> {
    return new Map([...this.changes].map(([region, instants]) => [region, ascending(instants)]));
  }

  private choiceOf(scenario: Scenario, number: number, effect: ScenarioEffect): Choice {
    const targets: Targets = effect.targets ?? {};
    const file = { scenario, effect: number };
    switch (effect.kind) {
      case 'departmentDemand':
      case 'returns':
        return targetDepartments(targets);
      case 'leadTime':
        return targetSuppliers(this.world, targets, file);
      case 'purchase':
      case 'basket':
        return targetNames(SEGMENTS, targets.segments);
      case 'tender':
        return targetNames(TENDERS, targets.tenders);
      case 'fulfillment':
        return targetNames(FULFILLMENT_MODES, targets.modes);
      case 'trucksOut':
        return ownTrucks(this.world, targets.truckShare ?? 1, scenario.name);
    }
    if (targets.channels !== undefined) return targetNames(CHANNELS, targets.channels);
    if (targets.truckShare === undefined) return targetProducts(this.world, targets, file);
    const { trucks, seed } = this.world;
    const share = targets.truckShare;
    const key = purposeKey('scenario', `${scenario.name}/${number}`);
    return Uint8Array.from(trucks, ({ id }) => (hashUnit(seed, key, id) < share ? 1 : 0));
  }

  private windowSite(timeZone: string, regionId: number): WindowSite {
    const { seed, startMs, dcs } = this.world;
    return { seed, worldStartMs: startMs, timeZone, regionId, region: dcs[regionId - 1] };
  }

  /** Two skies at once are none: a region has one weather. */
  private requireOneSky(place: TargetPlace, dcId: number, stretches: Stretches): void {
    for (const before of this.stretches.get('weather')?.get(dcId) ?? []) {
      const both = stretches.find(
        ({ startMs, endMs }) => startMs < before.endMs && endMs > before.startMs,
      );
      if (both === undefined) continue;
      const { scenario, effect } = place;
      const fallback = { file: scenario.file, index: effect };
      const { file, at } = whereText(scenario.effects[effect], [], fallback);
      throw new InputError(
        `Cannot use scenario ${file} in this world: ${at} conflicts with another sky of region ${dcId} from ` +
          `${formatInstant(before.startMs)} to ${formatInstant(before.endMs)}: expected windows that do not overlap`,
      );
    }
  }

  private noteChanges(dcId: number, stretches: Stretches): void {
    for (const region of [dcId, ALL_REGIONS]) {
      const instants = this.changes.get(region) ?? new Set();
      for (const { startMs, endMs } of stretches) instants.add(startMs).add(endMs);
      this.changes.set(region, instants);
    }
  }
}

/** The kind under which an effect is placed, and its number. */
function strengthOf(effect: ScenarioEffect): { kind: EffectKind; factor: number } {
  if (effect.kind === 'disruption') return effectOfDisruption(effect);
  // What is left of the goods multiplies, like all factors.
  if ('sharePerHour' in effect) return { kind: effect.kind, factor: 1 - effect.sharePerHour };
  if (effect.kind === 'weather') return { kind: effect.kind, factor: SKIES.indexOf(effect.sky) };
  return { factor: 1, ...effect };
}

/** Returns a share of the DCs' own trucks, by id - 1. */
function ownTrucks({ trucks, seed }: World, share: number, scenario: string): Uint8Array {
  const key = purposeKey('scenario trucks', scenario);
  const chosen = new Uint8Array(trucks.reduce((most, { id }) => Math.max(most, id), 0));
  for (const { id, dcId } of trucks) {
    if (dcId > 0 && hashUnit(seed, key, id) < share) chosen[id - 1] = 1;
  }
  return chosen;
}

const NO_SETTINGS = {};

/** What an effect of an extension's kind contains besides what all kinds have. */
function settingsOf(effect: ScenarioEffect): Readonly<Record<string, unknown>> {
  const settings = extensionEffects().get(effect.kind)?.settings;
  if (settings === undefined) return NO_SETTINGS;
  return Object.fromEntries(Object.entries(effect).filter(([key]) => key in settings));
}

function placesOf<Key, Value>(kinds: Map<Key, Map<number, Value>>, kind: Key): Map<number, Value> {
  const places = kinds.get(kind) ?? new Map<number, Value>();
  kinds.set(kind, places);
  return places;
}

function append<Item>(lists: Map<number, Item[]>, id: number, items: readonly Item[]): void {
  lists.set(id, [...(lists.get(id) ?? []), ...items]);
}
