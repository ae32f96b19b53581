/**
 * The state of a region in a checkpoint: each part of a region names its sections, saves and restores them.
 *
 * Pure functions of world and time (prices, rates, opening hours) are not saved; they are computed again.
 */
import type { Sections, TypedArray } from '../domain/plain-data.ts';

/** An entity that an actor acts through. */
export interface ActorEntity {
  /** Handle of its actor, as `start` has returned it. */
  readonly handle: number;
}

/** A part of a region with state of its own. */
export interface StatefulPart {
  /** Returns the state by section. Arrays are shared: a caller that keeps them while the region runs must copy them. */
  save(): Sections;
  /** Restores saved state. Called once, on a new region, in the order of the region's parts. */
  restore(saved: SavedState): void;
  /** Returns the entities that have a running actor. Called after `restore`. */
  actors?(): Iterable<ActorEntity>;
}

/** Saved sections by name. Their shapes are not checked here: the checkpoint's checksum and version guarantee them. */
export class SavedState {
  private readonly sections: Sections;
  private readonly prefix: string;

  constructor(sections: Sections, prefix = '') {
    this.sections = sections;
    this.prefix = prefix;
  }

  /** The sections whose names begin with a prefix, by the rest of their names. */
  below(prefix: string): SavedState {
    return new SavedState(this.sections, this.prefix + prefix);
  }

  /** Returns a section that was saved as plain data. */
  json<Value>(name: string): Value {
    return this.section(name) as unknown as Value;
  }

  /** Returns a section that was saved as a typed array. */
  array<Values extends TypedArray>(name: string): Values {
    return this.section(name) as Values;
  }

  private section(name: string): Sections[string] {
    const value = this.sections[this.prefix + name];
    if (value === undefined) {
      throw new Error(`Cannot restore the region: section "${this.prefix + name}" is missing`);
    }
    return value;
  }
}
