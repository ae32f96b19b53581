/**
 * State that a checkpoint keeps: each part of a region names its sections, writes them and takes them up again.
 *
 * Whatever is a pure function of world and time (prices, rates, opening hours) is left out and computed anew.
 */
import type { Sections, TypedArray } from '../domain/plain-data.ts';

/** An entity that an actor acts through. */
export interface ActorEntity {
  readonly handle: number;
}

/** A part of a region with state of its own. */
export interface StatefulPart {
  /** All its state, by section. Arrays are lent: who keeps them while the region goes on copies them. */
  save(): Sections;
  /** Becomes what was saved. Called once, on a freshly built region, in the order of the region's parts. */
  restore(saved: SavedState): void;
  /** Its entities that have a live actor, after it was restored. */
  actors?(): Iterable<ActorEntity>;
}

/** Saved sections, asked for by name. The shape of each is what its part wrote: checksum and version vouch for it. */
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

  /** A section that was saved as plain data. */
  json<Value>(name: string): Value {
    return this.section(name) as unknown as Value;
  }

  /** A section that was saved as a typed array. */
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
