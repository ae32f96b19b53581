/**
 * The services of a region for all its entities: simulated time, the other actors, the recording of facts, and the
 * read-only world. An entity declares in its own file which further parts of the region it uses; `Region` has them all.
 */
import type { Role } from '../../actors/cast.ts';
import type { FactScratch, FactSink } from '../domain/facts.ts';
import type { Effects } from '../policy/effects.ts';
import type { RegionPlan, World } from '../world/world.ts';

export interface Clock {
  /** Simulated time, epoch ms. */
  readonly nowMs: number;
}

/** The actors of a region, identified by the handles under which they were started. */
export interface Actors extends Clock {
  /** Starts the statechart of a role over its entity and returns the handle. */
  start(role: Role, entity: object): number;
  /** Sends an event now. */
  send(handle: number, type: string, argument?: number): void;
  /** Sends an event at a later time, epoch ms. */
  sendAt(atMs: number, handle: number, type: string, argument: number): void;
}

/** Records facts. A record of `scratch` is filled in, emitted, and used again for the next fact of its kind. */
export interface Recorder extends Clock {
  readonly facts: FactSink;
  readonly scratch: FactScratch;
}

/** The read-only world, and the effects of scenarios on it. */
export interface Setting {
  readonly seed: number;
  readonly world: World;
  readonly plan: RegionPlan;
  readonly effects: Effects;
}

export interface RegionServices extends Actors, Recorder, Setting {}
