/** A disruption of a distribution center, its trucks or its suppliers: it begins, lasts and ends. */
import type { LiveDisruption } from '../domain/live-disruption.ts';
import type { DisruptionPort } from '../domain/ports.ts';
import type { RegionServices } from './services.ts';

/** A disruption as it is planned. */
export interface DisruptionPlan {
  /** Index into DISRUPTION_TYPES. */
  readonly type: number;
  /** Index into SEVERITIES. */
  readonly severity: number;
  readonly impactPercent: number;
  readonly description: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly affectedProducts: number;
  /** A scenario's disruption acts through the scenario's effects, not through its own impact. */
  readonly declared: boolean;
  /** The live disruption that this one is part of, as far as it concerns this DC. */
  readonly live: LiveDisruption | null;
}

/** The parts of its region that a disruption uses. */
export interface DisruptionRegion extends RegionServices {
  readonly disruptions: {
    /** Called when a disruption begins. */
    began(disruption: Disruption): void;
    /** Called when a disruption is over, or was cancelled before it began. */
    ended(disruption: Disruption): void;
    /** Called after a disruption has begun or ended, so that the actors it concerns react. */
    changed(disruption: Disruption): void;
  };
}

/** State of a disruption in a checkpoint. */
export type SavedDisruption = { handle: number; id: number } & DisruptionPlan;

export class Disruption implements DisruptionPort {
  private readonly region: DisruptionRegion;
  handle = 0;
  id = 0.5;
  type = 0;
  severity = 0;
  description = '';
  startMs = 0.5;
  endMs = 0.5;
  impactPercent = 0;
  affectedProducts = 0;
  declared = false;
  live: LiveDisruption | null = null;

  constructor(region: DisruptionRegion, id: number, plan: DisruptionPlan) {
    this.region = region;
    this.id = id;
    Object.assign(this, plan);
  }

  due(): boolean {
    return this.startMs <= this.region.nowMs;
  }

  untilStrikeMs(): number {
    return Math.max(0, this.startMs - this.region.nowMs);
  }

  strike(): void {
    const { disruptions } = this.region;
    disruptions.began(this);
    this.record(0);
    disruptions.changed(this);
  }

  durationMs(): number {
    return Math.max(1, this.endMs - this.region.nowMs);
  }

  recover(): void {
    const { disruptions } = this.region;
    disruptions.ended(this);
    this.record(1);
    disruptions.changed(this);
  }

  drop(): void {
    this.region.disruptions.ended(this);
  }

  /** Whether it takes capacity from the DC while it lasts. */
  get takesCapacity(): boolean {
    return this.live === null || this.live.type === 'dc_outage';
  }

  private record(status: number): void {
    const { region } = this;
    const row = region.scratch.supply_chain_disruption;
    row.traceId = this.id;
    row.eventMs = region.nowMs;
    row.dcId = region.plan.dc.id;
    row.type = this.type;
    row.severity = this.severity;
    row.description = this.description;
    row.startMs = this.startMs;
    row.endMs = this.endMs;
    row.impactPercent = this.impactPercent;
    row.affectedProducts = this.affectedProducts;
    row.status = status;
    region.facts.supply_chain_disruption(row);
  }

  save(): SavedDisruption {
    return {
      handle: this.handle,
      id: this.id,
      type: this.type,
      severity: this.severity,
      description: this.description,
      startMs: this.startMs,
      endMs: this.endMs,
      impactPercent: this.impactPercent,
      affectedProducts: this.affectedProducts,
      declared: this.declared,
      live: this.live,
    };
  }
}
