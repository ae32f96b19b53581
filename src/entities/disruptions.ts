/** What goes wrong at a distribution center: by chance, because a scenario says so, or from outside. */
import { formatLiveId, type LiveCommand, type LiveDisruption } from '../domain/live-disruption.ts';
import type { DisruptionEvent } from '../domain/ports.ts';
import { DISRUPTION_TYPES, SEVERITIES } from '../domain/values.ts';
import { DAY_MS } from '../engine/time.ts';
import { DISRUPTION_ODDS, drawDisruption } from '../policy/hazards.ts';
import { affectedProducts, concerns } from './live-target.ts';
import type { Region } from './region.ts';
import { changeTrouble } from './trouble.ts';
import type { Warehouse } from './warehouse.ts';

export class Disruption implements DisruptionEvent {
  readonly warehouse: Warehouse;
  handle = 0;
  id = 0.5;
  type = 0;
  severity = 0;
  description = '';
  startMs = 0.5;
  endMs = 0.5;
  impactPercent = 0;
  affectedProducts = 0;
  /** A scenario's disruption acts through the scenario's effects, not through its own impact. */
  declared = false;
  /** The live disruption of which this is the part at the DC. */
  live: LiveDisruption | null = null;

  constructor(warehouse: Warehouse) {
    this.warehouse = warehouse;
  }

  due(): boolean {
    return this.startMs <= this.warehouse.region.nowMs;
  }

  untilStrikeMs(): number {
    return Math.max(0, this.startMs - this.warehouse.region.nowMs);
  }

  strike(): void {
    const { warehouse } = this;
    if (!this.declared) warehouse.active.push(this);
    this.record(0);
    this.changed();
  }

  durationMs(): number {
    return Math.max(1, this.endMs - this.warehouse.region.nowMs);
  }

  recover(): void {
    const { warehouse } = this;
    const at = warehouse.active.indexOf(this);
    if (at >= 0) warehouse.active.splice(at, 1);
    warehouse.region.disruptions.delete(this.handle);
    this.record(1);
    this.changed();
  }

  drop(): void {
    this.warehouse.region.disruptions.delete(this.handle);
  }

  /** Whether it takes capacity from the DC while it lasts. */
  get takesCapacity(): boolean {
    return this.live === null || this.live.type === 'dc_outage';
  }

  private changed(): void {
    const { region, handle } = this.warehouse;
    if (this.takesCapacity) region.send(handle, 'CAPACITY_CHANGED');
    else changeTrouble(region);
  }

  private record(status: number): void {
    const { region, dc } = this.warehouse;
    const row = region.scratch.supply_chain_disruption;
    row.traceId = this.id;
    row.eventMs = region.nowMs;
    row.dcId = dc.id;
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

  save(): Record<string, unknown> {
    const { warehouse: _warehouse, ...plain } = this;
    return plain;
  }

  restore(saved: Record<string, unknown>): void {
    Object.assign(this, saved);
  }
}

/** Once a day and DC: something may go wrong. */
export function considerDisruption(warehouse: Warehouse): void {
  const { stream, region } = warehouse;
  if (!stream.chance(DISRUPTION_ODDS)) return;
  const drawn = drawDisruption(stream);
  const startMs = region.nowMs + stream.below(DAY_MS);
  start(warehouse, {
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

/** A scenario's disruption begins. */
export function startScenarioDisruption(warehouse: Warehouse, index: number): void {
  const { region, dc } = warehouse;
  const declared = region.effects.disruptions(dc.id)[index];
  start(warehouse, {
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

/** A command from outside begins to hold. */
export function applyLive(region: Region, command: LiveCommand): void {
  if (command.kind === 'create') startLive(region.warehouse, command.disruption);
  else cancelLive(region, command.numbers);
}

function startLive(warehouse: Warehouse, live: LiveDisruption): void {
  const { region } = warehouse;
  if (!concerns(region, live.target)) return;
  const { severityPercent, startMs, endMs } = live;
  start(warehouse, {
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

function cancelLive(region: Region, numbers: readonly number[]): void {
  const meant = [...region.disruptions.values()].filter(
    ({ live }) => live !== null && numbers.includes(live.number),
  );
  for (const { handle } of meant) region.send(handle, 'CANCELLED');
}

type Plan = Pick<
  Disruption,
  | 'type'
  | 'severity'
  | 'impactPercent'
  | 'description'
  | 'startMs'
  | 'endMs'
  | 'affectedProducts'
  | 'declared'
  | 'live'
>;

function start(warehouse: Warehouse, plan: Plan): void {
  const { region } = warehouse;
  const disruption = new Disruption(warehouse);
  Object.assign(disruption, plan);
  disruption.id = warehouse.bases.disruption + warehouse.disruptions++;
  disruption.handle = region.start('disruption', disruption);
  region.disruptions.set(disruption.handle, disruption);
}

function sentence(type: number): string {
  const words = DISRUPTION_TYPES[type].toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
