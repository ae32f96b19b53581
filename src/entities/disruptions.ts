/** The disruptions of a region: by chance, declared by a scenario, or commanded from outside. */
import { formatLiveId, type LiveCommand, type LiveDisruption } from '../domain/live-disruption.ts';
import type { Json, Sections } from '../domain/plain-data.ts';
import { DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import type { Substream } from '../engine/substream.ts';
import { DAY_MS } from '../engine/time.ts';
import { DISRUPTION_ODDS, drawDisruption } from '../policy/hazards.ts';
import {
  Disruption,
  type DisruptionPlan,
  type DisruptionRegion,
  type SavedDisruption,
} from './disruption.ts';
import type { SavedDc } from './distribution-center.ts';
import { affectedProducts, concerns, type TargetRegion } from './live-target.ts';
import type { SavedState, StatefulPart } from './state.ts';
import { changeTrouble, Trouble, type TroubledRegion } from './trouble.ts';

export type DisruptedRegion = DisruptionRegion &
  TargetRegion &
  TroubledRegion & { readonly dc: { nextDisruptionId(): number } };

export class Disruptions implements StatefulPart {
  /** The disruptions under way that act through their own impact, in the order in which they began. */
  readonly active: Disruption[] = [];
  private readonly region: DisruptedRegion;
  /** The disruptions announced or under way, by handle. */
  private readonly open = new Map<number, Disruption>();

  constructor(region: DisruptedRegion) {
    this.region = region;
  }

  /** The disruptions announced or under way, in the order in which they were announced. */
  get all(): Iterable<Disruption> {
    return this.open.values();
  }

  /** Called once a day: starts a disruption with some probability. Draws from the DC's stream. */
  consider(stream: Substream): void {
    const { region } = this;
    if (!stream.chance(DISRUPTION_ODDS)) return;
    const drawn = drawDisruption(stream);
    const startMs = region.nowMs + stream.below(DAY_MS);
    this.start({
      type: drawn.type,
      severity: drawn.severity,
      impactPercent: drawn.impactPercent,
      description: `${sentence(drawn.type)} (${SEVERITIES[drawn.severity].toLowerCase()}): ${drawn.impactPercent} % of capacity lost`,
      startMs,
      endMs: startMs + drawn.durationMs,
      affectedProducts: Math.round((region.world.products.count * drawn.impactPercent) / 100),
      declared: false,
      live: null,
    });
  }

  /** Starts a disruption of a scenario. @param index among the disruptions declared for the DC */
  startDeclared(index: number): void {
    const { region } = this;
    const declared = region.effects.disruptions(region.plan.dc.id)[index];
    this.start({
      type: declared.type,
      severity: declared.severity,
      impactPercent: declared.impactPercent,
      description: declared.description,
      startMs: region.nowMs,
      endMs: declared.endMs,
      affectedProducts: region.world.products.count,
      declared: true,
      live: null,
    });
  }

  /** Called when a command from outside takes effect. */
  apply(command: LiveCommand): void {
    if (command.kind === 'create') this.startLive(command.disruption);
    else this.cancelLive(command.numbers);
  }

  private startLive(live: LiveDisruption): void {
    const { region } = this;
    if (!concerns(region, live.target)) return;
    const { severityPercent, startMs, endMs } = live;
    this.start({
      type: DISRUPTION_TYPES.indexOf(live.type),
      severity: severityPercent <= 30 ? 0 : severityPercent <= 60 ? 1 : 2,
      impactPercent: severityPercent,
      description: `${formatLiveId(live.number)}: ${live.description}`,
      startMs,
      endMs,
      affectedProducts: affectedProducts(region, live),
      declared: false,
      live,
    });
  }

  private cancelLive(numbers: readonly number[]): void {
    const meant = [...this.open.values()].filter(
      ({ live }) => live !== null && numbers.includes(live.number),
    );
    for (const { handle } of meant) this.region.send(handle, 'CANCELLED');
  }

  private start(plan: DisruptionPlan): void {
    const { region } = this;
    const disruption = new Disruption(region, region.dc.nextDisruptionId(), plan);
    disruption.handle = region.start('disruption', disruption);
    this.open.set(disruption.handle, disruption);
  }

  began(disruption: Disruption): void {
    if (!disruption.declared) this.active.push(disruption);
  }

  ended(disruption: Disruption): void {
    const at = this.active.indexOf(disruption);
    if (at >= 0) this.active.splice(at, 1);
    this.open.delete(disruption.handle);
  }

  changed(disruption: Disruption): void {
    const { region } = this;
    if (disruption.takesCapacity) region.send(region.dc.handle, 'CAPACITY_CHANGED');
    else changeTrouble(region, this.liveActive());
  }

  private liveActive(): LiveDisruption[] {
    return this.active.flatMap(({ live }) => (live === null ? [] : [live]));
  }

  save(): Sections {
    return {
      disruptions: [...this.open.values()].map((one) => one.save() as unknown as Json),
    };
  }

  restore(saved: SavedState): void {
    const { region } = this;
    for (const { handle, id, ...plan } of saved.json<SavedDisruption[]>('disruptions')) {
      const disruption = new Disruption(region, id, plan);
      disruption.handle = handle;
      this.open.set(handle, disruption);
    }
    // The DC's section says which of them are under way, and in which order they began.
    for (const handle of saved.json<SavedDc>('warehouse').active) {
      this.active.push(this.open.get(handle) as Disruption);
    }
    region.trouble = new Trouble(region, this.liveActive());
  }

  actors(): Iterable<Disruption> {
    return this.open.values();
  }
}

function sentence(type: number): string {
  const words = DISRUPTION_TYPES[type].toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
